"""Months added to a day: the same day of the later month, or its last day where that is shorter."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

ONE_DAY = timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """Held within the years that a date can have."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    if year < 1:
        return date.min
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def latest(on: date, months: int) -> date:
    """The last day from which `months` have passed on `on`, so that a column is compared with one day."""
    day = shifted(on, -months)
    while day < on and shifted(day + ONE_DAY, months) <= on:
        day += ONE_DAY
    while shifted(day, months) > on and day > date.min:
        day -= ONE_DAY
    return day
