"""The cases of a procedure by stage, and one decision for many of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from qiao.core.duties.declaration import Viewer
from qiao.core.ledgers.paging import Cursor, Order, page
from qiao.core.ledgers.parts import Sort
from qiao.core.procedures.declaration import Procedure, Stage
from qiao.core.procedures.moves import take
from qiao.core.procedures.refusal import Refused
from qiao.core.procedures.views.access import cases_of, door

SIZE = 50
CLOSED = "closed"
CAP = 100
BATCH = 200
BY_DUE = Order(Sort(gettext_lazy("Due on"), "due_on", nullable=True), descending=False)
BY_ENTRY = Order(Sort(gettext_lazy("Entered"), "id"), descending=True)


@require_GET
@door
def listing(request: HttpRequest, declared: Procedure, viewer: Viewer) -> HttpResponse:
    cases = cases_of(declared, viewer)
    counts = _counts(declared, cases)
    stage = _chosen(declared, viewer, request.GET.get("stage", ""), counts)
    rows = (
        cases.filter(closed_on__isnull=False)
        if stage is None
        else cases.filter(stage=stage.code, closed_on=None)
    )
    order = BY_ENTRY if stage is None else BY_DUE
    start = Cursor.read(request.GET.get("page", ""), rows, order)
    shown = page(rows, order, start, SIZE)
    return render(
        request,
        "procedures/list.html",
        {
            "procedure": declared,
            "tabs": _tabs(declared, stage, counts),
            "stage": stage,
            "rows": [_row(declared, viewer, case) for case in shown.rows],
            "actions": _batch_actions(declared, viewer, stage),
            "previous": _page_url(stage, shown.previous),
            "following": _page_url(stage, shown.following),
            "may_open": declared.opening_right and viewer.appointment.can(declared.opening_right),
            "notice_url": reverse("case_notice", args=[declared.code]) if stage and stage.notice else "",
        },
    )


def _counts(declared: Procedure, cases: Any) -> dict[str, int]:
    """Open cases by stage, for the tabs."""
    rows = cases.filter(closed_on=None).order_by().values_list("stage").annotate(Count("pk"))
    return dict(rows)


def _chosen(declared: Procedure, viewer: Viewer, asked: str, counts: dict[str, int]) -> Stage | None:
    """The stage asked for; else the first with work for the viewer's role; None is the closed cases."""
    if asked == CLOSED:
        return None
    if (stage := declared.stage_by_code.get(asked)) and not stage.final:
        return stage
    living = [stage for stage in declared.stages if not stage.final]
    mine = [
        one for one in living if counts.get(one.code) and viewer.role in declared.deciding_roles(one.code)
    ]
    return (mine or [one for one in living if counts.get(one.code)] or living)[0]


def _tabs(declared: Procedure, chosen: Stage | None, counts: dict[str, int]) -> Iterable[dict[str, Any]]:
    for stage in declared.stages:
        if not stage.final and (not stage.aside or counts.get(stage.code)):
            yield {
                "label": stage.label,
                "url": f"?stage={stage.code}",
                "count": counts.get(stage.code, 0),
                "active": stage == chosen,
            }
    yield {"label": _("Closed"), "url": f"?stage={CLOSED}", "count": None, "active": chosen is None}


def _row(declared: Procedure, viewer: Viewer, case: Any) -> dict[str, Any]:
    return {
        "case": case,
        "who": declared.name_for(case, viewer),
        "url": reverse("case", args=[declared.code, case.pk]),
        "stage": declared.stage_by_code[case.stage].label,
        "overdue": case.overdue(viewer.today),
        "about": declared.about(case),
    }


def _batch_actions(declared: Procedure, viewer: Viewer, stage: Stage | None) -> list[dict[str, Any]]:
    if stage is None:
        return []
    offered = [
        one
        for one in declared.ways_out(stage.code)
        if one.batched and one.right and viewer.appointment.can(one.right)
    ]
    return [
        {
            "label": one.label,
            "value": one.name,
            "confirm": _("“%(decision)s” for the selected cases?") % {"decision": one.label},
            "danger": one.danger,
        }
        for one in offered
    ]


def _page_url(stage: Stage | None, cursor: str) -> str:
    return "?" + urlencode({"stage": stage.code if stage else CLOSED, "page": cursor}) if cursor else ""


@require_POST
@door
def batch(request: HttpRequest, declared: Procedure, viewer: Viewer) -> HttpResponse:
    """Each case is decided for itself under its own lock; those refused are named with the reason."""
    ids = [int(one) for one in request.POST.getlist("rows") if one.isdecimal()][:BATCH]
    transition = declared.transition_by_name.get(request.POST.get("action", ""))
    back = redirect(f"{reverse('cases', args=[declared.code])}?stage={request.POST.get('stage', '')}")
    if transition is None or not transition.batched or not ids:
        messages.error(request, _("Select cases and a decision."))
        return back
    done, refused = 0, []
    for case in cases_of(declared, viewer).filter(Q(pk__in=ids)).order_by("pk"):
        try:
            take(case, transition.name, viewer.appointment, on=viewer.today, opinion=str(transition.opinion))
            done += 1
        except Refused as refusal:
            refused.append(_("%(who)s: %(why)s") % {"who": declared.name_of(case), "why": refusal})
    if done:
        said = ngettext("%(count)s case decided.", "%(count)s cases decided.", done) % {"count": done}
        messages.success(request, said)
    for line in refused[:5]:
        messages.warning(request, line)
    if len(refused) > 5:
        messages.warning(request, _("%(count)s more were not decided.") % {"count": len(refused) - 5})
    return back
