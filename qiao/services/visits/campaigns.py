"""Campaigns of outreach: those a community takes part in, and the households they reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from qiao.core.accounts.scope import Scope
from qiao.core.regions import codes
from qiao.services.visits.models import Campaign, Finding, Outcome, Visit

LATE = timedelta(days=31)
IN_A_CAMPAIGN = Q(campaign__isnull=False, outcome=Outcome.MET)
INTERESTED = Q(findings__contains=[Finding.INTERESTED])


def touching(scope: Scope) -> QuerySet[Any]:
    """Campaigns of a region, of those within it and of those above it."""
    above = Q(region__in=[scope.code, *codes.ancestors(scope.code)])
    rows: QuerySet[Any] = Campaign.objects.filter(above | scope.q())
    return rows.select_related("region", "carrier").order_by("-starts_on", "-pk")


def running(region: int, on: date) -> list[Campaign]:
    """Campaigns of which a community may record visits on a day; visits are entered up to a month late."""
    held = Campaign.objects.filter(region__in=[region, *codes.ancestors(region)])
    return list(held.filter(starts_on__lte=on, ends_on__gte=on - LATE).order_by("-starts_on", "-pk"))


def reached(also: Q = Q()) -> Q:  # noqa: B008 - a Q is never changed
    """Visits that met somebody, one for each door of a campaign: the first, of those for which `also` holds."""
    before = Q(visited_on__lt=OuterRef("visited_on")) | Q(
        visited_on=OuterRef("visited_on"), pk__lt=OuterRef("pk")
    )
    same = Visit.objects.filter(
        IN_A_CAMPAIGN & also, before, campaign=OuterRef("campaign"), door=OuterRef("door")
    )
    return IN_A_CAMPAIGN & also & Q(~Exists(same))


def interested() -> Q:
    """Of these, one for each door that said it is interested."""
    return reached(INTERESTED)


def results(scope: Scope, of: list[int]) -> dict[int, dict[str, int]]:
    """By campaign: visits made, households reached, households interested, within a region."""
    counted = Visit.objects.within(scope).filter(campaign__in=of).order_by().values("campaign")
    met = IN_A_CAMPAIGN
    rows = counted.annotate(
        visits=Count("pk"),
        reached=Count("door", distinct=True, filter=met),
        interested=Count("door", distinct=True, filter=met & INTERESTED),
    ).annotate(number=F("campaign"))
    return {row["number"]: row for row in rows}
