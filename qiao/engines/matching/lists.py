"""What each person is shown: the assigned post, then what is worth most to them after its price."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.assignment import Assignment
from qiao.engines.matching.edges import Edges
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.model import UNKNOWN


def lists_of(edges: Edges, found: Assignment, rows: int) -> Ints:
    """Edges, of shape (people, rows), UNKNOWN where no more is feasible. Without places and prices: by score alone."""
    out = np.full((len(edges.degrees), rows), UNKNOWN, np.int64)
    rank(edges.start, edges.kinds, edges.scores, found.held, found.price, out)
    return out


@kernel
def rank(start: Ints, kinds: Small, scores: Points, held: Ints, price: Small, out: Ints) -> None:
    """Of equal value the better score first, then the lower kind."""
    rows = out.shape[1]
    values, points = np.empty(rows, np.int64), np.empty(rows, np.int64)
    for i in range(len(held)):
        count = first = 1 if held[i] >= 0 else 0
        if first:
            out[i, 0] = held[i]
        for edge in range(start[i], start[i + 1]):
            if edge == held[i]:
                continue
            point = np.int64(scores[edge])
            value = point - price[kinds[edge]]
            if count == rows:
                place = rows - 1
                if (
                    place < first
                    or value < values[place]
                    or (value == values[place] and point <= points[place])
                ):
                    continue
            else:
                place = count
                count += 1
            while place > first and (
                values[place - 1] < value or (values[place - 1] == value and points[place - 1] < point)
            ):
                values[place], points[place] = values[place - 1], points[place - 1]
                out[i, place] = out[i, place - 1]
                place -= 1
            values[place], points[place], out[i, place] = value, point, edge
