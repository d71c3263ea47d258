"""Campaigns and how far they got; every figure opens to the visits behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.services.visits import campaigns

SHOWN = 50


@requires(Right.SEE_PEOPLE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    scope = request.scope  # type: ignore[attr-defined]
    found = list(campaigns.touching(scope)[:SHOWN])
    counted = campaigns.results(scope, [one.pk for one in found])
    ledger = registry.get("visits").url()

    def address(campaign: int, part: str = "") -> str:
        return f"{ledger}?{urlencode({'tab': 'all', 'campaign': campaign, 'outreach': part})}"

    def line(one: Any) -> dict[str, Any]:
        figures = counted.get(one.pk, {"visits": 0, "reached": 0, "interested": 0})
        return {
            "campaign": one,
            "whole": scope.contains(one.region_id),
            **figures,
            "url": address(one.pk),
            "url_reached": address(one.pk, "reached"),
            "url_interested": address(one.pk, "interested"),
        }

    return render(request, "visits/campaigns.html", {"lines": [line(one) for one in found]})
