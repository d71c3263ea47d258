"""Placing as many as can be placed, tier after tier: augmenting paths. Whoever was placed stays placed.

A path leads from a person without a place over posts they may take and the people who hold them, who would move, to
an opening that is left or to somebody of a lower tier. A search that fails has seen everything that can be reached
from it; nothing of that can be part of a later path, and it is not looked at again.
"""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Shares, Small
from qiao.engines.matching.assignment import NOBODY, Assignment, occupants, slots_of
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.filling import fill_left
from qiao.engines.matching.kernel import kernel


def serve_tiers(edges: Edges, rooms: Ints, tier: Ints, lowest: int, found: Assignment) -> Assignment:
    """As many people as possible of the highest tier, then of the next, down to `lowest`."""
    held, slots = found.held.copy(), slots_of(rooms)
    for one in sorted({int(each) for each in tier if each >= lowest}, reverse=True):
        waiting = np.flatnonzero((held < 0) & (tier == one) & (edges.degrees > 0))
        augment(edges.start, edges.kinds, slots, tier, waiting, held)
    return fill_left(edges, slots, tier, Assignment(held, found.price))


def most_placeable(edges: Edges, rooms: Ints, among: Ints) -> int:
    """How many of these people could be placed at once, if nobody else were there: the maximum flow."""
    held, tier = np.full(len(edges.degrees), NOBODY, np.int64), np.zeros(len(edges.degrees), np.int64)
    waiting = among[edges.degrees[among] > 0]
    waiting = waiting[np.argsort(edges.degrees[waiting], kind="stable")]
    augment(edges.start, edges.kinds, slots_of(rooms), tier, waiting, held)
    return int((held >= 0).sum())


@kernel
def augment(start: Ints, kinds: Small, slots: Ints, tier: Ints, waiting: Ints, held: Ints) -> None:
    """Changes `held`: along a path for each person waiting for whom there is one."""
    who, size = occupants(held, kinds, slots)
    dead, seen = np.zeros(len(size), np.uint8), np.full(len(size), -1, np.int64)
    by, queue = np.zeros((len(size), 2), np.int64), np.zeros(len(size), np.int64)
    for i in waiting:
        end, place, head, tail = spread(i, i, start, kinds, dead, seen, by, queue, 0, slots, size)
        while end < 0 and head < tail:
            kind = queue[head]
            head += 1
            weakest = slots[kind]
            for one in range(slots[kind], slots[kind + 1]):
                if tier[who[one]] < tier[who[weakest]]:
                    weakest = one
            if tier[who[weakest]] < tier[i]:
                end, place = kind, weakest
                held[who[weakest]] = -1
                break
            for one in range(slots[kind], slots[kind + 1]):
                end, place, _, tail = spread(
                    i, who[one], start, kinds, dead, seen, by, queue, tail, slots, size
                )
                if end >= 0:
                    break
        if end < 0:
            for k in range(tail):
                dead[queue[k]] = 1
        elif place == slots[end] + size[end]:
            size[end] += 1
        while end >= 0:
            edge, person = by[end]
            before = -1 if person == i else kinds[held[person]]
            left = -1
            if before >= 0:
                left = slots[before]
                while who[left] != person:
                    left += 1
            who[place], held[person] = person, edge
            end, place = before, left


@kernel
def spread(
    search: int, person: int, start: Ints, kinds: Small, dead: Shares, seen: Ints, by: Ints, queue: Ints,
    tail: int, slots: Ints, size: Small,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Adds the kinds a person may take to the search; ends it (kind, place) where one has an opening left."""
    for edge in range(start[person], start[person + 1]):
        kind = kinds[edge]
        if dead[kind] or seen[kind] == search or slots[kind] == slots[kind + 1]:
            continue
        seen[kind] = search
        by[kind, 0], by[kind, 1] = edge, person
        queue[tail] = kind
        tail += 1
        if size[kind] < slots[kind + 1] - slots[kind]:
            return kind, slots[kind] + size[kind], 0, tail
    return -1, -1, 0, tail
