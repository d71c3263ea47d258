"""Whole numbers as PostgreSQL's COPY reads them in its binary format: much faster to write and to read than text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"


def copied(rows: NDArray[np.int64], widths: Sequence[int]) -> bytes:
    """`widths`: bytes of each column, 2, 4 or 8. Raises OverflowError for a number that does not fit."""
    places = range(len(widths))
    lengths = [(f"length{at}", ">i4") for at in places]
    values = [(f"value{at}", f">i{width}") for at, width in zip(places, widths, strict=True)]
    made = np.empty(
        len(rows),
        [("columns", ">i2"), *(part for pair in zip(lengths, values, strict=True) for part in pair)],
    )
    made["columns"] = len(widths)
    for at, width in zip(places, widths, strict=True):
        column = rows[:, at]
        limit = 1 << (8 * width - 1)
        if len(column) and not (-limit <= column.min() and column.max() < limit):
            raise OverflowError(f"column {at} does not fit into {width} bytes")
        made[f"length{at}"], made[f"value{at}"] = width, column
    return HEAD + made.tobytes() + END
