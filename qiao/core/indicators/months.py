"""Which months the roll-up keeps: all of last year and of this year, up to the running month. Pure."""

from __future__ import annotations

from datetime import date

from qiao.core.calendars.periods import Period
from qiao.core.indicators.windows import Window, window

YEARS_BEFORE = 1


def first_kept(today: date) -> date:
    return date(today.year - YEARS_BEFORE, 1, 1)


def month_of(day: date) -> date:
    return day.replace(day=1)


def kept(today: date, since: date = date.min) -> list[Window]:
    """A window for each kept month from that of `since` on, oldest first."""
    first = max(first_kept(today), month_of(since))
    if first > today:
        return []
    return [window(month, today) for month in Period.between(first, today).months()]


def months_for(period: Period, today: date) -> list[date] | None:
    """The kept months a period is made of as far as it has passed; None when it is not made of them."""
    months = [month.start for month in period.months() if month.start <= today]
    whole = period.start.day == 1 and period.end.day == 1
    return months if whole and months and months[0] >= first_kept(today) else None
