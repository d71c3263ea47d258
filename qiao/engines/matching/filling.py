"""Openings that are left go to those who are left, the highest tier and then the best score first."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.assignment import Assignment, occupants
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.kernel import kernel


def fill_left(edges: Edges, slots: Ints, order: Ints, found: Assignment) -> Assignment:
    """`order` ranks people, the highest first: tiers or bonuses."""
    waiting = np.flatnonzero(~found.placed & (edges.degrees > 0))
    waiting = waiting[np.argsort(-order[waiting], kind="stable")]
    held = found.held.copy()
    take(edges.start, edges.kinds, edges.scores, slots, waiting, held)
    return Assignment(held, found.price)


@kernel
def take(start: Ints, kinds: Small, scores: Points, slots: Ints, waiting: Ints, held: Ints) -> None:
    _, size = occupants(held, kinds, slots)
    for i in waiting:
        best, edge = -1, -1
        for one in range(start[i], start[i + 1]):
            kind = kinds[one]
            if scores[one] > best and size[kind] < slots[kind + 1] - slots[kind]:
                best, edge = scores[one], one
        held[i] = edge
        if edge >= 0:
            size[kinds[edge]] += 1
