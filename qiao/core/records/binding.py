"""Binds a database connection to a scope, and lifts the binding for the few acts that look beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from qiao.core.accounts.scope import Scope
from qiao.core.records.policies import APP_ROLE

SET = (
    "SELECT set_config('role', %s, false), set_config('qiao.lo', %s, false), set_config('qiao.hi', %s, false)"
)
LIFT = """
WITH bound AS MATERIALIZED (
    SELECT current_setting('role') AS role, current_setting('qiao.lo', true) AS lo, current_setting('qiao.hi', true) AS hi)
SELECT role, lo, hi, set_config('role', 'none', false) FROM bound
"""


def _set(role: str, lo: str, hi: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, [role, lo, hi])


def bind(scope: Scope | None) -> None:
    """From here on the connection sees rows of the scope only; with None, no record at all."""
    _set(APP_ROLE, *((str(scope.lo), str(scope.hi)) if scope else ("0", "0")))


def release() -> None:
    _set("none", "0", "0")


@contextmanager
def beyond_scope(reason: str) -> Iterator[None]:
    """Runs a block as the owner. `reason` is for the reader: say why this must look past the scope."""
    assert reason
    with connection.cursor() as cursor:
        cursor.execute(LIFT)
        role, lo, hi, _released = cursor.fetchone()
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set(role or "none", lo or "0", hi or "0")
