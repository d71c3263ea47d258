"""The doors of a ledger: who may pass, and which record stands behind an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Ledger, Viewer, P], HttpResponseBase]
LARGEST = 2**63 - 1


def door(view: View[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Gives a view its ledger and its viewer, who may see that ledger."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            ledger = registry.get(code)
        except registry.UnknownLedger:
            raise Http404 from None
        viewer = Viewer.of(request)
        need(viewer, ledger.see)
        return view(request, ledger, viewer, *args, **kwargs)

    return opened


def need(viewer: Viewer, right: Right | None) -> None:
    if right is None or not viewer.can(right):
        raise PermissionDenied


def found(ledger: Ledger, viewer: Viewer, pk: int, *, deleted: bool = False, lock: bool = False) -> Any:
    """The record, or 404: a record out of scope does not exist for the viewer."""
    rows = ledger.records(viewer, deleted=deleted)
    rows = rows.select_for_update(of=("self",)) if lock else ledger.joined(rows, list(ledger.resolved))
    record = rows.filter(pk=pk).first() if pk <= LARGEST else None
    if record is None:
        raise Http404
    return record


def trail(ledger: Ledger) -> list[dict[str, Any]]:
    """Where a page below the list stands."""
    return [{"label": ledger.name, "url": ledger.url()}]
