"""Due dates: months that clamp to their last day, the 20th of the quarter, days moved to a working day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

IsWorkday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """The length of a period: months, or days. Exactly one is above zero."""

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if (self.months > 0) == (self.days > 0):
            raise ValueError("a period is a number of months or of days")

    @property
    def year_share(self) -> tuple[int, int]:
        return (self.months, 12) if self.months else (self.days, 364 if self.days % 7 == 0 else 360)

    def after(self, start: date, count: int) -> date:
        return (
            months_after(start, self.months * count) if self.months else start + timedelta(self.days * count)
        )


MONTH, QUARTER = Step(months=1), Step(months=3)


def days_of_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day; the anchor is always `start`."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def rolling(start: date, months: int) -> date:
    """As `months_after`, but a day that the month lacks becomes the first of the next."""
    clamped = months_after(start, months)
    return clamped if clamped.day == start.day else clamped + timedelta(1)


def settled_on(day: int, every: int, start: date, maturity: date) -> Iterator[date]:
    """The `day` of every `every`-th month of the calendar after `start` and before `maturity`, then `maturity`.

    With 20 and 3: the 20th of March, June, September and December, as banks settle interest.
    """
    year, month = start.year, every
    while (settled := date(year, month, day)) < maturity:
        if settled > start:
            yield settled
        year, month = (year, month + every) if month + every <= 12 else (year + 1, every)
    yield maturity


def following(day: date, is_workday: IsWorkday) -> date:
    """`day`, or the next working day after it. Weekends on which people work are working days."""
    while not is_workday(day):
        day += timedelta(1)
    return day


def preceding(day: date, is_workday: IsWorkday) -> date:
    """`day`, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(1)
    return day


def modified_following(day: date, is_workday: IsWorkday) -> date:
    """As `following`, but back to the last working day before when the next one lies in another month."""
    moved = following(day, is_workday)
    return moved if moved.month == day.month else preceding(day, is_workday)
