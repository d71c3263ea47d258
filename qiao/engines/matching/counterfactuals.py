"""What one step less strict would open: "a way of 5 instead of 3 km opens 12 posts". One rule at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from qiao.engines.matching.edges import edges_of
from qiao.engines.matching.market import Market, Offer
from qiao.engines.matching.model import MOST_NAMES, UNKNOWN, People
from qiao.engines.matching.rules import Rule
from qiao.engines.matching.weights import FULL, Weights

MORE_EXPERIENCE = (1, 2)


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """With `now` changed to `then` the person could take so many posts more.

    Metres, fen, steps of education, years; for a certificate `then` is its bit number and `now` UNKNOWN; for
    welfare posts `then` is 1, certified; AGE_FROM stands for both ends of the stated window, `then` UNKNOWN:
    nothing but the employer's window is in the way.
    """

    rule: Rule
    now: int
    then: int
    opens: int


def counterfactuals(market: Market, i: int) -> tuple[Counterfactual, ...]:
    """Steps that open something; of steps that open equally many the smallest; the best certificate first."""
    offer, person = market.offer, market.people.take([i])
    steps = variants(offer, person, market.policy.weights)
    if not offer.size or not steps:
        return ()
    tries = _stacked([person, *(changed for _, _, _, changed in steps)])
    opened, edges = np.diff(offer.start), edges_of(offer, tries)
    posts = np.array(
        [opened[edges.kinds[low:high]].sum() for low, high in zip(edges.start, edges.start[1:], strict=False)]
    )
    found: list[Counterfactual] = []
    for (rule, now, then, _), opens in zip(steps, posts[1:] - posts[0], strict=True):
        best = max(
            (one.opens for one in found if one.rule is rule and rule is not Rule.CERTIFICATE), default=0
        )
        if opens > best:
            found.append(Counterfactual(rule, now, then, int(opens)))
    return tuple(sorted(found, key=lambda one: (one.rule, -one.opens if one.rule is Rule.CERTIFICATE else 0)))


def variants(offer: Offer, person: People, weights: Weights) -> list[tuple[Rule, int, int, People]]:
    """The person with one thing changed, from the smallest step on: rule, value now, value then, the person changed."""
    out: list[tuple[Rule, int, int, People]] = []

    def add(rule: Rule, column: str, then: int) -> None:
        now = int(getattr(person, column)[0])
        if then != now:
            out.append((rule, now, then, replace(person, **cast(dict[str, Any], {column: np.array([then])}))))

    commute, reserve = int(person.commute[0]), int(person.reserve[0])
    if commute >= 0:
        for more in weights.wider_commute:
            add(Rule.COMMUTE, "commute", commute + more)
    for less in weights.lower_reserve:
        add(Rule.WAGE, "reserve", reserve * (FULL - less) // FULL)
    add(Rule.EDUCATION, "education", int(person.education[0]) + 1)
    for years in MORE_EXPERIENCE:
        add(Rule.EXPERIENCE, "experience", int(person.experience[0]) + years)
    add(Rule.AGE_FROM, "age", UNKNOWN)
    add(Rule.WELFARE, "certified", 1)
    asked = int(np.bitwise_or.reduce(offer.posts.certificates, initial=np.uint64(0)))
    own = int(person.certificates[0])
    for bit in range(MOST_NAMES):
        if asked >> bit & 1 and not own >> bit & 1:
            with_it = replace(person, certificates=np.array([own | 1 << bit], np.uint64))
            out.append((Rule.CERTIFICATE, UNKNOWN, bit, with_it))
    return out


def _stacked(people: list[People]) -> People:
    names = People.__slots__
    return People(**{name: np.concatenate([getattr(one, name) for one in people]) for name in names})
