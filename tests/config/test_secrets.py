"""Keys are made once, kept for the owner only, and never weak."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qiao.config import secrets


def test_a_key_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    key = secrets.read(tmp_path, "session")
    assert len(bytes.fromhex(key)) == 32
    assert secrets.read(tmp_path, "session") == key
    assert secrets.read(tmp_path, "personal-data") != key
    assert stat.S_IMODE((tmp_path / "keys" / "session").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_processes_that_start_together_read_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: secrets.read(tmp_path, "session"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["session"]


def test_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIAO_PERSONAL_DATA_KEY", "ab" * 32)
    assert secrets.read(tmp_path, "personal-data") == "ab" * 32
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("weak", ["secret", "g" * 64, "ab" * 31])
def test_a_weak_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    monkeypatch.setenv("QIAO_SESSION_KEY", weak)
    with pytest.raises(ValueError, match="QIAO_SESSION_KEY must have at least 64 hexadecimal digits"):
        secrets.read(tmp_path, "session")
