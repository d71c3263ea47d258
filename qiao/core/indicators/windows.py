"""The days a figure is counted over: a window of real dates, or of columns when many are counted at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, Func, OuterRef, Value
from django.db.models.expressions import Combinable, RawSQL

from qiao.core.calendars.periods import Period

Day = date | Combinable


class NotBegun(ValueError):
    """The period lies in the future: nothing can be counted in it yet."""


@dataclass(frozen=True, slots=True)
class Window:
    """Flows lie in `start` up to, not including, `end`; stocks are counted on the evening of `as_of`."""

    start: Any
    end: Any
    as_of: Any


COLUMNS = Window(*(RawSQL(f'"w"."{name}"', [], DateField()) for name in ("start", "finish", "as_of")))
"""The columns of the relation `w` that `facts` joins every declaration to."""


def window(period: Period, today: date) -> Window:
    """A period as far as it has passed. Raises NotBegun."""
    if period.start > today:
        raise NotBegun(str(period))
    end = min(period.end, today + timedelta(days=1))
    return Window(period.start, end, end - timedelta(days=1))


class _Before(Func):
    template = "(%(expressions)s - interval '%(count)s %(unit)s')::date"
    output_field = DateField()


def _before(day: Day, count: int, unit: str) -> _Before:
    given = Value(day, output_field=DateField()) if isinstance(day, date) else day
    return _Before(given, count=count, unit=unit)


def days_before(day: Day, days: int) -> _Before:
    return _before(day, days, "days")


def months_before(day: Day, months: int) -> _Before:
    """The same day that many months earlier; the last of the month where there is none."""
    return _before(day, months, "months")


def years_before(day: Day, years: int) -> _Before:
    return months_before(day, years * 12)


def outer(day: Day) -> Day:
    """The day as a subquery names it."""
    return OuterRef(day.name) if isinstance(day, F) else day  # type: ignore[attr-defined]
