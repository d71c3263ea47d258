"""The way from outreach to the loan, step by step; each figure opens to the people behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.choosing import code_text, period_of, periods_offered, region_of
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.shown import region_names
from qiao.core.regions import codes
from qiao.services.loans import outreach

REACHED = "outreach_sessions", "outreach_leaflets", "campaigns_held", "households_reached"
STEPS = (
    outreach.visited,
    outreach.interested,
    outreach.applied,
    outreach.came_recommended,
    outreach.came_through,
)
APPLIED = outreach.applications, outreach.recommended
# The first rules on guaranteed small loans are of this month.
BEGINNING = date(2002, 12, 1)


@requires(Right.SEE_FIGURES)
@require_GET
def funnel(request: HttpRequest) -> HttpResponse:
    """`?period=` as of figures, "all" for everything up to today; `?region=` inside the scope."""
    today = request.today  # type: ignore[attr-defined]
    scope = region_of(request.GET.get("region", ""), request.scope)  # type: ignore[attr-defined]
    ever = Period.between(BEGINNING, today)
    asked = request.GET.get("period", "") or str(ever)
    period, problem = period_of(asked, today)
    above = [registry.get(code) for code in REACHED]
    every = [*above, *STEPS, *APPLIED]
    whole = figures.table(every, scope, scope.level, [period], today=today)
    lines = figures.table(STEPS, scope, None, [period], today=today)

    def of(one: Indicator, region: int | None = None) -> dict[str, Any]:
        figure = whole.total(one) if region is None else lines.at(one, region)
        return {
            "value": figure.value,
            "url": address(one, scope if region is None else Scope(region), period),
        }

    context = {
        "place": region_names([scope.code]).get(scope.code) or _("All regions"),
        "crumbs": list(_above(scope, request.scope, period)),  # type: ignore[attr-defined]
        "region": code_text(scope.code),
        "period": period,
        "problem": problem,
        "ever": ever,
        "periods": periods_offered(today, Period.of("year", today)),
        "reached": [{"name": one.name, "unit": one.unit, **of(one)} for one in above],
        "steps": _shares([{"name": one.name, "definition": one.definition, **of(one)} for one in STEPS]),
        "applied": [{"name": one.name, "unit": one.unit, **of(one)} for one in APPLIED],
        "heads": [one.name for one in STEPS],
        "rows": [
            {"name": name, "url": here(code, period), "cells": [of(one, code) for one in STEPS]}
            for code, name in sorted(region_names(list(lines.regions())).items())
            if code != scope.code
        ],
    }
    return render(request, "loans/funnel.html", context, status=400 if problem else 200)


def here(code: int, period: Period) -> str:
    return "?" + urlencode({"region": code_text(code), "period": period})


def address(one: Indicator, scope: Scope, period: Period) -> str:
    return reverse("figure_names", args=[one.code]) + here(scope.code, period)


def _above(scope: Scope, own: Scope, period: Period) -> Iterator[dict[str, str]]:
    found = [code for code in codes.ancestors(scope.code) if own.contains(code)]
    names = region_names(found)
    for code in found:
        yield {"label": names.get(code, code_text(code)), "url": here(code, period)}


def _shares(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each step is of the first and of the one before, in whole per cent."""
    first = before = int(steps[0]["value"] or 0)
    for step in steps:
        value = int(step["value"] or 0)
        step["of_first"] = round(100 * value / first) if first else 0
        step["of_before"] = round(100 * value / before) if before else None
        before = value
    steps[0]["of_before"] = None
    return steps
