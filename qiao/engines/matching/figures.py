"""How evenly the lists show the posts, and what holds back those from whom nothing is feasible."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Floats, Ints
from qiao.engines.matching.binding import binding_rules
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.market import Market, had
from qiao.engines.matching.model import UNKNOWN, Posts
from qiao.engines.matching.results import Lists
from qiao.engines.matching.rules import Rule


def listed(lists: Lists, posts: int) -> Ints:
    """In how many people's lists each post stands."""
    return np.bincount(lists.post[lists.post >= 0], minlength=posts)


def exposure(posts: Posts, lists: Lists) -> tuple[float, float, float]:
    """Gini of listings per opening, share of posts listed at all, 95th percentile of listings per opening."""
    opened = np.flatnonzero(posts.openings > 0)
    if not len(opened):
        return 0.0, 0.0, 0.0
    each = listed(lists, len(posts))[opened] / posts.openings[opened]
    return gini(each), float((each > 0).mean()), float(np.quantile(each, 0.95))


def gini(values: Floats) -> float:
    """0 = all alike, towards 1 = one has all."""
    total, size = values.sum(), len(values)
    if not total:
        return 0.0
    return float(2 * (np.arange(1, size + 1) * np.sort(values)).sum() / (size * total) - (size + 1) / size)


def held_back(market: Market, edges: Edges) -> Ints:
    """Of each person from whom nothing is feasible, the rule that holds them back; UNKNOWN for everybody else."""
    found = np.full(len(edges.degrees), UNKNOWN, np.int64)
    who = np.flatnonzero(edges.degrees == 0)
    if len(who) and market.offer.size:
        found[who] = binding_rules(market.offer, had(market.people, market.offer), who)
    return found


def by_rule(held: Ints) -> dict[Rule, int]:
    """How many are held back by each rule."""
    rules, many = np.unique(held[held >= 0], return_counts=True)
    return {Rule(int(one)): int(count) for one, count in zip(rules, many, strict=True)}
