"""How much of a year lies between two days: the first day counts, the last does not."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from enum import Enum

from qiao.engines.amortisation.dates import Step, days_of_month, months_after

Share = tuple[int, int]
"""Numerator and denominator of a part of a year; not necessarily in lowest terms."""


class DayCount(Enum):
    PERIOD = "PERIOD"
    """Each full period is its months in twelve, however many days it has (rate/12)."""
    ACT_360 = "ACT/360"
    ACT_364 = "ACT/364"
    ACT_365 = "ACT/365"
    THIRTY_360 = "30/360"
    """Whole months count 30 days; a part of a month counts as its share of that month's days."""
    THIRTY_E_360 = "30E/360"
    ACT_ACT = "ACT/ACT-ISDA"
    """Each day by the length of the year it lies in."""
    ACT_ACT_31DEC = "ACT/ACT-31DEC"
    """The same, the day from 31 December to 1 January counted to the new year."""


def year_share(rule: DayCount, start: date, end: date, step: Step) -> Share:
    """The part of a year in [start, end); `step` is the length of a full period, for PERIOD alone."""
    if rule is DayCount.PERIOD:
        return step.year_share
    return RULES[rule](start, end)


def _actual(basis: int) -> Callable[[date, date], Share]:
    return lambda start, end: ((end - start).days, basis)


def _thirty_e(start: date, end: date) -> Share:
    days = (end.year - start.year) * 360 + (end.month - start.month) * 30
    return days + min(end.day, 30) - min(start.day, 30), 360


def _thirty(start: date, end: date) -> Share:
    """A start on the last day of its month is met again on the last day of a later one."""
    anchor = start
    if start.day == days_of_month(start) and end.day > start.day:
        anchor = end
    months = (end.year - start.year) * 12 + end.month - start.month
    shift = (start.year - anchor.year) * 12 + start.month - anchor.month
    while months_after(anchor, shift + months) > end:
        months -= 1
    whole = months_after(anchor, shift + months)
    month = (months_after(anchor, shift + months + 1) - whole).days
    return months * month + (end - whole).days, 12 * month


def _by_year(cut: Callable[[int], date]) -> Callable[[date, date], Share]:
    """Parts by the length of the year; `cut(year)` is the first day counted to `year`."""

    def share(start: date, end: date) -> Share:
        common = leap = 0
        year, begin = start.year, start
        while begin < end:
            stop = min(end, cut(year + 1))
            if stop > begin:
                days = (stop - begin).days
                common, leap = (common, leap + days) if calendar.isleap(year) else (common + days, leap)
                begin = stop
            year += 1
        return common * 366 + leap * 365, 365 * 366

    return share


RULES: dict[DayCount, Callable[[date, date], Share]] = {
    DayCount.ACT_360: _actual(360),
    DayCount.ACT_364: _actual(364),
    DayCount.ACT_365: _actual(365),
    DayCount.THIRTY_360: _thirty,
    DayCount.THIRTY_E_360: _thirty_e,
    DayCount.ACT_ACT: _by_year(lambda year: date(year, 1, 1)),
    DayCount.ACT_ACT_31DEC: _by_year(lambda year: date(year - 1, 12, 31)),
}
