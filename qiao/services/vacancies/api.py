"""What other services may ask of posts, referrals and placements."""

from __future__ import annotations

from datetime import date
from typing import Any

from qiao.core.regions import codes
from qiao.core.regions.codes import SPANS, Level
from qiao.services.vacancies.actions.placing import Start, place
from qiao.services.vacancies.actions.placing import end as end_placement
from qiao.services.vacancies.actions.referring import refer
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import Channel, Source
from qiao.services.vacancies.models.post import open_on


def of_district(region: int) -> Any:
    """Posts of the whole district of a region, with their employers: people of every community are sent to them."""
    district = codes.at_level(region, Level.DISTRICT) // SPANS[Level.DISTRICT]
    return Post.objects.filter(district=district).select_related("employer", "region")


def open_posts(region: int, on: date) -> Any:
    """Those open on a day, newest first."""
    return of_district(region).filter(open_on(on)).order_by("-id")


__all__ = [
    "Channel",
    "Placement",
    "Post",
    "Referral",
    "Source",
    "Start",
    "end_placement",
    "of_district",
    "open_posts",
    "place",
    "refer",
]
