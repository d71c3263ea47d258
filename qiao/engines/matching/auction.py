"""Assignment by auction: whoever has no place bids for the post that is worth most to them after its price.

Many-to-one forward auction with an outside option (Bertsekas and Castañon, 1989 and 1992), in phases of falling
increments. A person's bonus never changes which post they like best, only the price at which they give up, so it is
their outside option, below zero. Each phase begins a few increments below the prices of the one before; a price above
zero on a post that stays open is thereby rare, and what it costs shows in the gap: see `certificate`.

Prices only rise within a phase. A person therefore keeps the few edges that were best at their last look and the
value of the best of the others: until all the few have fallen below it, nothing else needs to be looked at.
"""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.assignment import NOBODY, Assignment, slots_of
from qiao.engines.matching.certificate import bound_of, value_of
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.filling import fill_left
from qiao.engines.matching.heap import rise, sink
from qiao.engines.matching.kernel import kernel

SHORTLIST = 24
FIRST, FALL, SLACK, MOST_SLACK = 8, 4, 5, 300
NOTHING = np.int32(-(2**30))
KIND, SCORE, EDGE = 0, 1, 2


def auction(edges: Edges, rooms: Ints, bonus: Ints, gap: float) -> tuple[Assignment, int]:
    """The assignment of the greatest score and bonus, within about `gap`, and the least upper bound proved on it."""
    slots, outside = slots_of(rooms), -bonus.astype(np.int32)
    highest = int(edges.scores.max(initial=0)) + int(bonus.max(initial=0))
    step, slack = max(1, highest // FIRST), SLACK
    price, best, bound = np.zeros(len(rooms), np.int32), None, np.iinfo(np.int64).max
    while True:
        held = np.full(len(bonus), NOBODY, np.int64)
        bid(edges.start, edges.kinds, edges.scores, outside, slots, price, np.int32(step), held)
        found = fill_left(edges, slots, bonus, Assignment(held, price))
        bound = min(bound, bound_of(edges, rooms, bonus, price))
        if best is None or value_of(edges, bonus, found) > value_of(edges, bonus, best):
            best = found
        allowed = int(gap * best.scores(edges).sum())
        if bound - value_of(edges, bonus, best) <= allowed or slack > MOST_SLACK:
            return best, bound
        finest = max(1, allowed // (2 * max(1, int(best.placed.sum()))))
        price = np.maximum(price - np.int32(slack * step), 0).astype(np.int32)
        if step <= finest:
            slack *= FALL
        step = min(step, finest) if step // FALL < 2 * finest else step // FALL


def go_on(edges: Edges, rooms: Ints, bonus: Ints, before: Assignment, gap: float) -> Assignment:
    """From an assignment and its prices: whoever has no place bids, and whoever loses one; all others stay."""
    held, price, slots = before.held.copy(), before.price.copy(), slots_of(rooms)
    step = max(1, int(gap * edges.scores.max(initial=0)))
    outside = -bonus.astype(np.int32)
    bid(edges.start, edges.kinds, edges.scores, outside, slots, price, np.int32(step), held)
    return fill_left(edges, slots, bonus, Assignment(held, price))


@kernel
def bid(
    start: Ints,
    kinds: Small,
    scores: Points,
    outside: Small,
    slots: Ints,
    price: Small,
    step: np.int32,
    held: Ints,
) -> None:
    """One phase: raises `price` and changes `held`, until nobody without a place finds one worth its price."""
    people = len(outside)
    offer, who = np.zeros(slots[-1], np.int32), np.zeros(slots[-1], np.int32)
    size = np.zeros(len(price), np.int32)
    listed, others = np.full(people, -1, np.int32), np.zeros(people, np.int32)
    shortlist, values = np.empty((people, SHORTLIST, 3), np.int32), np.empty(SHORTLIST, np.int32)
    queue, head, waiting = np.empty(people, np.int32), 0, 0
    for i in range(people):
        if held[i] >= 0:
            kind = kinds[held[i]]
            rise(offer, who, slots[kind], size[kind], price[kind], i)
            size[kind] += 1
        else:
            queue[waiting] = i
            waiting += 1
    while waiting:
        i = queue[head]
        head = (head + 1) % people
        waiting -= 1
        best, most, second = 0, NOTHING, NOTHING
        for k in range(listed[i]):
            value = shortlist[i, k, SCORE] - price[shortlist[i, k, KIND]]
            if value > most:
                best, most, second = k, value, most
            elif value > second:
                second = value
        if listed[i] < 0 or (second < others[i] and others[i] > outside[i]):
            listed[i], others[i] = look(start[i], start[i + 1], kinds, scores, price, shortlist[i], values)
            best, most = 0, values[0] if listed[i] else NOTHING
            second = values[1] if listed[i] > 1 else NOTHING
        if most <= outside[i]:
            continue
        kind, score = shortlist[i, best, KIND], shortlist[i, best, SCORE]
        price_offered = min(
            price[kind] + most - max(second, others[i], outside[i]) + step, score - outside[i]
        )
        base, room = slots[kind], slots[kind + 1] - slots[kind]
        held[i] = start[i] + shortlist[i, best, EDGE]
        if size[kind] < room:
            rise(offer, who, base, size[kind], price_offered, i)
            size[kind] += 1
        else:
            loser = who[base]
            held[loser] = -1
            queue[(head + waiting) % people] = loser
            waiting += 1
            sink(offer, who, base, room, price_offered, i)
        if size[kind] == room:
            price[kind] = max(price[kind], offer[base])


@kernel
def look(
    low: int, high: int, kinds: Small, scores: Points, price: Small, shortlist: Small, values: Small
) -> tuple[int, np.int32]:
    """The best edges, best first, into `shortlist`, where an edge counts from `low`; how many, and the value of the best other."""
    many, others = 0, NOTHING
    for edge in range(low, high):
        value = scores[edge] - price[kinds[edge]]
        if many < SHORTLIST:
            place = many
            many += 1
        elif value > values[SHORTLIST - 1]:
            place = SHORTLIST - 1
            others = values[place]
        else:
            others = max(others, value)
            continue
        while place > 0 and values[place - 1] < value:
            values[place] = values[place - 1]
            for column in range(3):
                shortlist[place, column] = shortlist[place - 1, column]
            place -= 1
        values[place] = value
        shortlist[place, KIND], shortlist[place, SCORE], shortlist[place, EDGE] = (
            kinds[edge],
            scores[edge],
            edge - low,
        )
    return many, others
