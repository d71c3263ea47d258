"""How good an assignment is for certain. Any prices prove a bound on every possible assignment (weak duality):

what each person gains at most after prices, and what the openings cost together.
"""

from __future__ import annotations

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.assignment import Assignment
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.kernel import kernel


def value_of(edges: Edges, bonus: Ints, found: Assignment) -> int:
    return int(found.scores(edges).sum()) + int(bonus[found.placed].sum())


def bound_of(edges: Edges, rooms: Ints, bonus: Ints, price: Small) -> int:
    return int(gains(edges.start, edges.kinds, edges.scores, bonus, price)) + int((rooms * price).sum())


@kernel
def gains(start: Ints, kinds: Small, scores: Points, bonus: Ints, price: Small) -> int:
    total = 0
    for i in range(len(bonus)):
        most = -(2**30)
        for edge in range(start[i], start[i + 1]):
            most = max(most, scores[edge] - price[kinds[edge]])
        total += max(0, most + bonus[i])
    return total
