"""The first page: what is owed today, three figures, and what was opened last."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.worklist import Group, Row, worklist
from qiao.web.own_figures import own_figures


@login_required
def home(request: HttpRequest) -> HttpResponse:
    viewer = Viewer(request.appointment, request.today)  # type: ignore[attr-defined]
    groups = [_group(viewer, group) for group in worklist(viewer)]
    context = {
        "subtitle": f"{viewer.appointment} · {viewer.today:%Y-%m-%d}",
        "worklist": groups,
        "tiles": own_figures(viewer) if viewer.appointment.can(Right.SEE_FIGURES) else [],
        "works_here": viewer.appointment.can(Right.EDIT_PEOPLE),
    }
    return render(request, "web/home.html", context)


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
