"""Fair assignment in advance: which booths an invited person should see first, by the matching engine."""

from __future__ import annotations

from typing import Any

from qiao.core.calendars.clock import today
from qiao.engines.matching import UNKNOWN, Distances, Market, Mode, People, Policy, Posts, match
from qiao.engines.occupations import number_of
from qiao.services.fairs.models import Fair, Offer, Visitor
from qiao.services.people import api as people

STEPS = ("", *people.Education.values)
SHOWN = 5
FIRST = {"zero": 3, "poor_party": 2, "older": 2}


def suggest(fair: Fair) -> int:
    """Stores with each invited resident the offers to see first, spread over the openings so that no booth is
    overrun and those in hardship come first. Offers that no post on record stands behind have no place in it.

    Returns how many people have a suggestion. Deterministic for the same records.
    """
    offers = list(
        Offer.objects.filter(booth__fair=fair, post__isnull=False).select_related("post").order_by("pk")
    )
    visitors = list(
        Visitor.objects.filter(fair=fair, resident__isnull=False).select_related("resident").order_by("pk")
    )
    if not offers or not visitors:
        return 0
    run = match(
        Market(
            _people(visitors),
            _posts(offers),
            Distances.between([], []),
            Policy(Mode.LEXICOGRAPHIC, list_rows=SHOWN),
        )
    )
    ids = [one.pk for one in offers]
    for visitor, rows in zip(visitors, run.lists.post, strict=True):
        visitor.suggested = [ids[row] for row in rows if row >= 0]
    Visitor.objects.bulk_update(visitors, ["suggested"], batch_size=1000)
    return sum(1 for one in visitors if one.suggested)


def _people(visitors: list[Visitor]) -> People:
    on = today()
    known: list[Any] = [one.resident for one in visitors]
    ages = [one.age_on(on) for one in known]
    return People.of(
        [one.pk for one in visitors],
        wishes=[[_code(one.wish_occupation_code)] for one in known],
        education=[_step(one.education) for one in known],
        age=[UNKNOWN if age is None else age for age in ages],
        reserve=[one.wish_pay_fen or 0 for one in known],
        tier=[FIRST.get(one.group, 0) for one in visitors],
    )


def _posts(offers: list[Offer]) -> Posts:
    posts: list[Any] = [one.post for one in offers]
    return Posts.of(
        [one.pk for one in offers],
        occupation=[_code(one.occupation_code) for one in posts],
        openings=[one.openings for one in offers],
        age_from=[UNKNOWN if one.age_from is None else one.age_from for one in posts],
        age_to=[UNKNOWN if one.age_to is None else one.age_to for one in posts],
    )


def _code(text: str) -> int:
    try:
        return number_of(text) if text else 0
    except ValueError:
        return 0


def _step(education: str) -> int:
    return STEPS.index(education) if education in STEPS else 0
