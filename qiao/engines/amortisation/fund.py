"""Arithmetic of a guarantee fund: how much may be guaranteed, when a bank must stop, what a claim pays."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qiao.engines.amortisation.money import rounded


def headroom(deposit: int, multiple: Fraction, liability: int) -> int:
    """What may still be guaranteed, in fen: multiple * deposit - liability, rounded down; negative when exceeded.

    Liability may not exceed the multiple of the fund (provincial rule: five times).
    """
    return deposit * multiple.numerator // multiple.denominator - liability


def stopped(bad: int, outstanding: int, line: Fraction = Fraction(1, 5)) -> bool:
    """Whether a bank's bad loans (fen) have reached the `line` of its outstanding ones (provincial rule: 20 %)."""
    return outstanding > 0 and bad * line.denominator >= outstanding * line.numerator


@dataclass(frozen=True, slots=True)
class Claim:
    """`fund_pays` + `bank_bears` = `borrower_owes`, in fen: a claim changes the creditor, never the debt."""

    fund_pays: int
    bank_bears: int
    borrower_owes: int


def claim(principal: int, interest: int, share: Fraction) -> Claim:
    """What the fund pays for unpaid principal and interest (fen) when it guarantees `share` of them."""
    owed = principal + interest
    paid = rounded(owed * share.numerator, share.denominator)
    return Claim(paid, owed - paid, owed)
