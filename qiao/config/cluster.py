"""A PostgreSQL of our own in one folder, shared by all Qiao processes that use the folder.

The first process starts it, as a direct child; others find it by ``postmaster.pid`` and connect. Each holds
a shared lock while it uses the cluster, and the last to leave stops it. Processes that are killed lose their
lock: a cluster they leave behind is taken over, and in the end stopped, by the next process.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from qiao.config.binaries import DatabaseUnavailable, Runner, choose
from qiao.config.parents import ended_by
from qiao.config.secrets import kept

NAME = "qiao"
PATIENCE = 120.0
LONGEST_SOCKET = 107
LONGEST_LOG = 10_000_000
SHORT = Path("/tmp")
SETTINGS = {"shared_buffers": "256MB", "max_wal_size": "2GB", "random_page_cost": "1.1", "jit": "off"}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
EXPLANATIONS = {
    r"No space left": "the disk is full; make room and start again",
    r"Address already in use": "its port is taken; start again",
    r"wrong ownership|Permission denied|not permitted": "the folder belongs to another user",
    r"initialized by PostgreSQL version": "another version of PostgreSQL made it",
    r"shared memory block|lock file .* already exists": "another PostgreSQL still uses it; stop that one",
    r"Cannot allocate memory|not create shared memory|not map anonymous": "there is not enough memory",
    r"PANIC|checkpoint record|PG_CONTROL_VERSION|not a valid data directory|contents|checksum|bogus data"
    r"|not find the database system|could not (open|read) file|invalid data": "its files are damaged; "
    "restore a backup",
}


class Cluster:
    """The PostgreSQL of ``path``, where data/, password (0600), run/ (the socket) and log are kept.

    ``throwaway`` is for tests: nothing is forced to disk, and it dies with the process that started it.
    Every failure is a DatabaseUnavailable.
    """

    def __init__(self, path: Path, binaries: Path | None = None, *, throwaway: bool = False) -> None:
        self.path = path.resolve()
        self.data = self.path / "data"
        self.log = self.path / "log"
        self.binaries = binaries
        self.throwaway = throwaway
        self._process: subprocess.Popen[bytes] | None = None
        self._users: IO[str] | None = None
        self._pid = 0

    def __enter__(self) -> Cluster:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> str:
        """The address of the running cluster, which is made, started or found; started again if it died."""
        if self._pid != os.getpid():
            self._pid, self._users, self._process = os.getpid(), None, None
        if self._users and self.postmaster():
            return self.url
        self._make_folder()
        with self._gate(), contextlib.ExitStack() as on_failure:
            users, self._users = self._users or (self.path / "users").open("a"), None
            on_failure.callback(users.close)
            fcntl.flock(users, fcntl.LOCK_SH)
            if not self._answers():
                self._launch()
            self._ensure_database()
            self._give_to_owner()
            on_failure.pop_all()
            self._users = users
        return self.url

    def stop(self) -> None:
        """Leave the cluster. If nobody else uses it, it is shut down in good order."""
        if self._users and self._pid == os.getpid():
            users, self._users = self._users, None
            users.close()
            self.end()

    def end(self) -> bool:
        """Shut down whatever runs here, unless a process uses it; whether nothing runs any more."""
        try:
            with self._gate(), (self.path / "users").open("a") as users:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._shut_down()
        except BlockingIOError:
            return False
        except FileNotFoundError:
            return True
        return True

    @property
    def url(self) -> str:
        host, port = self._address()
        return f"postgres://{NAME}:{self._password()}@{quote(host, safe='')}:{port}/{NAME}"

    def postmaster(self) -> int | None:
        """The living process of this cluster; the number on file may be stale or another program's."""
        if self._process:
            self._process.poll()
        lines = self._pid_file()
        pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        return pid if str(self.data) in _arguments(pid) else None

    def _make_folder(self) -> None:
        if not Path("/proc/self").exists():
            raise DatabaseUnavailable("Qiao runs a PostgreSQL of its own on Linux only; set DATABASE_URL.")
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._password()
            (self.path / "gate").touch()
        except OSError as error:
            raise DatabaseUnavailable(
                f"{error.filename} cannot be used ({error.strerror}); set QIAO_VAR or DATABASE_URL."
            ) from error

    @contextlib.contextmanager
    def _gate(self) -> Iterator[None]:
        """One process at a time starts or stops the cluster."""
        with (self.path / "gate").open("r+") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _password(self) -> str:
        return kept(self.path / "password")

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _address(self) -> tuple[str, int]:
        """Host (the socket's folder, or 127.0.0.1) and port, as PostgreSQL wrote them down."""
        lines = [*self._pid_file(), *[""] * 5]
        return lines[4] or "127.0.0.1", int(lines[3] or 0)

    def _connect(self) -> psycopg.Connection:
        host, port = self._address()
        return psycopg.connect(
            host=host,
            port=port,
            user=NAME,
            password=self._password(),
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _answers(self) -> bool:
        """Whether a running cluster takes connections; waits while it recovers or closes."""
        deadline = time.monotonic() + PATIENCE
        while pid := self.postmaster():
            try:
                self._connect().close()
                return True
            except psycopg.OperationalError as error:
                if "authentication failed" in str(error):
                    raise DatabaseUnavailable(
                        f"{self.path / 'password'} does not hold the password of the PostgreSQL beside it."
                    ) from error
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable(
                        f"PostgreSQL (process {pid}) runs in {self.path} but does not answer; see {self.log}."
                    ) from error
                time.sleep(0.02)
        return False

    def _launch(self) -> None:
        binaries = self.binaries or choose(self.data)
        runner = Runner.choose(self.data if self.data.exists() else self.path, binaries)
        self._clear_leftovers()
        if not self.data.exists():
            self._initialise(binaries, runner)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.path / "log.1")
        mark = self.log.stat().st_size if self.log.exists() else 0
        settings = {**SETTINGS, **(THROWAWAY if self.throwaway else {}), **self._listen(runner)}
        self._process = runner.popen(
            str(binaries / "postgres"),
            *("-D", str(self.data)),
            *(f"--{name}={value}" for name, value in settings.items()),
            log=self.log,
            before_exec=ended_by(signal.SIGINT) if self.throwaway else None,
        )
        while not self._answers():
            if self._process.poll() is not None:
                raise self._explained(self.log.read_bytes()[mark:].decode(errors="replace"))
            time.sleep(0.01)

    def _initialise(self, binaries: Path, runner: Runner) -> None:
        """initdb beside the final place, then rename: an interrupted one leaves nothing half made."""
        draft = self.path / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        runner.own(self.path, self.path / "password")
        done = runner.run(
            str(binaries / "initdb"),
            *("-D", str(draft), "-U", NAME, f"--pwfile={self.path / 'password'}"),
            *("--locale=C.UTF-8", "-E", "UTF8", "-A", "scram-sha-256"),
            *(["--no-sync"] if self.throwaway else []),
        )
        if done.returncode:
            raise self._explained(done.stderr)
        draft.rename(self.data)

    def _listen(self, runner: Runner) -> dict[str, str]:
        """A socket in a folder that only its owner enters; 127.0.0.1 where no such path is short enough."""
        short = SHORT / f"qiao-{hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]}"
        for folder in (self.path / "run", short):
            if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET and _private(folder, runner):
                return {"unix_socket_directories": str(folder), "listen_addresses": "", "port": "5432"}
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        return {"unix_socket_directories": "", "listen_addresses": "127.0.0.1", "port": str(port)}

    def _ensure_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")

    def _give_to_owner(self) -> None:
        """What root wrote in another user's folder must stay usable for that user."""
        owner = self.path.stat()
        if os.geteuid() == 0 != owner.st_uid:
            for name in ("gate", "users", "log", "password"):
                os.chown(self.path / name, owner.st_uid, owner.st_gid)

    def _clear_leftovers(self) -> None:
        """End what a killed postmaster left behind: its backends sit in the data folder and block a start."""
        deadline = time.monotonic() + 10
        while (left := _processes_in(self.data)) and time.monotonic() < deadline:
            for pid in left:
                _send(pid, signal.SIGKILL)
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _shut_down(self) -> None:
        pid, place = self.postmaster(), Path(self._address()[0])
        for sign, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            deadline = time.monotonic() + patience
            if pid and self.postmaster() == pid:
                _send(pid, sign)
            while pid and self.postmaster() == pid and time.monotonic() < deadline:
                time.sleep(0.01)
        if place.parent == SHORT:
            shutil.rmtree(place, ignore_errors=True)

    def _explained(self, output: str) -> DatabaseUnavailable:
        last = next(
            (line.strip() for line in reversed(output.splitlines()) if line.strip()), "no reason given"
        )
        reason = next((text for words, text in EXPLANATIONS.items() if re.search(words, output)), last)
        return DatabaseUnavailable(f"PostgreSQL cannot start in {self.path}: {reason} (see {self.log}).")


def _arguments(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def _processes_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
    return found


def _send(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sign)


def _private(folder: Path, runner: Runner) -> bool:
    """Make ``folder`` ours alone; False if somebody else was there first."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        runner.own(folder)
    found = folder.lstat()
    owner = os.geteuid() if runner.user is None else runner.user
    return stat.S_ISDIR(found.st_mode) and found.st_mode & 0o077 == 0 and found.st_uid == owner
