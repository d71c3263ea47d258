"""Between two runs: a new person or a new post is placed at once, on the prices that stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qiao.engines.matching.arrays import Ints
from qiao.engines.matching.edges import edges_of
from qiao.engines.matching.market import Market, Offer
from qiao.engines.matching.model import UNKNOWN, People, Posts
from qiao.engines.matching.results import Run

HOMES_KEPT = 64
ABOVE_SCORES, ABOVE_KINDS = 2**14, 2**24


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """`post` is the best after prices of those with an opening left, UNKNOWN for none; the list is as in a run,

    but of posts nobody can tell apart it names one.
    """

    post: int
    list: Ints
    scores: Ints


class Board:
    """A run that goes on. Nobody who has a post loses it to somebody who comes later."""

    def __init__(self, market: Market, run: Run) -> None:
        taken = np.bincount(run.post[run.post >= 0], minlength=len(market.posts))
        self.offer, self.rows = market.offer, market.policy.list_rows
        self.left = market.posts.openings - taken
        self.left_of_kind = self.offer.summed(self.left)
        self.price = run.price[self.offer.first]
        self.seen_from = lru_cache(HOMES_KEPT)(self.offer.row)

    def arrive(self, person: People) -> Arrival:
        """One new person, a table of one row; takes an opening."""
        edges = edges_of(self.offer, person, self.seen_from)
        kinds, scores = edges.kinds, edges.scores.astype(np.int64)
        order = ((scores - self.price[kinds]) * ABOVE_SCORES + scores) * ABOVE_KINDS - kinds
        rows = (
            np.argpartition(-order, self.rows)[: self.rows]
            if len(order) > self.rows
            else np.arange(len(order))
        )
        rows = rows[np.argsort(-order[rows])]
        free = np.flatnonzero(self.left_of_kind[kinds] > 0)
        if not len(free):
            return Arrival(UNKNOWN, self.offer.first[kinds[rows]], scores[rows])
        best = free[order[free].argmax()]
        rows = np.append(best, rows[rows != best])[: self.rows]
        return Arrival(self._take(int(kinds[best])), self.offer.first[kinds[rows]], scores[rows])

    def _take(self, kind: int) -> int:
        members = self.offer.members(kind)
        post = int(members[self.left[members] > 0][0])
        self.left[post] -= 1
        self.left_of_kind[kind] -= 1
        return post


def call_for(market: Market, run: Run, post: Posts) -> tuple[Ints, Ints]:
    """Whom to call for one post, new or old, a table of one row: people without a post who may take it, and their scores.

    The highest tier first, then the best score; as many as there are openings may have it at once.
    """
    offer = Offer(post, market.distances, market.policy.weights)
    free = np.flatnonzero(run.post < 0)
    edges = edges_of(offer, market.people.take(free))
    fit = np.flatnonzero(edges.degrees)
    order = np.lexsort((fit, -edges.scores, -run.tier[free[fit]]))
    return free[fit[order]], edges.scores[order].astype(np.int64)
