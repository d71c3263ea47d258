"""/figures/: the table, its workbook, and the names behind each figure."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import closing, figures, registry
from qiao.core.indicators.choosing import Choice, code_text, dimensions, period_of, periods_offered, region_of
from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.frozen import Sight
from qiao.core.indicators.shown import bars, courses, periods_for, region_names, rows_of, total_of
from qiao.core.indicators.workbook import workbook
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import codes

PAGE = 50
FEW = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _choice(request: HttpRequest) -> Choice:
    return Choice.read(request.GET, request.GET.getlist("i"), request.scope, request.today)  # type: ignore[attr-defined]


def crumbs(choice: Choice, scope: Scope) -> list[dict[str, str]]:
    above = [code for code in codes.ancestors(choice.scope.code) if scope.contains(code)]
    names = region_names([*above, choice.scope.code])
    return [{"label": names.get(code, code_text(code)), "url": choice.at(code)} for code in above]


def place_of(scope: Scope) -> str:
    return region_names([scope.code]).get(scope.code) or (code_text(scope.code) or _("All regions"))


@requires(Right.SEE_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    today = request.today  # type: ignore[attr-defined]
    every = list(registry.indicators())
    table = figures.table(choice.columns, choice.scope, choice.level, [choice.period], choice.by, today)
    compared = figures.table(every, choice.scope, choice.scope.level, periods_for(choice.period), today=today)
    rows = rows_of(choice, table)
    with beyond_scope("a closing above the scope holds in it"):
        closed = closing.outermost(closing.holding(choice.scope, [choice.period]))
        prefetch_related_objects(closed[:FEW], "closed_by")
    regions = region_names([one.region for one in closed[:FEW]])
    context = {
        "choice": choice,
        "place": place_of(choice.scope),
        "crumbs": crumbs(choice, request.scope),  # type: ignore[attr-defined]
        "periods": periods_offered(today, choice.period),
        "dimensions": dimensions().values(),
        "has_communities": choice.scope.level < codes.Level.STREET,
        "indicators": every,
        "rows": rows,
        "total": total_of(choice, table),
        "bars": bars(rows),
        "courses": courses(choice, compared, every),
        "as_of": min(choice.period.as_of, today),
        "behind_since": table.behind_since or compared.behind_since,
        "closed": [(one, regions.get(one.region, one.region)) for one in closed[:FEW]],
        "more_closed": len(closed) > FEW,
        "may_close": request.appointment.can(Right.CLOSE_PERIODS)  # type: ignore[attr-defined]
        and choice.period.end <= today
        and not any(one.scope.contains(choice.scope.code) for one in closed),
        "left_out": [one for one in choice.indicators if one not in choice.columns],
    }
    return render(request, "indicators/figures.html", context, status=400 if choice.problem else 200)


@requires(Right.SEE_FIGURES)
def export(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    today = request.today  # type: ignore[attr-defined]
    table = figures.table(choice.columns, choice.scope, choice.level, [choice.period], choice.by, today)
    content = workbook(choice, table, place_of(choice.scope), min(choice.period.as_of, today))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="figures-{code_text(choice.scope.code) or "all"}-{choice.period}.xlsx"'
    )
    return response


def _indicator(code: str) -> Indicator:
    try:
        return registry.get(code)
    except registry.UnknownIndicator:
        raise Http404 from None


def _parts(indicator: Indicator, query: QueryDict) -> tuple[figures.Part, list[dict[str, Any]]]:
    """Which side of a ratio is open, and the tabs that open the others."""
    if not isinstance(indicator, Ratio):
        return "numerator", []
    labels: dict[figures.Part, Any] = {
        "missing": _("Who is missing"),
        "numerator": indicator.numerator.name,
        "denominator": indicator.denominator.name,
    }
    asked = query.get("part", "")
    chosen: figures.Part = next((part for part in labels if part == asked), "missing")
    tabs = []
    for part, label in labels.items():
        link = query.copy()
        link["part"] = part
        link.pop("after", None)
        tabs.append({"label": label, "url": f"?{link.urlencode()}", "active": part == chosen})
    return chosen, tabs


def _sights(scope: Scope, period: Period, query: QueryDict) -> tuple[Sight, list[dict[str, Any]]]:
    """Of a closed period: the records of the closing, those of now, and what came and went between."""
    with beyond_scope("a closing above the scope holds in it"):
        if not closing.holding(scope, [period]):
            return "shown", []
    labels: dict[Sight, Any] = {
        "shown": _("When it was closed"),
        "now": _("Now"),
        "added": _("Added since"),
        "gone": _("Gone since"),
    }
    asked = query.get("sight", "")
    chosen: Sight = next((one for one in labels if one == asked), "shown")
    tabs = []
    for one, label in labels.items():
        link = query.copy()
        link["sight"] = one
        link.pop("after", None)
        tabs.append({"label": label, "url": f"?{link.urlencode()}", "active": one == chosen})
    return chosen, tabs


@requires(Right.SEE_FIGURES)
def names(request: HttpRequest, code: str) -> HttpResponse:
    """The records a figure counts, for whoever may see residents."""
    appointment, today = request.appointment, request.today  # type: ignore[attr-defined]
    if not appointment.can(Right.SEE_PEOPLE):
        raise Http404
    indicator = _indicator(code)
    scope = region_of(request.GET.get("region", ""), request.scope)  # type: ignore[attr-defined]
    period, problem = period_of(request.GET.get("period", ""), today)
    by = request.GET.get("by", "")
    if by and not indicator.dimension(by):
        raise Http404
    value = request.GET.get("value", "")
    part, tabs = _parts(indicator, request.GET)
    sight, sights = _sights(scope, period, request.GET)
    own = bool(request.GET.get("own"))
    rows = figures.drill(indicator, scope, period, by, value, part, today, sight, own)
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    listed = registry.names_of(rows.model)
    with beyond_scope("who moved away since is still counted where they were"):
        found = list(listed.prepare(rows)[: PAGE + 1])
        lines = [
            {"cells": [(label, of(record)) for label, of in listed.columns], "url": listed.address(record)}
            for record in found[:PAGE]
        ]
    following = request.GET.copy()
    if len(found) > PAGE:
        following["after"] = str(found[PAGE - 1].pk)
    first = request.GET.copy()
    first.pop("after", None)
    dimension = indicator.dimension(by) if by else None
    context = {
        "indicator": indicator,
        "place": place_of(scope),
        "period": period,
        "as_of": min(period.as_of, today),
        "problem": problem,
        "dimension": dimension,
        "value": dimension.label(value) if dimension else "",
        "tabs": tabs,
        "sights": sights,
        "heads": [label for label, _show in listed.columns],
        "lines": lines,
        "following": f"?{following.urlencode()}" if len(found) > PAGE else "",
        "first": f"?{first.urlencode()}" if after else "",
        "region": code_text(scope.code),
    }
    return render(request, "indicators/names.html", context, status=400 if problem else 200)
