"""Finding a person from anywhere: the drop-down beside the field, and the page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer

LEDGER = "residents"
COLUMNS = ("id_number", "region", "state")
ON_PAGE, IN_LIST = 50, 8


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:60]
    brief = bool(request.htmx)  # type: ignore[attr-defined]
    groups = found(request, query, IN_LIST if brief else ON_PAGE)
    if not brief and len(groups) == 1 and len(groups[0]["rows"]) == 1:
        return redirect(groups[0]["rows"][0]["url"])
    page = "web/suggestions.html" if brief else "web/search.html"
    return render(request, page, {"query": query, "groups": groups})


def found(request: HttpRequest, query: str, limit: int) -> list[dict[str, Any]]:
    """Residents of the scope that the text may mean; nothing for whoever may not see people."""
    if not query or request.appointment is None:  # type: ignore[attr-defined]
        return []
    viewer = Viewer.of(request)
    if not viewer.can(Right.SEE_PEOPLE):
        return []
    ledger, met = registry.get(LEDGER), list(people(viewer, query, limit))
    if not met:
        return []
    shown = [row(ledger, one, viewer) for one in met[:limit]]
    return [{"title": _("Residents"), "rows": shown, "more": len(met) > limit}]


def people(viewer: Viewer, query: str, limit: int) -> QuerySet[Any]:
    """Those a text may mean, one more than asked for."""
    ledger = registry.get(LEDGER)
    rows = ledger.records(viewer).filter(ledger.search(query, viewer))
    return ledger.joined(rows, COLUMNS).order_by("-id")[: limit + 1]


def row(ledger: Any, record: Any, viewer: Viewer) -> dict[str, Any]:
    id_number, region, state = (ledger.resolved[key] for key in COLUMNS)
    status = state.value(record, viewer.today)
    return {
        "url": ledger.url("file", record.pk),
        "name": ledger.record_title(record, viewer),
        "id_number": id_number.shown(id_number.value(record, viewer.today), viewer.personal),
        "region": region.plain(region.value(record, viewer.today)),
        "status": state.plain(status),
        "tone": state.tone(status),
    }
