"""Keys of this instance: from the environment, else made once and kept in ``var/keys`` for the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def read(var: Path, name: str) -> str:
    """The key called ``name`` as 64 hexadecimal digits: ``QIAO_<NAME>_KEY`` if set, else ``var/keys/<name>``.

    Two processes that start at once read the same key: the file appears whole, or not at all.
    Raises ValueError for a key that is too short to protect anything.
    """
    variable = f"QIAO_{name.upper().replace('-', '_')}_KEY"
    path = var / "keys" / name
    if key := os.environ.get(variable, "").strip():
        return _checked(key, variable)
    if not path.exists():
        _create(path, secrets.token_hex(32))
    return _checked(path.read_text().strip(), str(path))


def _create(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _checked(key: str, source: str) -> str:
    if len(key) < 64 or set(key.lower()) - set("0123456789abcdef"):
        raise ValueError(f"The key in {source} must have at least 64 hexadecimal digits.")
    return key
