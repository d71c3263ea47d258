"""The rows of a loan: what falls due when, so that the principal adds up to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from qiao.engines.amortisation.daycount import Share, year_share
from qiao.engines.amortisation.money import rounded
from qiao.engines.amortisation.terms import Method, Terms


class Row(NamedTuple):
    """What falls due on `due`, in fen, and what is still owed after it."""

    due: date
    principal: int
    interest: int
    balance: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


def schedule(terms: Terms) -> list[Row]:
    """All rows. Principal sums to the sum lent, the last balance is 0, the last row takes what rounding left."""
    return rows_over(terms, period_shares(terms))


def rows_over(terms: Terms, shares: Sequence[Share]) -> list[Row]:
    """As `schedule`, for periods that cover these parts of a year."""
    if terms.method is Method.EQUAL_INSTALMENT:
        return level_rows(terms, shares)
    return _planned(terms, shares)


def period_shares(terms: Terms) -> list[Share]:
    """The part of a year that each row's interest covers."""
    ends = terms.accrues_to or terms.due
    starts = [terms.start, *ends[:-1]]
    rule = terms.convention.day_count
    return [year_share(rule, start, end, terms.step) for start, end in zip(starts, ends, strict=True)]


def level_payment(terms: Terms, shares: Sequence[Share], owed: int) -> Fraction:
    """What repays `owed` fen in equal payments over rows of these shares, exactly.

    P * prod(1 + r_i) / sum of tail products; for equal rates the annuity P * r / (1 - (1 + r)^-n).
    """
    convention = terms.convention
    up, down = terms.rate.numerator, terms.rate.denominator
    priced = [convention.level_share or share for share in shares]
    if up and all(share == priced[0] for share in priced):
        base = down * priced[0][1]
        grown, flat = (base + up * priced[0][0]) ** len(priced), base ** len(priced)
        return Fraction(owed * grown * up * priced[0][0], base * (grown - flat))
    whole, tails, scale = 1, 0, 1
    for numerator, denominator in priced:
        base = down * denominator
        grown = base + up * numerator
        scale *= base
        whole, tails = whole * grown, tails * grown + scale
    return Fraction(owed * whole, tails)


def instalment(terms: Terms, shares: Sequence[Share], owed: int) -> int:
    """`level_payment` in fen, rounded once by the convention."""
    exact, convention = level_payment(terms, shares, owed), terms.convention
    rule = convention.instalment_rounding or convention.rounding
    return rounded(exact.numerator, exact.denominator, rule, convention.instalment_unit)


@dataclass(slots=True)
class Meter:
    """Interest row by row; remembers what rounding left out where the convention carries it on. `left` is a fraction
    of a fen."""

    terms: Terms
    left: Fraction = Fraction(0)
    rate: Share = (0, 1)

    def __post_init__(self) -> None:
        self.rate = self.terms.rate.as_integer_ratio()

    def interest(self, balance: int, share: Share) -> int:
        convention, (up, down) = self.terms.convention, self.rate
        numerator, denominator = balance * up * share[0], down * share[1]
        made = rounded(numerator, denominator, convention.rounding, convention.unit)
        if convention.carry:
            self.left += Fraction(numerator, denominator) - made
            if abs(self.left) >= 1:
                carried = int(self.left)
                made, self.left = made + carried, self.left - carried
        return made


def level_rows(terms: Terms, shares: Sequence[Share]) -> list[Row]:
    """Rows of equal instalments."""
    paying = shares[terms.grace :]
    if terms.convention.carry:
        return _exact_level(terms, shares, level_payment(terms, paying, terms.principal))
    level = terms.level or instalment(terms, paying, terms.principal)
    rows = _level(terms, shares, level)
    if not terms.convention.retune:
        return rows
    gap = rows[-1].total - level
    if 2 * abs(gap) <= len(paying):
        return rows
    tuned = _level(terms, shares, level + rounded(gap, len(paying), terms.convention.rounding))
    return tuned if abs(tuned[-1].total - tuned[-2].total) < abs(gap) else rows


def _level(terms: Terms, shares: Sequence[Share], level: int) -> list[Row]:
    meter = Meter(terms)
    balance, rows = terms.principal, []
    for number, (due, share) in enumerate(zip(terms.due, shares, strict=True)):
        if terms.level and not balance:
            break
        interest = meter.interest(balance, share)
        principal = 0 if number < terms.grace else min(balance, max(0, level - interest))
        if number == len(terms.due) - 1:
            principal = balance
        balance -= principal
        rows.append(Row(due, principal, interest, balance))
    return _deferred(rows, terms.interest_grace)


def _exact_level(terms: Terms, shares: Sequence[Share], level: Fraction) -> list[Row]:
    """The payment is never rounded, only what it is made of: each row's principal and interest apart."""
    meter = Meter(terms)
    balance, rows = terms.principal, []
    for number, (due, share) in enumerate(zip(terms.due, shares, strict=True)):
        left = level - balance * terms.rate * Fraction(*share)
        principal = (
            0
            if number < terms.grace
            else rounded(left.numerator, left.denominator, terms.convention.rounding)
        )
        interest = meter.interest(balance, share)
        if number == len(terms.due) - 1:
            principal = balance
        balance -= principal
        rows.append(Row(due, principal, interest, balance))
    return rows


def _planned(terms: Terms, shares: Sequence[Share]) -> list[Row]:
    meter = Meter(terms)
    balance, rows = terms.principal, []
    for due, share, principal in zip(terms.due, shares, _principals(terms), strict=True):
        base = terms.principal if terms.method is Method.FLAT else balance
        interest = meter.interest(base, share)
        balance -= principal
        rows.append(Row(due, principal, interest, balance))
    return _deferred(rows, terms.interest_grace)


def _principals(terms: Terms) -> list[int]:
    """The principal of each row; the last takes the rest."""
    convention, count = terms.convention, len(terms.due)
    if terms.method is Method.BULLET:
        return [0] * (count - 1) + [terms.principal]
    weights = terms.weights or [0] * terms.grace + [1] * (count - terms.grace)
    total = sum(weights)
    unit = convention.instalment_unit if terms.method is Method.FLAT else convention.unit
    left, parts = terms.principal, []
    for weight in weights[:-1]:
        parts.append(min(left, rounded(terms.principal * weight, total, convention.rounding, unit)))
        left -= parts[-1]
    return [*parts, left]


def _deferred(rows: list[Row], grace: int) -> list[Row]:
    """Interest of the first `grace` rows falls due in the row after them: put off, not waived."""
    if not grace:
        return rows
    put_off = sum(row.interest for row in rows[:grace])
    first = [row._replace(interest=0) for row in rows[:grace]]
    return [*first, rows[grace]._replace(interest=rows[grace].interest + put_off), *rows[grace + 1 :]]
