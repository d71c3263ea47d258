"""The best k of all feasible kinds of each person, exactly; nothing but the k is kept."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Points, Small
from qiao.engines.matching.edges import by_home
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.kinship import kinship
from qiao.engines.matching.market import BLOCK, Asked, Had, Offer, Row, Scale, had, scale_of
from qiao.engines.matching.model import UNKNOWN, People
from qiao.engines.matching.scan import survivors
from qiao.engines.matching.score import score


def best(offer: Offer, people: People, k: int) -> tuple[Small, Points]:
    """Kinds and scores, each of shape (people, k), best first, of equals the lower kind; UNKNOWN where none is left."""
    shape = len(people), k
    kinds, scores = np.full(shape, UNKNOWN, np.int32), np.full(shape, UNKNOWN, np.int16)
    has, scale = had(people, offer), scale_of(offer.weights, people)
    for home, who in by_home(has.home) if offer.size else ():
        keep(has, who, offer.row(home), offer.asked, offer.classes, scale, kinds, scores)
    return kinds, scores


@kernel
def keep(
    has: Had, who: Ints, row: Row, asked: Asked, classes: Ints, scale: Scale,
    kinds: Small, scores: Points,
) -> None:  # fmt: skip
    met, found = np.empty(BLOCK, np.uint8), np.empty(len(row.asks) + 1, np.int32)
    kin = np.empty(len(classes), np.uint8)
    last = kinds.shape[1] - 1
    for i in who:
        many = survivors(has.word[i], has.lack[i], row, asked, met, found)
        kinship(has, i, classes, scale, kin)
        for n in range(many):
            points = score(has, i, asked, found[n], scale, kin, row.near)
            if points <= scores[i, last]:
                continue
            place = last
            while place > 0 and scores[i, place - 1] < points:
                scores[i, place] = scores[i, place - 1]
                kinds[i, place] = kinds[i, place - 1]
                place -= 1
            scores[i, place] = points
            kinds[i, place] = found[n]
