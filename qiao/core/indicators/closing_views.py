"""/figures/closed/: which periods are closed, for whom, what changed since; closing and reopening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.indicators import closing, figures, registry
from qiao.core.indicators.choosing import period_of, region_of
from qiao.core.indicators.models import Closing
from qiao.core.indicators.shown import Change, changes, region_names
from qiao.core.ledgers.recent import known
from qiao.core.ledgers.viewer import Viewer

LISTED = 100


@requires(Right.SEE_FIGURES)
def closings(request: HttpRequest) -> HttpResponse:
    """The newest closings of the person's region."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = Closing.objects.filter(region__gte=scope.lo, region__lt=scope.hi)
    listed = list(rows.select_related("closed_by", "reopened_by").order_by("-pk")[:LISTED])
    names = region_names([one.region for one in listed])
    context = {"closings": [(one, names.get(one.region, one.region)) for one in listed]}
    return render(request, "indicators/closings.html", context)


@requires(Right.SEE_FIGURES)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One closing: who, when, and each figure that the records no longer give as it was kept."""
    made = _closing(request, pk)
    return render(request, "indicators/closing.html", _file(request, made))


@require_POST
@requires(Right.CLOSE_PERIODS)
def close(request: HttpRequest) -> HttpResponse:
    scope = region_of(request.POST.get("region", ""), request.scope)  # type: ignore[attr-defined]
    today = request.today  # type: ignore[attr-defined]
    period, problem = period_of(request.POST.get("period", ""), today)
    try:
        if problem:
            raise closing.Refused(problem)
        made = closing.close(scope, period, request.user, today)
    except closing.Refused as refused:
        messages.error(request, str(refused))
        return redirect("figures_closed")
    messages.success(
        request, _("%(period)s is closed. Its figures stay as they are.") % {"period": period.label}
    )
    return redirect("figures_closing", made.pk)


@require_POST
@requires(Right.CLOSE_PERIODS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    made = _closing(request, pk)
    reason = request.POST.get("reason", "")
    try:
        closing.reopen(made, request.user, reason, request.today)  # type: ignore[attr-defined]
    except closing.Refused as refused:
        context = _file(request, made) | {"problem": str(refused), "reason": reason}
        return render(request, "indicators/closing.html", context, status=422)
    messages.success(request, _("The period is open again: its figures follow the records."))
    return redirect("figures_closing", pk)


def _closing(request: HttpRequest, pk: int) -> Closing:
    rows = Closing.objects.select_related("closed_by", "reopened_by")
    made = rows.filter(pk=pk).first()
    if made is None or not request.scope.contains(made.region):  # type: ignore[attr-defined]
        raise Http404
    return made


def _file(request: HttpRequest, made: Closing) -> dict[str, Any]:
    found: list[Change] = []
    if made.reopened_on is None:
        every, scope = list(registry.indicators()), made.scope
        table = figures.table(every, scope, scope.level, [made.of], today=request.today)  # type: ignore[attr-defined]
        found = changes(scope, made.of, table, every)
    return {
        "closing": made,
        "place": region_names([made.region]).get(made.region, made.region),
        "changes": found,
        "reasons": _reasons(request, made),
        "may_reopen": made.reopened_on is None and request.appointment.can(Right.CLOSE_PERIODS),  # type: ignore[attr-defined]
    }


def _reasons(request: HttpRequest, made: Closing) -> list[dict[str, Any]]:
    """The newest changes made after it was closed, each with why; of records out of sight only why."""
    late = list(made.late_changes.select_related("by").order_by("-at", "-pk")[:LISTED])
    found = known(((one.ledger, one.record_id) for one in late), Viewer.of(request))
    return [{"change": one, "record": found.get((one.ledger, one.record_id))} for one in late]
