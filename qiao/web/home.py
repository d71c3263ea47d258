"""The first page: what is owed today, what one has done and begun, three figures, and what was opened last."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext

from qiao.core.accounts.rights import Right
from qiao.core.duties import deeds
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.deeds import Place, Side
from qiao.core.duties.worklist import Group, Row, worklist
from qiao.core.indicators.targets.mine import of_person
from qiao.core.ledgers import recent
from qiao.core.ledgers import viewer as ledgers
from qiao.core.regions.codes import Level
from qiao.web.own_figures import own_figures


@login_required
def home(request: HttpRequest) -> HttpResponse:
    viewer = Viewer(request.appointment, request.today)  # type: ignore[attr-defined]
    tab = request.GET.get("tab", "")
    context = {
        "subtitle": f"{viewer.appointment} · {viewer.today:%Y-%m-%d}",
        "tabs": _tabs(tab),
        "several_places": viewer.scope.level is not Level.COMMUNITY,
        **(_deeds(request, viewer, Side(tab)) if tab in set(Side) else _to_do(request, viewer)),
    }
    return render(request, "web/home.html", context)


def _tabs(asked: str) -> list[dict[str, Any]]:
    names = {
        "": pgettext("work", "To do"),
        Side.DONE: pgettext("work", "Done"),
        Side.STARTED: pgettext("work", "Started by me"),
    }
    known = asked if asked in set(Side) else ""
    return [
        {"label": name, "url": f"?tab={tab}" if tab else "?", "active": tab == known, "count": None}
        for tab, name in names.items()
    ]


def _deeds(request: HttpRequest, viewer: Viewer, side: Side) -> dict[str, Any]:
    asked = request.GET.get("after", "")
    lines, more = deeds.page(viewer, side, Place.read(asked))
    return {
        "deeds": lines,
        "side": side,
        "paged": bool(asked),
        "following": "?" + urlencode({"tab": side, "after": more.written()}) if more else "",
    }


def _to_do(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    return {
        "worklist": [_group(viewer, group) for group in worklist(viewer)],
        "tiles": own_figures(viewer) if viewer.appointment.can(Right.SEE_FIGURES) else [],
        "targets": of_person(viewer.user_id, viewer.scope, viewer.today)
        if viewer.appointment.can(Right.SEE_FIGURES)
        else [],
        "works_here": viewer.appointment.can(Right.EDIT_PEOPLE),
        "recent": recent.recent(ledgers.Viewer.of(request)),
    }


def _group(viewer: Viewer, group: Group) -> dict[str, Any]:
    return {
        "title": group.duty.title,
        "count": group.shown_count,
        "overdue": group.shown_late if group.late else "",
        "url": reverse("duty", args=[group.duty.code]),
        "rows": [_row(viewer, group, row) for row in group.rows],
    }


def _row(viewer: Viewer, group: Group, row: Row) -> dict[str, Any]:
    return {
        "subject": row.who or row.region_name,
        "region": row.region_name,
        "due": row.due,
        "overdue_days": (viewer.today - row.due).days,
        "url": row.url,
        "action": group.duty.action,
    }
