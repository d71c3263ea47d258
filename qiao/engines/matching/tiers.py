"""Who is served first, and what that weighs in each mode."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiao.engines.matching.arrays import Ints
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.model import Mode, People, Policy

# Three whole scores: placing somebody is worth more than what two others lose by moving. Longer paths are found after.
BEYOND_PRICES = 30_000


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The tier of each person in this run, and the points by which it goes before others."""

    tier: Ints
    bonus: Ints


def standing_of(people: People, edges: Edges, policy: Policy) -> Standing:
    tier = turns(people, edges)
    return Standing(tier, bonus_of(tier, policy))


def bonus_of(tier: Ints, policy: Policy) -> Ints:
    """Points by which people of these tiers go before others at the same score."""
    if policy.mode is Mode.LEXICOGRAPHIC:
        return tier * BEYOND_PRICES
    return np.array(policy.bonuses)[np.minimum(tier, len(policy.bonuses) - 1)]


def turns(people: People, edges: Edges) -> Ints:
    """Tiers, where one member of each zero-employment household is above all: the one whom some post fits best."""
    tier = people.tier.copy()
    members = np.flatnonzero(people.household >= 0)
    if len(members):
        fits = np.flatnonzero(edges.degrees)
        best = np.full(len(people), -1, np.int64)
        if len(fits):
            best[fits] = np.maximum.reduceat(edges.scores, edges.start[fits])
        order = members[np.lexsort([members, -best[members], people.household[members]])]
        _, first = np.unique(people.household[order], return_index=True)
        tier[order[first]] = tier.max() + 1
    return tier
