"""The five components of chosen pairs, which explain a score; a run keeps those of its lists."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Shares
from qiao.engines.matching.edges import by_home
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.kinship import kinship
from qiao.engines.matching.market import Asked, Had, Offer, Scale, had, scale_of
from qiao.engines.matching.model import People
from qiao.engines.matching.score import education, skill, wage
from qiao.engines.matching.weights import COMPONENTS


def components_of(offer: Offer, people: People, kinds: Ints) -> Shares:
    """For each person a row of kinds, feasible or not; 0..100, shape (people, kinds, 5), 0 where the kind is below 0."""
    out = np.zeros((*kinds.shape, len(COMPONENTS)), np.uint8)
    has, scale = had(people, offer), scale_of(offer.weights, people)
    for home, who in by_home(has.home) if offer.size else ():
        take_apart(has, who, kinds, offer.asked, offer.classes, scale, offer.row(home).near, out)
    return out


@kernel
def take_apart(
    has: Had, who: Ints, kinds: Ints, asked: Asked, classes: Ints, scale: Scale, near: Shares, out: Shares
) -> None:
    kin = np.empty(len(classes), np.uint8)
    for i in who:
        kinship(has, i, classes, scale, kin)
        for k in range(kinds.shape[1]):
            j = kinds[i, k]
            if j >= 0:
                out[i, k, 0] = kin[asked.occupation[j]]
                out[i, k, 1] = near[j]
                out[i, k, 2] = wage(has, i, asked, j, scale)
                out[i, k, 3] = skill(has, i, asked, j, scale)
                out[i, k, 4] = education(has, i, asked, j, scale)
