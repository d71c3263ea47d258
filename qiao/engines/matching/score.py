"""The score of one person and one kind of post: five components of 0..100, weighted to 0..10000."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Shares
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.market import Asked, Had, Scale
from qiao.engines.matching.weights import FULL

ONE, TWO, FOUR = np.uint64(1), np.uint64(2), np.uint64(4)
PAIRS, NIBBLES = np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
ODD, BYTES, TOP = np.uint64(0x5555555555555555), np.uint64(0x0101010101010101), np.uint64(56)


@kernel
def wage(had: Had, i: int, asked: Asked, j: int, scale: Scale) -> int:
    if had.reserve[i] == 0 or asked.pay[j] == 0:
        return scale.neutral
    gain = (asked.pay[j] - had.reserve[i]) * FULL * FULL
    return int(max(0, min(FULL, gain // (had.reserve[i] * scale.wage_full))))


@kernel
def skill(had: Had, i: int, asked: Asked, j: int, scale: Scale) -> int:
    if asked.skills[j] == 0:
        return scale.neutral
    both = had.skills[i] & asked.skills[j]
    both -= (both >> ONE) & ODD
    both = (both & PAIRS) + ((both >> TWO) & PAIRS)
    both = (both + (both >> FOUR)) & NIBBLES
    many = np.int64((both * BYTES) >> TOP)
    return int((2 * FULL * many + asked.wanted[j]) // (2 * asked.wanted[j]))


@kernel
def education(had: Had, i: int, asked: Asked, j: int, scale: Scale) -> int:
    return int(min(FULL, max(0, FULL - scale.overqualified * (had.education[i] - asked.education[j]))))


@kernel
def score(had: Had, i: int, asked: Asked, j: int, scale: Scale, kin: Shares, near: Shares) -> int:
    return int(
        scale.parts[0] * kin[asked.occupation[j]]
        + scale.parts[1] * near[j]
        + scale.parts[2] * wage(had, i, asked, j, scale)
        + scale.parts[3] * skill(had, i, asked, j, scale)
        + scale.parts[4] * education(had, i, asked, j, scale)
    )
