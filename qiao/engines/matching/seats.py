"""From kinds back to posts: who of a kind's people gets which of its posts, and which post stands for it in a list."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints
from qiao.engines.matching.market import Offer
from qiao.engines.matching.model import UNKNOWN


def seated(offer: Offer, kind: Ints, tier: Ints, score: Ints) -> Ints:
    """The post of each person with a kind: the first posts go to the highest tier, then to the best score."""
    post = np.full(len(kind), UNKNOWN, np.int64)
    placed = np.flatnonzero(kind >= 0)
    placed = placed[np.lexsort([placed, -score[placed], -tier[placed], kind[placed]])]
    first = np.searchsorted(kind[placed], kind[placed])
    before = np.append(0, np.cumsum(offer.capacity))[kind[placed]]
    seat = before + np.arange(len(placed)) - first
    ends = np.cumsum(offer.posts.openings[offer.order])
    post[placed] = offer.order[np.searchsorted(ends, seat, side="right")]
    return post


def shown(offer: Offer, kinds: Ints) -> Ints:
    """One post for each kind of each person's list (people, rows); which one goes round with the person."""
    posts = np.full(kinds.shape, UNKNOWN, np.int64)
    person, row = np.nonzero(kinds >= 0)
    kind = kinds[person, row]
    posts[person, row] = offer.order[offer.start[kind] + person % np.diff(offer.start)[kind]]
    return posts
