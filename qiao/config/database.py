"""The database of this instance: ``DATABASE_URL`` if set, else a cluster of our own in ``var/postgres``.

The cluster is for trying Qiao and for its tests; operations point ``DATABASE_URL`` at a PostgreSQL they run.
"""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from qiao.config.binaries import OLDEST, DatabaseUnavailable
from qiao.config.cluster import Cluster

__all__ = ["Cluster", "DatabaseUnavailable", "check", "resolve", "var"]

_clusters: dict[Path, Cluster] = {}


def var() -> Path:
    """The folder of everything this instance keeps: ``QIAO_VAR``, else ``var`` where the command is run."""
    return Path(os.environ.get("QIAO_VAR") or "var").resolve()


def resolve(folder: Path) -> str:
    """The address of the database. A cluster of our own runs when this returns, until the process ends.

    Raises DatabaseUnavailable, whose message is one sentence.
    """
    if url := os.environ.get("DATABASE_URL", "").strip():
        return url
    path = folder.resolve() / "postgres"
    if path not in _clusters:
        _clusters[path] = Cluster(path)
        atexit.register(_clusters[path].stop)
    return _clusters[path].start()


def check(url: str) -> None:
    """Raise DatabaseUnavailable unless a PostgreSQL that Qiao can use answers at ``url``."""
    try:
        parts = urlsplit(url)
        place = f"{parts.hostname or 'the local socket'}:{parts.port or 5432}{parts.path}"
    except ValueError:
        parts, place = urlsplit(""), ""
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUnavailable("DATABASE_URL must look like postgres://user:password@host:5432/name.")
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.Error as error:
        reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")
        raise DatabaseUnavailable(f"The database at {place} (DATABASE_URL) refuses: {reason}.") from error
    if version < OLDEST:
        raise DatabaseUnavailable(
            f"The database at {place} (DATABASE_URL) is PostgreSQL {version}; Qiao needs {OLDEST} or newer."
        )
    if encoding != "UTF8":
        raise DatabaseUnavailable(
            f"The database at {place} (DATABASE_URL) is in {encoding}; it must be in UTF8."
        )
