"""What other services may ask of posts, referrals and placements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Sum

from qiao.core.accounts.scope import Scope
from qiao.core.regions import codes
from qiao.core.regions.codes import SPANS, Level
from qiao.services.vacancies import wording
from qiao.services.vacancies.actions.placing import Start, place
from qiao.services.vacancies.actions.placing import end as end_placement
from qiao.services.vacancies.actions.referring import refer
from qiao.services.vacancies.checks import MONTHLY
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import Channel, Source
from qiao.services.vacancies.models.post import open_on


def of_district(region: int) -> Any:
    """Posts of the whole district of a region, with their employers: people of every community are sent to them."""
    return Post.objects.filter(district=_district(region)).select_related("employer", "region")


def open_posts(region: int, on: date) -> Any:
    """Those open on a day, newest first."""
    return of_district(region).filter(open_on(on)).order_by("-id")


def located(scope: Scope) -> list[Any]:
    """Rows (region, how many, sum of latitudes, sum of longitudes) of the posts whose place is known."""
    known = Post.objects.within(scope).exclude(latitude=None).order_by().values_list("region")
    return list(known.annotate(Count("pk"), Sum("latitude"), Sum("longitude")))


def stamp(region: int, on: date) -> tuple[Any, ...]:
    """Differs as soon as a post of the district opens, closes, changes or has another number of openings left."""
    open_now = Post.objects.filter(district=_district(region)).filter(open_on(on))
    found = open_now.aggregate(many=Count("pk"), changed=Max("changed_at"), left=Sum(F("pk") * F("left")))
    return tuple(found.values())


def monthly_pay(highest: int | None, unit: str) -> int:
    """Fen a month for pay by month, day or hour; 0 where none is stated or it is by the piece."""
    return round((highest or 0) * MONTHLY.get(unit, 0))


def referred(**whom: Any) -> Any:
    """Open referrals of a resident or to a post: referred(resident=…), referred(post=…)."""
    return Referral.objects.filter(closed_on=None, **whom)


def _district(region: int) -> int:
    return codes.at_level(region, Level.DISTRICT) // SPANS[Level.DISTRICT]


pay, ages = wording.pay, wording.ages

__all__ = [
    "Channel",
    "Placement",
    "Post",
    "Referral",
    "Source",
    "Start",
    "ages",
    "end_placement",
    "located",
    "monthly_pay",
    "of_district",
    "open_posts",
    "pay",
    "place",
    "refer",
    "referred",
    "stamp",
]
