"""The public notice: a masked sheet to print, for as long as the notice runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import Procedure
from qiao.core.procedures.views.access import cases_of, door, found

LARGEST = 500


@require_GET
@door
def sheet(request: HttpRequest, declared: Procedure, viewer: Viewer) -> HttpResponse:
    """Everybody on notice today in the viewer's region."""
    return _sheet(request, declared, viewer, list(_running(declared, viewer)[:LARGEST]))


@require_GET
@door
def of_case(request: HttpRequest, declared: Procedure, viewer: Viewer, pk: int) -> HttpResponse:
    """One case's sheet; gone once its notice has ended."""
    found(declared, viewer, pk)
    return _sheet(request, declared, viewer, list(_running(declared, viewer).filter(pk=pk)))


def _running(declared: Procedure, viewer: Viewer) -> Any:
    stages = [stage.code for stage in declared.stages if stage.notice]
    rows = cases_of(declared, viewer).filter(stage__in=stages, closed_on=None, due_on__gte=viewer.today)
    return rows.order_by("region", "due_on", "pk")


def _sheet(request: HttpRequest, declared: Procedure, viewer: Viewer, cases: list[Any]) -> HttpResponse:
    lines = [{"case": case, **declared.notice_line(case, viewer.today)} for case in cases]
    context = {
        "procedure": declared,
        "lines": lines,
        "region": viewer.appointment.region,
        "today": viewer.today,
        "phone": viewer.appointment.user.phone,
        "by": viewer.appointment,
    }
    return render(request, "procedures/notice.html", context, status=200 if lines else 410)
