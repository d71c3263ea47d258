"""The look at the labour market of a region."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.calendars.periods import Period
from qiao.core.indicators.choosing import code_text, period_of, periods_offered, region_of
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.models import Region
from qiao.services.market import balance, skills
from qiao.services.training import api as training
from qiao.services.vacancies import api as vacancies

LONGEST, SHOWN = 8, 200


@require_GET
@requires(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Supply and demand by occupation, shortages, pay, who waits longest, training wished and asked."""
    viewer = Viewer.of(request)
    scope = region_of(request.GET.get("region", ""), viewer.scope)
    asked = request.GET.get("period", "") or str(Period.of("quarter", viewer.today))
    period, problem = period_of(asked, viewer.today)
    groups = balance.groups(scope, period, viewer.today)
    context: dict[str, Any] = {
        "scope": scope,
        "place": Region.objects.get(code=scope.code),
        "region": code_text(scope.code),
        "regions": Region.objects.filter(code__gte=scope.lo, code__lt=scope.hi, level=scope.level + 1),
        "period": period,
        "periods": periods_offered(viewer.today, period),
        "problem": problem,
        "as_of": min(period.as_of, viewer.today),
        "groups": groups,
        "shortages": balance.shortages(groups),
        "waits": balance.waits(scope, period, viewer.today)[:LONGEST],
        "curve": balance.curve(scope, period, viewer.today),
        "skills": skills.compared(viewer, scope),
    }
    return render(request, "market/market.html", context, status=400 if problem else 200)


@require_GET
@requires(Right.SEE_FIGURES)
def posts(request: HttpRequest, trade: str) -> HttpResponse:
    """The open posts of the district whose words name a trade."""
    viewer = Viewer.of(request)
    if trade not in training.TRADES:
        raise Http404
    found = list(skills.asking(viewer.scope.code, viewer.today).filter(trade=trade)[: SHOWN + 1])
    context = {
        "name": training.TRADES[trade],
        "lines": [{"post": one, "pay": vacancies.pay(one)} for one in found[:SHOWN]],
        "openings": sum(one.left for one in found),
        "more": len(found) > SHOWN,
    }
    return render(request, "market/posts.html", context)
