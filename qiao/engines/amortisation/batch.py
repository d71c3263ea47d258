"""Schedules of many loans at once, to the fen what `schedule` gives for each of them alone.

Loans of one call share the number of rows and the method; sums, rates and the days of the rows may differ. Interest
is computed in whole numbers of 64 bits, so sums up to `LARGEST` fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qiao.engines.amortisation.terms import Method

Whole = NDArray[np.int64]
RATE_UNIT = 1_000_000
"""Rates are whole millionths a year: 57,600 for 5.76 %."""
LARGEST = 10**10
BLOCK = 1 << 14
NEAR = 1e-4


@dataclass(frozen=True, slots=True)
class Rows:
    """`principal`, `interest`: fen by row and loan, shape (rows, loans). Balances follow by summing."""

    principal: Whole
    interest: Whole


def schedules(
    principal: Whole, rate: Whole, shares: Whole, basis: int, method: Method, grace: int = 0
) -> Rows:
    """Rows of all loans, rounded half up, the last row taking the rest.

    `principal` in fen and `rate` in millionths a year, one for each loan; `shares`: the part of a year of each row in
    units of 1/`basis`, shape (rows,) for all loans alike or (rows, loans): months in twelve, or days in 360 or 365.
    EQUAL_INSTALMENT needs shares of shape (rows,). Raises ValueError for sums out of range or another method.
    """
    if method not in (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.BULLET):
        raise ValueError(f"{method.value} is not computed in one go")
    if len(principal) and not 0 < principal.min() <= principal.max() <= LARGEST:
        raise ValueError(f"sums lie between 1 and {LARGEST} fen")
    parts = np.asarray(shares, dtype=np.int64)
    if method is Method.EQUAL_INSTALMENT and parts.ndim != 1:
        raise ValueError("equal instalments are computed for loans with the same dates")
    count, loans = len(parts), len(principal)
    if not 0 <= grace < count:
        raise ValueError("grace leaves at least one row")
    made = Rows(np.empty((count, loans), np.int64), np.empty((count, loans), np.int64))
    for begin in range(0, loans, BLOCK):
        block = slice(begin, min(begin + BLOCK, loans))
        own = parts if parts.ndim == 1 else parts[:, block]
        _fill(made, block, principal[block], rate[block], own, basis, method, grace)
    return made


def _fill(
    made: Rows, block: slice, lent: Whole, rate: Whole, parts: Whole, basis: int, method: Method, grace: int
) -> None:
    count = len(parts)
    den = np.int64(RATE_UNIT * basis)
    doubled = rate * 2
    balance = lent.copy()
    fixed = _fixed(lent, rate, parts, basis, method, grace)
    for number in range(count):
        interest = made.interest[number, block]
        np.multiply(balance, doubled, out=interest)
        interest *= parts[number]
        interest += den
        interest //= 2 * den
        principal = made.principal[number, block]
        if number == count - 1:
            principal[:] = balance
        elif number < grace or method is Method.BULLET:
            principal[:] = 0
        elif method is Method.EQUAL_INSTALMENT:
            np.subtract(fixed, interest, out=principal)
            np.clip(principal, 0, balance, out=principal)
        else:
            np.minimum(fixed, balance, out=principal)
        balance -= principal


def _fixed(lent: Whole, rate: Whole, parts: Whole, basis: int, method: Method, grace: int) -> Whole:
    """The level instalment, or the level principal."""
    count = len(parts) - grace
    level: Whole = (2 * lent + count) // (2 * count)
    if method is Method.EQUAL_PRINCIPAL:
        return level
    level = np.zeros_like(lent)
    if method is Method.BULLET:
        return level
    for one in np.unique(rate):
        mine = rate == one
        level[mine] = levels(lent[mine], _factor(int(one), parts[grace:], basis))
    return level


def _factor(rate: int, parts: Whole, basis: int) -> Fraction:
    """The level instalment of one fen, exactly."""
    base, whole, tails, scale = RATE_UNIT * basis, 1, 0, 1
    for part in parts.tolist():
        grown = base + rate * part
        scale *= base
        whole, tails = whole * grown, tails * grown + scale
    return Fraction(whole, tails)


def levels(lent: Whole, factor: Fraction) -> Whole:
    """`lent * factor` rounded half up, exactly: in floating point, and again in whole numbers where a half is near."""
    estimate = lent * float(factor) + 0.5
    level: Whole = np.floor(estimate).astype(np.int64)
    part = estimate - level
    for index in np.flatnonzero((part < NEAR) | (part > 1 - NEAR)):
        exact = int(lent[index]) * factor.numerator
        level[index] = (2 * exact + factor.denominator) // (2 * factor.denominator)
    return level
