"""Who justly envies somebody: they prefer a post to their own, and come before the last one who has it."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Flags, Ints, Points, Small
from qiao.engines.matching.assignment import Assignment
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.kernel import kernel

NONE_BELOW = np.int64(2**40)


def envious(
    edges: Edges, rooms: Ints, reserved: Ints, bonus: Ints, favoured: Flags, found: Assignment
) -> Flags:
    """For each person. Whoever sits in a reserved opening is envied only by those it is reserved for."""
    out = np.zeros(len(bonus), np.bool_)
    look(edges.start, edges.kinds, edges.scores, bonus, favoured, rooms, reserved, found.held, out)
    return out


@kernel
def look(
    start: Ints, kinds: Small, scores: Points, bonus: Ints, favoured: Flags, rooms: Ints, reserved: Ints,
    held: Ints, out: Flags,
) -> None:  # fmt: skip
    many = len(rooms)
    size, size_favoured = np.zeros(many, np.int64), np.zeros(many, np.int64)
    last, last_favoured = np.full(many, NONE_BELOW), np.full(many, NONE_BELOW)
    for i in range(len(held)):
        if held[i] >= 0:
            kind, key = kinds[held[i]], scores[held[i]] + bonus[i]
            size[kind] += 1
            if favoured[i]:
                size_favoured[kind] += 1
                last_favoured[kind] = min(last_favoured[kind], key)
            else:
                last[kind] = min(last[kind], key)
    for i in range(len(held)):
        own = scores[held[i]] if held[i] >= 0 else -1
        for edge in range(start[i], start[i + 1]):
            if scores[edge] <= own:
                continue
            kind = kinds[edge]
            bar = last[kind]
            if favoured[i] or size_favoured[kind] > reserved[kind]:
                bar = min(bar, last_favoured[kind])
            if size[kind] < rooms[kind] or scores[edge] + bonus[i] > bar:
                out[i] = True
                break
