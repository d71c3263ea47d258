"""How near an occupation is to what somebody wishes: by the levels of the classification they share.

Codes are numbers as in `engines.occupations`: 4-07-03-01 is 4070301, a level is a prefix of 1, 3, 5 or 7 digits.
"""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Shares
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.market import Had, Scale

LEVELS = MAJOR, MEDIUM, MINOR, SINGLE = 10**6, 10**4, 10**2, 1


def shared(wish: int, occupation: int) -> int:
    """Levels in common, 0..4. A wish for a whole group is met in full by whatever belongs to it."""
    if not wish or not occupation:
        return 0
    own = next(span for span in LEVELS if wish % span == 0)
    met = wish // own == occupation // own
    return len(LEVELS) if met else sum(wish // span == occupation // span for span in LEVELS)


@kernel
def kinship(had: Had, i: int, classes: Ints, scale: Scale, out: Shares) -> None:
    """The occupation component of person i for every occupation that occurs, into `out`."""
    wished = False
    for rank in range(had.wishes.shape[1]):
        wished |= had.wishes[i, rank] > 0
    out[: len(classes)] = scale.grades[0, 0] if wished else scale.neutral
    for rank in range(had.wishes.shape[1]):
        wish = had.wishes[i, rank]
        if wish == 0:
            continue
        for depth, span in enumerate((MAJOR, MEDIUM, MINOR, SINGLE)):
            whole = wish % span == 0
            low = np.searchsorted(classes, wish // span * span)
            high = np.searchsorted(classes, (wish // span + 1) * span)
            grade = scale.grades[rank, 4 if whole else depth + 1]
            for k in range(low, high):
                out[k] = max(out[k], grade)
            if whole:
                break
    if classes[0] == 0:
        out[0] = scale.neutral
