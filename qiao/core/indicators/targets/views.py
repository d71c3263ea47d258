"""/figures/targets/: what a region shall reach, how far it is, and how that is shared out below."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.models import User
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import BadPeriod, Period
from qiao.core.indicators import registry
from qiao.core.indicators.choosing import code_text, region_of
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.shown import region_names
from qiao.core.indicators.targets import setting, shown
from qiao.core.indicators.targets.models import Target
from qiao.core.indicators.targets.standing import standings
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region


@require_safe
@requires(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """The targets of a region with what is reached, those furthest behind first."""
    scope, period, problem = _asked(request)
    today: date = request.today  # type: ignore[attr-defined]
    held = standings(setting.of_scope(scope, period).values(), scope, period, today)
    bars = [shown.bar(one, one.indicator.name) for one in sorted(held, key=_furthest_behind)]
    context = _context(request, scope, period) | {
        "problem": problem,
        "bars": bars,
        "progress": round(100 * float(period.progress(today)), 1),
        "indicators": list(registry.indicators()),
        "may_set": _may_set(request),
    }
    return render(request, "indicators/targets.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "POST"])
@requires(Right.SEE_FIGURES)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: the target of the region, and those of the regions below, which may be set here."""
    scope, period, problem = _asked(request)
    indicator = _indicator(code)
    today: date = request.today  # type: ignore[attr-defined]
    regions = setting.below(scope, today) if scope.level < Level.COMMUNITY else []
    own = _may_set_own(request, scope)
    places = [*(Region.objects.filter(code=scope.code) if own else ()), *regions]
    held = setting.of_regions(indicator.code, [one.code for one in places], period)
    if request.method == "POST" and not _may_set(request):
        raise PermissionDenied
    proposed: dict[int, Decimal] = {}
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    elif asked := request.GET.get("propose"):
        proposed, problem = _proposed(asked, indicator, scope, period, today)
    lines = shown.lines(places, held, proposed, typed)
    if request.method == "POST" and not problem:
        problem = _put(request, indicator, scope, period, lines)
        if not problem:
            return redirect(_address(code, scope, period))
    found = standings(
        Target.objects.filter(
            indicator=code, period=str(period), region__in=[one.code for one in regions]
        ).select_related("answers"),
        scope,
        period,
        today,
    )
    names = region_names([one.target.region for one in found])
    above = [one for one in setting.of_scope(scope, period).values() if one.indicator == code]
    context = _context(request, scope, period) | {
        "indicator": indicator,
        "problem": problem,
        "above": [shown.bar(one, indicator.name) for one in standings(above, scope, period, today)],
        "bars": [
            shown.bar(one, names.get(one.target.region, "")) for one in sorted(found, key=_furthest_behind)
        ],
        "lines": lines,
        "reason": typed.get("reason", ""),
        "staff": list(_staff(scope)),
        "may_set": _may_set(request) and bool(places),
        "changed": [one for one in held.values() if one.reason],
        "progress": round(100 * float(period.progress(today)), 1),
    }
    return render(request, "indicators/target.html", context, status=422 if problem else 200)


def _put(request: HttpRequest, indicator: Indicator, scope: Scope, period: Period, lines: list[Any]) -> str:
    """Sets what was typed; the words of what is wrong with it."""
    today: date = request.today  # type: ignore[attr-defined]
    if any(one.problem for one in lines):
        return _("Some of these are no numbers: see beside them.")
    given = shown.read(lines)
    people = set(_staff(scope).values_list("pk", flat=True))
    if any(one.answers and one.answers not in people for one in given.values()):
        return _("Choose who answers for it from the list.")
    own = {scope.code: given.pop(scope.code)} if scope.code in given else {}
    reason = request.POST.get("reason", "")
    try:
        changed = setting.put(indicator, period, own, reason, request.user, today) if own else 0
        if given:
            changed += setting.split(indicator, scope, period, given, reason, request.user, today)
    except setting.Refused as refused:
        return str(refused)
    messages.success(request, _("%d targets are set.") % changed if changed else _("Nothing was changed."))
    return ""


def _proposed(
    asked: str, indicator: Indicator, scope: Scope, period: Period, today: date
) -> tuple[dict[int, Decimal], str]:
    above = setting.of_scope(scope, period).get(indicator.code)
    if above is None:
        return {}, _("There is no target of the region itself to share out. Have it set first.")
    if asked == "last-year":
        weights = setting.by_last_year(indicator, scope, period, today)
    elif asked == "population":
        weights = setting.by_population(scope, period, today)
    else:
        weights = {one.code: 1 for one in setting.below(scope, today)}
    return setting.proposed(indicator, above.value, weights), ""


def _asked(request: HttpRequest) -> tuple[Scope, Period, str]:
    """A target may lie ahead, a figure not: hence any period is one."""
    scope = region_of(request.GET.get("region", ""), request.scope)  # type: ignore[attr-defined]
    running = Period.of("year", request.today)  # type: ignore[attr-defined]
    text = request.GET.get("period", "")
    try:
        return scope, Period.parse(text) if text else running, ""
    except BadPeriod as wrong:
        return scope, running, str(wrong)


def _context(request: HttpRequest, scope: Scope, period: Period) -> dict[str, Any]:
    today: date = request.today  # type: ignore[attr-defined]
    return {
        "scope": scope,
        "place": region_names([scope.code]).get(scope.code, ""),
        "region": code_text(scope.code),
        "period": period,
        "periods": _periods(today, period),
        "as_of": min(period.as_of, today),
        "query": _query(scope, period),
    }


def _periods(today: date, chosen: Period) -> list[Period]:
    """Of each kind the running one, the one before and the one after."""
    found = [
        one
        for kind in ("year", "half", "quarter", "month")
        for running in (Period.of(kind, today),)
        for one in (running.previous, running, running.following)
    ]
    return found if chosen in found else [chosen, *found]


def _address(code: str, scope: Scope, period: Period) -> str:
    return f"{reverse('figure_target', args=[code])}?{_query(scope, period)}"


def _query(scope: Scope, period: Period) -> str:
    return urlencode({"region": code_text(scope.code), "period": str(period)})


def _indicator(code: str) -> Indicator:
    try:
        return registry.get(code)
    except registry.UnknownIndicator:
        raise Http404 from None


def _furthest_behind(one: Any) -> Any:
    return (one.share is None, (one.share or 0) - one.due, one.indicator.code)


def _may_set(request: HttpRequest) -> bool:
    return bool(request.appointment.can(Right.SET_TARGETS))  # type: ignore[attr-defined]


def _may_set_own(request: HttpRequest, scope: Scope) -> bool:
    """The targets of the highest region one works for come from outside: the district enters its own."""
    return _may_set(request) and scope.level <= Level.DISTRICT


def _staff(scope: Scope) -> Any:
    """Who works in the region or below, and may answer for a target there."""
    held = {"appointments__region__code__gte": scope.lo, "appointments__region__code__lt": scope.hi}
    return User.objects.filter(is_active=True, **held).distinct().order_by("name", "pk")
