"""The fair mode: deferred acceptance in which people propose (Gale and Shapley, 1962).

Each person asks for the post of their best score, then the next. A post keeps those who come first by score and bonus;
of its openings the reserved ones go to people of hardship tiers as long as such people ask (minority reserves: Hafalir,
Yenmez, Yildirim, 2013). Nobody is left out of a post they prefer for the sake of somebody who comes after them.
"""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Flags, Ints, Points, Small
from qiao.engines.matching.assignment import Assignment, slots_of
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.heap import drop, rise, sink
from qiao.engines.matching.kernel import kernel

ROW = np.int64(32)
LOW = np.int64(2**32 - 1)


def deferred_acceptance(
    edges: Edges, rooms: Ints, reserved: Ints, bonus: Ints, favoured: Flags
) -> Assignment:
    """The price of a full kind is what the last one accepted came with: score and bonus."""
    held, price = propose(
        edges.start, edges.kinds, edges.scores, bonus, favoured,
        slots_of(rooms), slots_of(np.minimum(reserved, rooms)),
    )  # fmt: skip
    return Assignment(held, price)


@kernel
def propose(
    start: Ints,
    kinds: Small,
    scores: Points,
    bonus: Ints,
    favoured: Flags,
    slots: Ints,
    kept: Ints,
) -> tuple[Ints, Small]:
    """Two heaps a kind, the last of each on top: those in reserved openings, and all others."""
    people, many = len(bonus), len(slots) - 1
    held, asked = np.full(people, -1, np.int64), np.full(people, -1, np.int32)
    wishes = np.empty(len(kinds), np.int32)
    key, who, size = np.zeros(slots[-1], np.int64), np.zeros(slots[-1], np.int32), np.zeros(many, np.int32)
    key_kept, who_kept, size_kept = (
        np.zeros(kept[-1], np.int64), np.zeros(kept[-1], np.int32), np.zeros(many, np.int32),
    )  # fmt: skip
    for first in range(people):
        i = first
        while i >= 0:
            low, degree = start[i], start[i + 1] - start[i]
            if asked[i] < 0:
                by_score = np.empty(degree, np.int64)
                for k in range(degree):
                    by_score[k] = -((np.int64(scores[low + k]) << ROW) | (LOW - k))
                by_score.sort()
                for k in range(degree):
                    wishes[low + k] = LOW - (-by_score[k] & LOW)
            asked[i] += 1
            if asked[i] == degree:
                held[i] = -1
                break
            edge = low + wishes[low + asked[i]]
            kind = kinds[edge]
            held[i] = edge
            mine = ((scores[edge] + bonus[i]) << ROW) | (LOW - i)
            room, base = slots[kind + 1] - slots[kind], slots[kind]
            limit, base_kept = kept[kind + 1] - kept[kind], kept[kind]
            if favoured[i] and limit > 0:
                if size_kept[kind] < limit:
                    rise(key_kept, who_kept, base_kept, size_kept[kind], mine, i)
                    size_kept[kind] += 1
                    i = -1
                elif mine > key_kept[base_kept]:
                    next_key, next_one = key_kept[base_kept], who_kept[base_kept]
                    sink(key_kept, who_kept, base_kept, limit, mine, i)
                    mine, i = next_key, next_one
            if i >= 0 and size[kind] + size_kept[kind] < room:
                rise(key, who, base, size[kind], mine, i)
                size[kind] += 1
                i = -1
            elif i >= 0 and size[kind] > 0 and mine > key[base]:
                out = who[base]
                sink(key, who, base, size[kind], mine, i)
                i = out
            elif i < 0 and size[kind] + size_kept[kind] > room:
                i = who[base]
                drop(key, who, base, size[kind])
                size[kind] -= 1
    price = np.zeros(many, np.int32)
    for kind in range(many):
        if size[kind] + size_kept[kind] == slots[kind + 1] - slots[kind]:
            if size[kind] > 0:
                price[kind] = key[slots[kind]] >> ROW
            elif size_kept[kind] > 0:
                price[kind] = key_kept[kept[kind]] >> ROW
    return held, price
