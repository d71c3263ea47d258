"""The PostgreSQL that benchmarks use: that of ``DATABASE_URL``, else one of their own in var/benchmarks.

What lies in their own stays for the next script; nothing in it is forced to disk. A script that times durable
work starts a cluster for itself instead.
"""

from __future__ import annotations

import atexit
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

HOME = Path(__file__).parents[1] / "var" / "benchmarks"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
sys.path.insert(0, str(HOME.parents[1]))


def base() -> str:
    """The server's address; processes started later inherit it."""
    if "DATABASE_URL" not in os.environ:
        from qiao.config.cluster import Cluster

        os.environ.setdefault("QIAO_VAR", str(HOME))
        cluster = Cluster(HOME / "postgres", throwaway=True)
        os.environ["DATABASE_URL"] = cluster.start()
        atexit.register(cluster.stop)
    return os.environ["DATABASE_URL"]


def address(database: str) -> str:
    return urlunsplit(urlsplit(base())._replace(path=f"/{database}"))


def connect(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(address(database), autocommit=True)


def use(database: str) -> bool:
    """Point Django at ``database``; whether it had to be made, empty."""
    with connect() as server:
        present = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not present:
            server.execute(f"CREATE DATABASE {database}")
    os.environ["DATABASE_URL"] = address(database)
    return not present


def drop(*databases: str) -> None:
    with connect() as server:
        for name in databases:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
