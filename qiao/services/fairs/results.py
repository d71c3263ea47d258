"""What came of a fair, its four outcomes kept apart: intention, hired, at work on record, at work after three months."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor
from qiao.services.people import api as people

INTENDED = Exists(Intention.objects.filter(visitor=OuterRef("pk")))
HIRED = Exists(Intention.objects.filter(visitor=OuterRef("pk"), hired_on__isnull=False))
# Work that begins between the fair and the day on which it is seen; then work that stands on that day.
REGISTERED = people.began_work(OuterRef("resident"), OuterRef("fair__held_on"), OuterRef("fair__followed_on"))
AT_WORK = people.working_on(OuterRef("resident"), OuterRef("fair__followed_on"))


def counters(fair: Fair) -> dict[str, int]:
    """What the big screen shows: employers, openings, people who came, people with an intention. No names."""
    offered = Offer.objects.filter(booth__fair=fair).aggregate(n=Coalesce(Sum("openings"), 0))["n"]
    came = Visitor.objects.filter(fair=fair).aggregate(
        came=Count("pk", filter=Q(came_on__isnull=False)), intended=Count("pk", filter=Q(INTENDED))
    )
    employers = Booth.objects.filter(fair=fair).exclude(came=False).values("employer").distinct().count()
    return {"employers": employers, "openings": offered, "came": came["came"], "intended": came["intended"]}


def outcomes(visitors: Any) -> dict[str, int]:
    """Counts of people among `visitors`, which the caller has narrowed to a scope and a fair."""
    found: dict[str, int] = visitors.aggregate(
        invited=Count("pk", filter=Q(invited_on__isnull=False)),
        came=Count("pk", filter=Q(came_on__isnull=False)),
        intended=Count("pk", filter=Q(INTENDED)),
        hired=Count("pk", filter=Q(HIRED)),
        registered=Count("pk", filter=Q(INTENDED) & Q(REGISTERED)),
        at_work=Count("pk", filter=Q(INTENDED) & Q(AT_WORK)),
    )
    return found


def ratio(fair: Fair) -> float | None:
    """People with an intention to openings offered; None before anything is offered."""
    found = counters(fair)
    return found["intended"] / found["openings"] if found["openings"] else None
