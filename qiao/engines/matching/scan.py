"""Which kinds of post a person may take: every one is compared, in blocks that lie within the person's way."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Shares, Small
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.market import BLOCK, Asked, Row
from qiao.engines.matching.rules import GUARDS, LARGEST, SHIFTS, Rule

WAY, FARTHEST = np.uint64(SHIFTS[Rule.COMMUTE]), np.uint64(LARGEST[Rule.COMMUTE])


@kernel
def survivors(word: np.uint64, lack: np.uint64, row: Row, asked: Asked, met: Shares, found: Small) -> int:
    """The kinds that fail no rule, ascending, into `found`, which has room for one more than all; their number.

    `met` is room for one block.
    """
    count = 0
    limit = np.int64((word >> WAY) & FARTHEST)
    for block in range(len(row.nearest)):
        if row.nearest[block] > limit:
            continue
        base = block * BLOCK
        for k in range(BLOCK):
            rules_met = (word - row.asks[base + k]) & GUARDS == GUARDS
            met[k] = rules_met & (asked.needs[base + k] & lack == 0)
        for k in range(BLOCK):
            found[count] = base + k
            count += met[k]
    return count
