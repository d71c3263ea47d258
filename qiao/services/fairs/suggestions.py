"""Fair assignment in advance: which booths an invited person should see first, by the matching engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from qiao.core.calendars.clock import today
from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.engines.matching import Mode, Policy, match
from qiao.services.fairs.models import Fair, Offer, Visitor
from qiao.services.matching import api as matching
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

SHOWN = 5
FIRST = {"zero": 3, "poor_party": 2, "older": 2}


def suggest(fair: Fair) -> int:
    """Stores with each invited resident the offers to see first: what fits by wish, way, pay and papers, spread over
    the openings so that no booth is overrun, those in hardship first. Offers that no post on record stands behind
    have no place in it.

    Returns how many people have a suggestion. Deterministic for the same records.
    """
    offers: dict[int, list[int]] = defaultdict(list)
    openings: Counter[int] = Counter()
    standing = Offer.objects.filter(booth__fair=fair, post__isnull=False).order_by("pk")
    for offer, post, number in standing.values_list("pk", "post", "openings"):
        offers[post].append(offer)
        openings[post] += number
    visitors = {one.resident_id: one for one in Visitor.objects.filter(fair=fair, resident__isnull=False)}
    if not offers or not visitors:
        return 0
    on, district = today(), codes.at_level(fair.region_id, Level.DISTRICT)
    market, _regions, _words = matching.market_of(
        people.standing(people.Resident.objects.filter(pk__in=visitors), on),
        vacancies.of_district(district).filter(pk__in=offers),
        district,
        on,
        matching.settings_of(district, on),
    )
    wanting, posts = market.people.id.tolist(), market.posts.id.tolist()
    tiers = np.array([FIRST.get(visitors[one].group, 0) for one in wanting], np.int64)
    market = replace(
        market,
        people=replace(market.people, tier=np.maximum(tiers, market.people.tier)),
        posts=replace(market.posts, openings=np.array([openings[one] for one in posts], np.int64)),
        policy=Policy(Mode.LEXICOGRAPHIC, market.policy.weights, list_rows=SHOWN),
    )
    for resident, rows in zip(wanting, match(market).lists.post.tolist(), strict=True):
        visitors[resident].suggested = [offer for row in rows if row >= 0 for offer in offers[posts[row]]][
            :SHOWN
        ]
    Visitor.objects.bulk_update(visitors.values(), ["suggested"], batch_size=1000)
    return sum(1 for one in visitors.values() if one.suggested)
