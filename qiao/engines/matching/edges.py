"""Every feasible pair with its score, person after person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.kinship import kinship
from qiao.engines.matching.market import BLOCK, Asked, Had, Offer, Row, Scale, had, scale_of
from qiao.engines.matching.model import People
from qiao.engines.matching.scan import survivors
from qiao.engines.matching.score import score


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Person i may take kinds[start[i]:start[i + 1]], ascending, at the scores beside them."""

    start: Ints
    kinds: Small
    scores: Points

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def degrees(self) -> Ints:
        return np.diff(self.start)


def edges_of(offer: Offer, people: People, seen_from: Callable[[int], Row] | None = None) -> Edges:
    """`seen_from` stands in for `offer.row` where somebody keeps the rows of homes."""
    row = seen_from or offer.row
    has, scale = had(people, offer), scale_of(offer.weights, people)
    start = np.zeros(len(people) + 1, np.int64)
    groups = by_home(has.home) if offer.size else []
    for home, who in groups:
        count(has, who, row(home), offer.asked, start)
    start = np.cumsum(start)
    kinds, scores = np.empty(start[-1], np.int32), np.empty(start[-1], np.int16)
    for home, who in groups:
        fill(has, who, row(home), offer.asked, offer.classes, scale, start, kinds, scores)
    return Edges(start, kinds, scores)


def by_home(home: Ints) -> list[tuple[int, Ints]]:
    """The people of each home, who see the posts at the same distances."""
    order = np.argsort(home, kind="stable")
    cuts = np.flatnonzero(np.diff(home[order])) + 1
    return [(int(home[who[0]]), who) for who in np.split(order, cuts) if len(who)]


@kernel
def count(has: Had, who: Ints, row: Row, asked: Asked, out: Ints) -> None:
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    for i in who:
        out[i + 1] = survivors(has.word[i], has.lack[i], row, asked, met, found)


@kernel
def fill(
    has: Had, who: Ints, row: Row, asked: Asked, classes: Ints, scale: Scale, start: Ints,
    kinds: Small, scores: Points,
) -> None:  # fmt: skip
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    kin = np.empty(len(classes), np.uint8)
    for i in who:
        many = survivors(has.word[i], has.lack[i], row, asked, met, found)
        kinship(has, i, classes, scale, kin)
        for k in range(many):
            kinds[start[i] + k] = found[k]
            scores[start[i] + k] = score(has, i, asked, found[k], scale, kin, row.near)
