"""Real clusters: as root and not, after kills, beside other processes; never open, never half made."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from qiao.config import binaries
from qiao.config.cluster import Cluster
from qiao.config.database import DatabaseUnavailable

pytestmark = pytest.mark.cluster
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
PROCESS = """
import json, sys, time
from pathlib import Path
from qiao.config.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), throwaway=sys.argv[2] == "throwaway")
print(json.dumps({"url": cluster.start(), "postmaster": cluster.postmaster()}), flush=True)
sys.stdin.readline()
cluster.stop()
"""


@contextlib.contextmanager
def process(path: Path, kind: str = "lasting", prefix: tuple[str, ...] = ()) -> Iterator[SimpleNamespace]:
    """Another Qiao process that uses the cluster until its input is closed."""
    child = subprocess.Popen(
        [*prefix, sys.executable, "-c", PROCESS, str(path), kind],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin and child.stdout
    try:
        yield SimpleNamespace(kill=child.kill, pid=child.pid, **json.loads(child.stdout.readline() or "{}"))
    finally:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        child.wait(30)
        child.stdout.close()


def ask(url: str, question: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for one cluster. Whatever a test leaves running there is ended."""
    yield tmp_path / "pg"
    cluster = Cluster(tmp_path / "pg")
    if pid := cluster.postmaster():
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="qiao-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def test_it_is_made_private_and_in_chinese_order(folder: Path) -> None:
    with Cluster(folder, throwaway=True) as cluster:
        assert ask(cluster.url, "SHOW server_encoding") == "UTF8"
        assert ask(cluster.url, "SELECT datctype FROM pg_database WHERE datname = 'qiao'") == "C.UTF-8"
        assert ask(cluster.url, "SHOW password_encryption") == "scram-sha-256"
        rules = "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"
        assert ask(cluster.url, rules) == "scram-sha-256"
        assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
        assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "data", folder / "run")} == {
            0o700
        }
        postmaster = cluster.postmaster()
        assert postmaster and f"PPid:\t{os.getpid()}" in Path(f"/proc/{postmaster}/status").read_text()
    assert not Path(f"/proc/{postmaster}").exists(), "it is stopped and reaped"


def test_parents_keep_their_modes(folder: Path) -> None:
    deep = folder / "closed" / "half"
    deep.mkdir(parents=True)
    (folder / "closed").chmod(0o700)
    deep.chmod(0o750)
    before = [(path, path.stat().st_mode, path.stat().st_uid) for path in (deep, *deep.parents)]
    with Cluster(deep / "pg", throwaway=True) as cluster:
        assert ask(cluster.url, "SELECT 1") == 1
    assert [(path, path.stat().st_mode, path.stat().st_uid) for path in (deep, *deep.parents)] == before


@pytest.mark.parametrize("user", ["1", "12345"], ids=["named", "nameless"])
def test_an_ordinary_user_starts_it(reachable: Path, user: str) -> None:
    """Where root's interpreter is closed to other users, a user namespace makes us ordinary."""
    become = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups")
    able = (sys.executable, "-c", "import os, qiao.config.cluster; assert os.geteuid() != 0")
    prefix = next(
        prefix
        for prefix in [(), become, ("unshare", "-U", f"--map-user={user}", f"--map-group={user}")]
        if subprocess.run([*prefix, *able], capture_output=True).returncode == 0
    )
    home = reachable / "home"
    home.mkdir(mode=0o700)
    if prefix is become:
        os.chown(home, int(user), int(user))
    with process(home / "pg", prefix=prefix) as other:
        assert ask(other.url, "SELECT 1") == 1
        assert Path(f"/proc/{other.postmaster}").stat().st_uid == home.stat().st_uid
    assert not alive(other.postmaster)


@needs_root
def test_root_without_namespaces_becomes_an_ordinary_user(
    reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "UNSHARE", ("false",))
    wheel = binaries.choose(reachable).parents[1]
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, reachable / part.name, symlinks=True)
    cluster = Cluster(reachable / "pg", reachable / wheel.name / "pginstall" / "bin", throwaway=True)
    for question in ("CREATE TABLE kept()", "TABLE kept"):
        with cluster:
            ask(cluster.url, question)
            assert Path(f"/proc/{cluster.postmaster()}").stat().st_uid == cluster.path.stat().st_uid != 0
    assert reachable.stat().st_uid == 0 and stat.S_IMODE(reachable.stat().st_mode) == 0o755


@needs_root
def test_root_without_namespaces_says_which_folder_is_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "UNSHARE", ("false",))
    closed = folder / "closed"
    closed.mkdir(mode=0o700, parents=True)
    with pytest.raises(DatabaseUnavailable, match="cannot enter"):
        Cluster(closed / "pg").start()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_data_survive_a_killed_postgres_and_its_busy_backend(folder: Path) -> None:
    with Cluster(folder) as cluster:
        ask(cluster.url, "CREATE TABLE resident AS SELECT 42 AS age")
        busy = psycopg.connect(cluster.url)
        backend = busy.info.backend_pid
        busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
        first = cluster.postmaster()
        assert first
        time.sleep(0.1)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: cluster.postmaster() is None)
        assert alive(backend), "the backend must still be busy, else this test shows nothing"
        url = cluster.start()
        assert ask(url, "SELECT age FROM resident") == 42
        assert not alive(backend)
        busy.close()
    with Cluster(folder) as cluster:
        assert ask(cluster.url, "SELECT age FROM resident") == 42


def test_an_orphan_is_taken_over_and_stopped_in_the_end(folder: Path) -> None:
    with process(folder) as killed:
        ask(killed.url, "CREATE TABLE resident AS SELECT 42 AS age")
        killed.kill()
    assert alive(killed.postmaster)
    with Cluster(folder) as cluster:
        assert cluster.postmaster() == killed.postmaster
        assert ask(cluster.url, "SELECT age FROM resident") == 42
    wait_until(lambda: not alive(killed.postmaster))


def test_a_throwaway_cluster_dies_with_its_process(folder: Path) -> None:
    with process(folder, "throwaway") as killed:
        killed.kill()
    wait_until(lambda: not alive(killed.postmaster))


def test_the_last_process_to_leave_stops_it(folder: Path) -> None:
    with process(folder) as first, contextlib.ExitStack() as second:
        cluster = second.enter_context(Cluster(folder))
        assert cluster.url == first.url and cluster.postmaster() == first.postmaster
        with Cluster(folder) as third:
            assert third.url == first.url
        assert ask(first.url, "SELECT 1") == 1
        with process(folder) as fourth:
            assert fourth.postmaster == first.postmaster
        assert ask(first.url, "SELECT 1") == 1
    assert not alive(first.postmaster)

    with Cluster(folder) as staying:
        with process(folder) as leaving:
            assert leaving.postmaster == staying.postmaster()
        assert ask(staying.url, "SELECT 1") == 1


def test_the_one_who_started_it_may_leave_first(folder: Path) -> None:
    with contextlib.ExitStack() as later:
        with process(folder) as first:
            staying = later.enter_context(Cluster(folder))
        assert alive(first.postmaster)
        assert ask(staying.url, "SELECT 1") == 1
    wait_until(lambda: not alive(first.postmaster))


def test_processes_that_start_together_share_one_cluster(folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        children = [
            subprocess.Popen(
                [sys.executable, "-c", PROCESS, str(folder), "lasting"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in range(3)
        ]
        for child in children:
            stack.enter_context(child)
        told = [child.stdout.readline() for child in children if child.stdout]
        assert len(told) == 3 and len(set(told)) == 1


@pytest.mark.parametrize("place", ["socket", "loopback"])
def test_no_connection_without_the_password(
    folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "loopback":
        monkeypatch.setattr("qiao.config.cluster._private", lambda *_: False)
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    with Cluster(folder, throwaway=True) as cluster:
        address = psycopg.conninfo.conninfo_to_dict(cluster.url)
        assert (address["host"] == "127.0.0.1") == (place == "loopback")
        assert ask(cluster.url, "SELECT 1") == 1
        address.pop("password")
        for user in ("qiao", "postgres", "root"):
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                psycopg.connect(**{**address, "user": user})
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(**{**address, "user": user, "password": "qiao"})


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 30)
    with Cluster(long, throwaway=True) as cluster:
        assert ask(cluster.url, "SELECT 1") == 1
        place = Path(str(psycopg.conninfo.conninfo_to_dict(cluster.url)["host"]))
        assert place.parent == Path("/tmp") and stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not place.exists()


def test_a_stale_number_of_another_program_does_not_matter(folder: Path) -> None:
    with Cluster(folder):
        pass
    (folder / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{folder / 'data'}\n1\n5432\n{folder}/run\n\n"
    )
    with Cluster(folder) as cluster:
        assert ask(cluster.url, "SELECT 1") == 1


def test_an_interrupted_initdb_is_begun_anew(folder: Path) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    (folder / "data.new" / "PG_VERSION").write_text("18")
    with Cluster(folder, throwaway=True) as cluster:
        assert ask(cluster.url, "SELECT 1") == 1


@pytest.mark.parametrize(
    "version", [path for path in binaries.candidates() if binaries.major(path) >= 15][1:]
)
def test_a_system_postgresql_serves_as_well(folder: Path, version: Path) -> None:
    with Cluster(folder, version, throwaway=True) as cluster:
        assert ask(cluster.url, "SHOW server_version_num").startswith(str(binaries.major(version)))
