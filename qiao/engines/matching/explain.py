"""Why a person's list is as it is, as data; the words are the caller's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiao.engines.matching.arrays import Ints, Shares
from qiao.engines.matching.binding import failing
from qiao.engines.matching.components import components_of
from qiao.engines.matching.counterfactuals import Counterfactual, counterfactuals
from qiao.engines.matching.figures import listed
from qiao.engines.matching.kinship import shared
from qiao.engines.matching.market import Market, had
from qiao.engines.matching.model import UNKNOWN
from qiao.engines.matching.results import Run
from qiao.engines.matching.rules import Rule
from qiao.engines.matching.tiers import bonus_of
from qiao.engines.matching.weights import COMPONENTS, Weights


@dataclass(frozen=True, slots=True)
class Bar:
    component: str  # one of weights.COMPONENTS
    value: int  # 0..100
    weight: int  # percent

    @property
    def points(self) -> int:
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class LastAccepted:
    """The one who has the post and comes after all others who have it."""

    tier: int
    score: int


@dataclass(frozen=True, slots=True)
class Fit:
    """One row of a list. `wish` is 0 for the first wish, UNKNOWN where none is related; `shared` are levels in common.

    `listed` people have the post in their lists for `openings`. `last` is said where the person does not get the post
    and none of its openings is left.
    """

    post: int
    assigned: bool
    score: int
    price: int
    bars: tuple[Bar, ...]
    wish: int
    shared: int
    metres: int  # UNKNOWN
    listed: int
    openings: int
    last: LastAccepted | None

    @property
    def rivals(self) -> float:
        """Others for each opening."""
        return (self.listed - 1) / self.openings


@dataclass(frozen=True, slots=True)
class Explanation:
    """`failed`: how many posts the person fails by each rule; `failed_alone`: by that rule and no other."""

    person: int
    tier: int
    weights: str
    fits: tuple[Fit, ...]
    failed: dict[Rule, int]
    failed_alone: dict[Rule, int]
    counterfactuals: tuple[Counterfactual, ...]


def explain(market: Market, run: Run, i: int) -> Explanation:
    person, first = had(market.people.take([i]), market.offer), np.array([0])
    return Explanation(
        person=i,
        tier=int(run.tier[i]),
        weights=run.weights,
        fits=fits(market, run, i),
        failed=_by_rule(failing(market.offer, person, first, alone=False)[0]),
        failed_alone=_by_rule(failing(market.offer, person, first, alone=True)[0]),
        counterfactuals=counterfactuals(market, i),
    )


def fits(market: Market, run: Run, i: int) -> tuple[Fit, ...]:
    shown = listed(run.lists, len(market.posts))
    return tuple(
        _fit(market, run, i, int(post), bars(run.lists.components[i, row], market.policy.weights), shown)
        for row, post in enumerate(run.lists.post[i])
        if post >= 0
    )


def bars_of(market: Market, i: int, post: int) -> tuple[Bar, ...]:
    """Of any person and any post with openings, feasible or not."""
    kind = market.offer.kind_of[[[post]]]
    return bars(components_of(market.offer, market.people.take([i]), kind)[0, 0], market.policy.weights)


def bars(values: Shares, weights: Weights) -> tuple[Bar, ...]:
    parts = zip(COMPONENTS, values.tolist(), weights.parts, strict=True)
    return tuple(Bar(name, value, weight) for name, value, weight in parts)


def _fit(market: Market, run: Run, i: int, post: int, bars: tuple[Bar, ...], shown: Ints) -> Fit:
    wish, levels = _wish(market, i, post)
    return Fit(
        post=post,
        assigned=bool(run.post[i] == post),
        score=sum(bar.points for bar in bars),
        price=int(run.price[post]),
        bars=bars,
        wish=wish,
        shared=levels,
        metres=_metres(market, i, post),
        listed=int(shown[post]),
        openings=int(market.posts.openings[post]),
        last=last_accepted(market, run, i, post),
    )


def last_accepted(market: Market, run: Run, i: int, post: int) -> LastAccepted | None:
    """By score and what the tier adds; of posts nobody can tell apart, whoever comes last in any of them."""
    kind = market.offer.kind_of
    holders = np.flatnonzero((run.post >= 0) & (kind[run.post] == kind[post]))
    if i in holders or len(holders) < market.offer.capacity[kind[post]]:
        return None
    comes = run.score[holders] + bonus_of(run.tier[holders], market.policy)
    last = holders[comes.argmin()]
    return LastAccepted(int(run.tier[last]), int(run.score[last]))


def _wish(market: Market, i: int, post: int) -> tuple[int, int]:
    """The wish that made the occupation component, and the levels it shares."""
    weights, occupation = market.policy.weights, int(market.posts.occupation[post])
    ranked = [
        (weights.kinship[levels] * weights.rank[min(rank, len(weights.rank) - 1)], -rank, levels)
        for rank, wish in enumerate(market.people.wishes[i].tolist())
        if (levels := shared(wish, occupation))
    ]
    _, rank, levels = max(ranked, default=(0, -UNKNOWN, 0))
    return -rank, levels


def _metres(market: Market, i: int, post: int) -> int:
    home, place = int(market.people.home[i]), int(market.posts.place[post])
    return int(market.distances.metres[home, place]) if min(home, place) >= 0 else UNKNOWN


def _by_rule(counts: Ints) -> dict[Rule, int]:
    return {rule: int(counts[rule]) for rule in Rule if counts[rule]}
