"""Interest to the day: what has accrued since the period began, and how much of it a day adds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qiao.engines.amortisation.dates import MONTH, Step
from qiao.engines.amortisation.daycount import DayCount, Share, year_share
from qiao.engines.amortisation.money import Rounding, rounded


def interest(
    balance: int, rate: Fraction, share: Share, rounding: Rounding = Rounding.HALF_UP, unit: int = 1
) -> int:
    """Interest in fen on `balance` fen at `rate` a year over `share` of a year: multiplied first, divided once."""
    return rounded(balance * rate.numerator * share[0], rate.denominator * share[1], rounding, unit)


def interest_between(
    balance: int, rate: Fraction, start: date, end: date, rule: DayCount, step: Step = MONTH
) -> int:
    """Interest in fen on `balance` fen from `start` to `end`; the first day counts, the last does not."""
    return interest(balance, rate, year_share(rule, start, end, step))


def accrued_on_day(balance: int, rate: Fraction, day: int, basis: int) -> int:
    """What the `day`-th day (from 1) adds, in fen: the rounded total to that day less the total to the day before.

    Days rounded one by one would not add up to the interest of the period.
    """
    return interest(balance, rate, (day, basis)) - interest(balance, rate, (day - 1, basis))


def share_to(rule: DayCount, start: date, on: date, end: date, step: Step) -> Share:
    """The part of a year accrued from `start` to `on` within the period [start, end).

    Day counts in days are what they are. In a period of whole months odd days count 1/360 each and never more than
    the period (interest by item, rules of the People's Bank on interest of deposits and loans); in a month of 30 days
    an odd day is its share of the month.
    """
    if on >= end:
        return year_share(rule, start, end, step)
    days = (on - start).days
    if rule is DayCount.PERIOD:
        whole = year_share(rule, start, end, step)
        return min((days, 360), whole, key=lambda share: Fraction(*share))
    if rule is DayCount.THIRTY_360:
        whole = year_share(rule, start, end, step)
        return whole[0] * days, whole[1] * (end - start).days
    return year_share(rule, start, on, step)


def share_between(rule: DayCount, period: tuple[date, date], first: date, last: date, step: Step) -> Share:
    """The part of a year in [first, last) of a period; the parts of a period add up to it exactly."""
    upto = share_to(rule, period[0], last, period[1], step)
    if first <= period[0]:
        return upto
    before = share_to(rule, period[0], first, period[1], step)
    return upto[0] * before[1] - before[0] * upto[1], upto[1] * before[1]
