"""The way from where people live to where posts are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from qiao.engines.matching.arrays import Ints
from qiao.engines.matching.model import BadColumns
from qiao.engines.matching.weights import WEIGHTS

EARTH = 6_371_000


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Metres from each home (row) to each place of work (column)."""

    metres: Ints

    @classmethod
    def between(cls, homes: ArrayLike, places: ArrayLike, detour: float = WEIGHTS[-1].detour) -> Distances:
        """From coordinates in degrees, shape (h, 2) and (p, 2), latitude first; `detour` is way over air line."""
        here, there = (np.radians(np.asarray(one, float).reshape(-1, 2)) for one in (homes, places))
        north = here[:, None, 0] - there[None, :, 0]
        east = (here[:, None, 1] - there[None, :, 1]) * np.cos(here[:, None, 0])
        return cls(np.rint(EARTH * detour * np.hypot(north, east)).astype(np.int64))

    @classmethod
    def of(cls, metres: ArrayLike) -> Distances:
        table = np.asarray(metres, np.int64)
        if table.ndim != 2 or (table.size and table.min() < 0):
            raise BadColumns("metres", "a table of homes by places without negative values is expected")
        return cls(table)
