"""Ratios of a portfolio, by the definitions that are printed beside them.

Due repayment rates follow the terms of CGAP Occasional Paper 3: what fell due and was repaid by the borrower, over
what fell due. Prepayments of rows not yet due, payments of the guarantee fund and loans with nothing due stay out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """One loan on a day, in fen. `paid_of_due`: of what fell due, repaid by the borrower; `on_time`: by its due date."""

    due: int
    paid_of_due: int
    on_time: int
    balance: int
    days_overdue: int


@dataclass(frozen=True, slots=True)
class Ratios:
    """Each a share (0.625 for 62.5 %), None when there is nothing to divide by.

    `par`: the full balance of loans overdue for more than n days over the balance of all, for n = 1, 30, 90.
    `overdue`: overdue principal over the balance.
    """

    by_amount: Fraction | None
    on_time: Fraction | None
    by_loans: Fraction | None
    par: dict[int, Fraction | None]
    overdue: Fraction | None


def ratios(loans: Iterable[Standing]) -> Ratios:
    held = list(loans)
    fallen = [loan for loan in held if loan.due > 0]
    due, balance = sum(loan.due for loan in fallen), sum(loan.balance for loan in held)

    def at_risk(days: int) -> int:
        return sum(loan.balance for loan in held if loan.days_overdue > days)

    return Ratios(
        by_amount=_share(sum(loan.paid_of_due for loan in fallen), due),
        on_time=_share(sum(loan.on_time for loan in fallen), due),
        by_loans=_share(sum(loan.paid_of_due >= loan.due for loan in fallen), len(fallen)),
        par={days: _share(at_risk(days), balance) for days in (1, 30, 90)},
        overdue=_share(sum(loan.due - loan.paid_of_due for loan in fallen), balance),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
