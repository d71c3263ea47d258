"""Who holds what, while it is being decided: an edge for each person, a price for each kind of post."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiao.engines.matching.arrays import Flags, Ints, Points, Small
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.kernel import kernel

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """`held` is the edge of each person, -1 = none; `price` is in points for each kind."""

    held: Ints
    price: Small

    def kinds(self, edges: Edges) -> Ints:
        return _of_edges(self.held, edges.kinds)

    def scores(self, edges: Edges) -> Ints:
        return np.maximum(_of_edges(self.held, edges.scores), 0)

    @property
    def placed(self) -> Flags:
        return self.held >= 0


def rooms_of(edges: Edges, capacity: Ints) -> Ints:
    """The openings of each kind that somebody could take."""
    return np.minimum(capacity, np.bincount(edges.kinds, minlength=len(capacity)))


def slots_of(rooms: Ints) -> Ints:
    """Where the places of each kind begin."""
    return np.append(0, np.cumsum(rooms))


@kernel
def occupants(held: Ints, kinds: Small, slots: Ints) -> tuple[Small, Small]:
    """Who sits in each place, and how many sit in each kind."""
    who, size = np.full(slots[-1], -1, np.int32), np.zeros(len(slots) - 1, np.int32)
    for i in range(len(held)):
        if held[i] >= 0:
            kind = kinds[held[i]]
            who[slots[kind] + size[kind]] = i
            size[kind] += 1
    return who, size


def _of_edges(held: Ints, column: Small | Points) -> Ints:
    found = np.full(len(held), NOBODY, np.int64)
    found[held >= 0] = column[held[held >= 0]]
    return found
