"""Five classes of loans by the days that principal or interest is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class LoanClass(IntEnum):
    """Ascending in risk; the last three are bad loans."""

    NORMAL = 0
    ATTENTION = 1
    SUBSTANDARD = 2
    DOUBTFUL = 3
    LOSS = 4

    @property
    def bad(self) -> bool:
        return self >= LoanClass.SUBSTANDARD


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A loan is in the class when it is overdue for more than so many days; the next class needs more.

    `technical`: a technical delay of up to so many days need not lower the class.
    """

    attention: int = 0
    substandard: int = 90
    doubtful: int = 270
    loss: int = 360
    technical: int = 7

    def __post_init__(self) -> None:
        if not 0 <= self.attention <= self.substandard <= self.doubtful <= self.loss:
            raise ValueError("thresholds ascend")


NEVER = 1_000_000

DECREE_2023 = Thresholds()
"""Measures for the risk classification of financial assets (2023 no. 1), in force since 2023-07-01; the 7 days are
recalled and to be confirmed."""

LOCAL_BEFORE = Thresholds(0, 90, 180, NEVER, 0)
"""Local practice before: 1-90 attention, 91-180 substandard, more than 180 doubtful. Loss was found, not counted."""


def class_of(
    days: int,
    thresholds: Thresholds = DECREE_2023,
    *,
    technical: bool = False,
    found: LoanClass | None = None,
) -> LoanClass:
    """The class of a loan overdue for `days`. `found`: a reviewer's class, which may only be worse."""
    floor = LoanClass.NORMAL
    if not (technical and days <= thresholds.technical):
        limits = (thresholds.attention, thresholds.substandard, thresholds.doubtful, thresholds.loss)
        floor = LoanClass(sum(days > limit for limit in limits))
    return floor if found is None else max(floor, found)


def days_overdue(unpaid: Sequence[tuple[date, int]], as_of: date) -> int:
    """Days since the oldest due date (moved to a working day) with an amount of a fen or more unpaid; 0 if none."""
    oldest = min((due for due, amount in unpaid if amount > 0 and due < as_of), default=as_of)
    return (as_of - oldest).days
