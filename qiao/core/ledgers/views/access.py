"""The doors of a ledger: who may pass, and which record stands behind an address."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from qiao.core.accounts import access
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer

door = access.door(registry.get, Viewer.of, lambda ledger, viewer: viewer.can(ledger.see))


def need(viewer: Viewer, right: Right | None) -> None:
    if right is None or not viewer.can(right):
        raise PermissionDenied


def found(ledger: Ledger, viewer: Viewer, pk: int, *, deleted: bool = False, lock: bool = False) -> Any:
    """The record, or 404: a record out of scope does not exist for the viewer."""
    rows = ledger.records(viewer, deleted=deleted)
    rows = rows.select_for_update(of=("self",)) if lock else ledger.joined(rows, list(ledger.resolved))
    return access.found(rows, pk)


def trail(ledger: Ledger) -> list[dict[str, Any]]:
    """Where a page below the list stands."""
    return [{"label": ledger.name, "url": ledger.url()}]
