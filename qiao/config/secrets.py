"""Keys of this instance: from the environment, else made once and kept in ``var/keys`` for the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def read(var: Path, name: str) -> str:
    """The key called ``name`` as 64 hexadecimal digits: ``QIAO_<NAME>_KEY`` if set, else ``var/keys/<name>``.

    Raises ValueError for a key that is too short to protect anything.
    """
    variable = f"QIAO_{name.upper().replace('-', '_')}_KEY"
    if key := os.environ.get(variable, "").strip():
        return _checked(key, variable)
    return _checked(kept(var / "keys" / name), str(var / "keys" / name))


def kept(path: Path) -> str:
    """The secret in ``path``, made at first use: 64 hexadecimal digits in a file of mode 0600.

    Two processes that start at once read the same secret: the file appears whole, or not at all.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _checked(key: str, source: str) -> str:
    if len(key) < 64 or set(key.lower()) - set("0123456789abcdef"):
        raise ValueError(f"The key in {source} must have at least 64 hexadecimal digits.")
    return key
