"""What lateness costs: penalty on overdue principal, compound on unpaid interest, both by the contract."""

from __future__ import annotations

from fractions import Fraction

from qiao.engines.amortisation.money import rounded

PENALTY_FACTOR = Fraction(3, 2)
"""1.3 to 1.5 of the contract's rate by agreement (People's Bank, 2003, no. 251); recalled, to be confirmed."""


def penalty(
    amount: int, rate: Fraction, days: int, factor: Fraction = PENALTY_FACTOR, basis: int = 360
) -> int:
    """Penalty in fen on `amount` fen that has been overdue for `days`: amount * rate * factor * days / basis.

    The figure is the total of all days, rounded once (half up). The same formula compounds unpaid interest.
    """
    charged = rate * factor
    return rounded(amount * charged.numerator * max(days, 0), charged.denominator * basis)
