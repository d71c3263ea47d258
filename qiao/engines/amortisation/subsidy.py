"""The share of the interest that the treasury bears, by the policy of the day the loan was paid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from qiao.engines.amortisation.accrual import interest
from qiao.engines.amortisation.daycount import Share
from qiao.engines.amortisation.money import rounded


class Bearing(Enum):
    NONE = "none"
    SHARE = "share"
    """The treasury bears a share of the interest."""
    ABOVE = "above"
    """The borrower bears interest up to a rate, the treasury the rest."""


@dataclass(frozen=True, slots=True)
class SubsidyRule:
    """`share`: of the interest (SHARE), 1 = all of it. `borrower_rate`: a year, at most the contract's (ABOVE)."""

    bearing: Bearing
    share: Fraction = Fraction(0)
    borrower_rate: Fraction = Fraction(0)


NONE = SubsidyRule(Bearing.NONE)
FULL = SubsidyRule(Bearing.SHARE, Fraction(1))
HALF = SubsidyRule(Bearing.SHARE, Fraction(1, 2))


def above_lpr(lpr: Fraction, points: Fraction = Fraction(15, 1000)) -> SubsidyRule:
    """The borrower bears the loan prime rate less `points` (150 basis points: rule for loans made from 2021)."""
    return SubsidyRule(Bearing.ABOVE, borrower_rate=max(lpr - points, Fraction(0)))


def split(made: int, rule: SubsidyRule, balance: int = 0, share: Share = (0, 1)) -> tuple[int, int]:
    """Interest of `made` fen as (subsidy, borrower's part) in fen; the two always add up to it.

    ABOVE needs the `balance` and the `share` of a year that bore the interest.
    """
    if rule.bearing is Bearing.NONE:
        subsidy = 0
    elif rule.bearing is Bearing.SHARE:
        subsidy = rounded(made * rule.share.numerator, rule.share.denominator)
    else:
        subsidy = max(0, made - interest(balance, rule.borrower_rate, share))
    return subsidy, made - subsidy


def subsidised(due: date, maturity: date, paid_on: date | None, *, extended: bool = False) -> bool:
    """Whether interest due on `due` is subsidised at all: inside the original term, paid on time, not extended."""
    return due <= maturity and not extended and paid_on is not None and paid_on <= due
