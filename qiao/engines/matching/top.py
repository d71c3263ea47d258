"""The best k of all feasible kinds of each person, exactly; nothing but the k is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching.edges import by_home
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.kinship import kinship
from qiao.engines.matching.market import BLOCK, Asked, Had, Ints, Market, Row, Scale
from qiao.engines.matching.model import UNKNOWN
from qiao.engines.matching.scan import survivors
from qiao.engines.matching.score import score


def best(market: Market, k: int) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
    """Kinds and scores, each of shape (people, k), best first, of equals the lower kind; UNKNOWN where none is left."""
    shape = len(market.people), k
    kinds, scores = np.full(shape, UNKNOWN, np.int32), np.full(shape, UNKNOWN, np.int16)
    offer = market.offer
    if offer.size:
        for home, who in by_home(market.had.home):
            row = offer.row(home)
            keep(market.had, who, row, offer.asked, offer.classes, market.scale, kinds, scores)
    return kinds, scores


@kernel
def keep(
    had: Had, who: Ints, row: Row, asked: Asked, classes: Ints, scale: Scale,
    kinds: NDArray[np.int32], scores: NDArray[np.int16],
) -> None:  # fmt: skip
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    kin = np.empty(len(classes), np.uint8)
    last = kinds.shape[1] - 1
    for i in who:
        many = survivors(had.word[i], had.lack[i], row, asked, met, found)
        kinship(had, i, classes, scale, kin)
        for n in range(many):
            points = score(had, i, asked, found[n], scale, kin, row.near)
            if points <= scores[i, last]:
                continue
            place = last
            while place > 0 and scores[i, place - 1] < points:
                scores[i, place] = scores[i, place - 1]
                kinds[i, place] = kinds[i, place - 1]
                place -= 1
            scores[i, place] = points
            kinds[i, place] = found[n]
