"""Those who sit in the places of one kind of post, as a heap: the one with the lowest key on top.

The heap of a kind lies in `key` and `who` from `base` on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching.arrays import Small
from qiao.engines.matching.kernel import kernel

Keys = NDArray[np.signedinteger[Any]]


@kernel
def rise(key: Keys, who: Small, base: int, place: int, mine: int, i: int) -> None:
    """Adds one to a heap of `place`."""
    while place > 0:
        above = (place - 1) // 2
        if key[base + above] <= mine:
            break
        key[base + place], who[base + place] = key[base + above], who[base + above]
        place = above
    key[base + place], who[base + place] = mine, i


@kernel
def sink(key: Keys, who: Small, base: int, size: int, mine: int, i: int) -> None:
    """Replaces the one on top."""
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and key[base + below + 1] < key[base + below]:
            below += 1
        if key[base + below] >= mine:
            break
        key[base + place], who[base + place] = key[base + below], who[base + below]
        place = below
    key[base + place], who[base + place] = mine, i


@kernel
def drop(key: Keys, who: Small, base: int, size: int) -> None:
    """Takes the one on top away."""
    last = base + size - 1
    sink(key, who, base, size - 1, key[last], who[last])
