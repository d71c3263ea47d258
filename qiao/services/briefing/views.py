"""The leader's page: one sheet of A4."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.calendars.periods import Period
from qiao.core.duties.declaration import Viewer
from qiao.core.indicators.choosing import code_text, period_of, region_of
from qiao.core.indicators.shown import region_names
from qiao.core.regions.codes import Level
from qiao.services.briefing import page, red


@require_safe
@requires(Right.SEE_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    """Six tiles, the units ranked, the communities as a grid, the funnel, loans, households without work, red items."""
    viewer = Viewer.of(request)
    scope, today = region_of(request.GET.get("region", ""), viewer.scope), viewer.today
    asked = request.GET.get("period", "") or str(Period.of("year", today))
    period, problem = period_of(asked, today)
    context = {
        "place": region_names([scope.code]).get(scope.code, ""),
        "region": code_text(scope.code),
        "period": period,
        "periods": [Period.of(kind, today) for kind in ("year", "half", "quarter", "month")],
        "problem": problem,
        "as_of": min(period.as_of, today),
        "progress": round(100 * float(period.progress(today)), 1),
        "tiles": page.tiles(scope, period, today),
        "units": page.units(scope, period, today) if scope.level < Level.COMMUNITY else [],
        "streets": page.heat(scope, today) if scope.level < Level.COMMUNITY else {},
        "steps": page.funnel(scope, period, today),
        "loans": page.loans(scope, today),
        "households": red.households(scope, today),
        "red": red.items(viewer, period) if scope == viewer.scope else [],
    }
    return render(request, "briefing/page.html", context, status=400 if problem else 200)
