"""What a loan takes to be paid off on a day: one function for the quote and for the booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qiao.engines.amortisation.accrual import interest, share_to
from qiao.engines.amortisation.allocation import Part
from qiao.engines.amortisation.dates import MONTH, Step
from qiao.engines.amortisation.daycount import DayCount
from qiao.engines.amortisation.penalty import PENALTY_FACTOR, penalty


@dataclass(frozen=True, slots=True)
class Open:
    """A row of the schedule and what of it is unpaid, in fen.

    `since`: interest of the row accrues from that day to `due`. `penalty`, `compound`: charged and unpaid up to
    `charged_to`, the day from which lateness is counted on (the due date when nothing was charged yet).
    """

    since: date
    due: date
    principal: int
    interest: int
    charged_to: date
    penalty: int = 0
    compound: int = 0


@dataclass(frozen=True, slots=True)
class Lateness:
    """The contract's words on lateness: `factor` on the rate, `basis` of days in a year."""

    factor: Fraction = PENALTY_FACTOR
    basis: int = 360


@dataclass(frozen=True, slots=True)
class Payoff:
    """In fen. `due`: what has fallen due by the day, by part; `running`: principal not yet due, and its interest."""

    due: dict[Part, int]
    running_principal: int
    running_interest: int

    @property
    def principal(self) -> int:
        return self.due[Part.PRINCIPAL] + self.running_principal

    @property
    def interest(self) -> int:
        return self.due[Part.INTEREST] + self.running_interest

    @property
    def penalty(self) -> int:
        return self.due[Part.PENALTY] + self.due[Part.COMPOUND]

    @property
    def fallen_due(self) -> int:
        return sum(self.due.values())

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.penalty


def late(row: Open, on: date, rate: Fraction, terms: Lateness) -> tuple[int, int]:
    """Unpaid penalty on a row's principal and compound on its interest to `on`, in fen."""
    days = (on - max(row.charged_to, row.due)).days
    return (
        row.penalty + penalty(row.principal, rate, days, terms.factor, terms.basis),
        row.compound + penalty(row.interest, rate, days, terms.factor, terms.basis),
    )


def pay_off(
    rows: Sequence[Open],
    rate: Fraction,
    on: date,
    day_count: DayCount,
    step: Step = MONTH,
    lateness: Lateness = Lateness(),
) -> Payoff:
    """Everything owed on `on`: rows due by then with their penalty, the rest of the principal, interest to the day.

    Interest is due for the days the money was used (Civil Code, article 677): the first day counts, `on` does not.
    Overdue principal bears the penalty rate in place of the contract's. Rows are ascending by due date.
    """
    due = dict.fromkeys(Part, 0)
    ahead = [row for row in rows if row.due > on]
    for row in rows:
        if row.due <= on:
            charged, compound = late(row, on, rate, lateness)
            due[Part.PRINCIPAL] += row.principal
            due[Part.INTEREST] += row.interest
            due[Part.PENALTY] += charged
            due[Part.COMPOUND] += compound
    balance, accrued = sum(row.principal for row in ahead), 0
    if ahead and ahead[0].since < on:
        accrued = interest(balance, rate, share_to(day_count, ahead[0].since, on, ahead[0].due, step))
    return Payoff(due, balance, accrued)
