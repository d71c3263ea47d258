"""Every feasible pair with its score, person after person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.kinship import kinship
from qiao.engines.matching.market import BLOCK, Asked, Had, Ints, Market, Row, Scale
from qiao.engines.matching.scan import survivors
from qiao.engines.matching.score import score


@dataclass(frozen=True, slots=True)
class Edges:
    """Person i may take kinds[start[i]:start[i + 1]], ascending, at the scores beside them."""

    start: Ints
    kinds: NDArray[np.int32]
    scores: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def degrees(self) -> Ints:
        return np.diff(self.start)


def edges_of(market: Market) -> Edges:
    offer, had, scale = market.offer, market.had, market.scale
    start = np.zeros(len(market.people) + 1, np.int64)
    if not offer.size or not len(market.people):
        return Edges(start, np.zeros(0, np.int32), np.zeros(0, np.int16))
    groups = by_home(had.home)
    for home, who in groups:
        count(had, who, offer.row(home), offer.asked, start)
    start = np.cumsum(start)
    kinds, scores = np.empty(start[-1], np.int32), np.empty(start[-1], np.int16)
    for home, who in groups:
        fill(had, who, offer.row(home), offer.asked, offer.classes, scale, start, kinds, scores)
    return Edges(start, kinds, scores)


def by_home(home: Ints) -> list[tuple[int, Ints]]:
    """The people of each home, who see the posts at the same distances."""
    order = np.argsort(home, kind="stable")
    cuts = np.flatnonzero(np.diff(home[order])) + 1
    return [(int(home[who[0]]), who) for who in np.split(order, cuts) if len(who)]


@kernel
def count(had: Had, who: Ints, row: Row, asked: Asked, out: Ints) -> None:
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    for i in who:
        out[i + 1] = survivors(had.word[i], had.lack[i], row, asked, met, found)


@kernel
def fill(
    had: Had, who: Ints, row: Row, asked: Asked, classes: Ints, scale: Scale, start: Ints,
    kinds: NDArray[np.int32], scores: NDArray[np.int16],
) -> None:  # fmt: skip
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    kin = np.empty(len(classes), np.uint8)
    for i in who:
        many = survivors(had.word[i], had.lack[i], row, asked, met, found)
        kinship(had, i, classes, scale, kin)
        for k in range(many):
            kinds[start[i] + k] = found[k]
            scores[start[i] + k] = score(had, i, asked, found[k], scale, kin, row.near)
