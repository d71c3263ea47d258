"""What a contract says: sum, rate, dates, method, and by which convention it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from qiao.engines.amortisation.dates import MONTH, Step
from qiao.engines.amortisation.daycount import DayCount
from qiao.engines.amortisation.money import Rounding


class Method(Enum):
    EQUAL_INSTALMENT = "equal_instalment"
    EQUAL_PRINCIPAL = "equal_principal"
    BULLET = "interest_only_bullet"
    CUSTOM = "custom_principal_weights"
    FLAT = "flat"
    """Interest always on the whole sum. Barred for our loans, as it misleads; kept to read what others made."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How amounts are counted and rounded. The defaults are those of the guaranteed loans.

    `unit`: fen that interest and principal are rounded to; `instalment_unit`: the same of the level instalment.
    `carry`: what rounding left out is carried to the next row. `retune`: the level instalment is moved when the last
    one differs from it by more than half a fen a period. `level_share`: the part of a year by which the level
    instalment is priced, where it is not that of the interest.
    """

    day_count: DayCount = DayCount.PERIOD
    rounding: Rounding = Rounding.HALF_UP
    unit: int = 1
    instalment_rounding: Rounding | None = None
    instalment_unit: int = 1
    carry: bool = False
    retune: bool = False
    level_share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """`principal` in fen; `rate` a year, 0.0576 for 5.76 %; `due` the due dates, ascending, the last is maturity.

    `grace`: rows at the start without principal; `interest_grace`: rows at the start whose interest falls due in the
    row after them. `weights`: shares of the principal by row, for CUSTOM. `accrues_to`: days to which interest runs
    where due dates were moved but interest was not; equals `due` when left out. `level`: the instalment in fen, where
    the contract fixes it; the loan then ends with the row that repays it.
    Raises ValueError when the sum is not above zero, the rate negative, dates do not ascend, or grace leaves no row.
    """

    principal: int
    rate: Fraction
    start: date
    due: Sequence[date]
    method: Method
    convention: Convention = field(default_factory=Convention)
    step: Step = MONTH
    grace: int = 0
    interest_grace: int = 0
    weights: Sequence[int] = ()
    accrues_to: Sequence[date] = ()
    level: int = 0

    def __post_init__(self) -> None:
        if self.principal <= 0:
            raise ValueError("the sum lent is above zero")
        if self.rate < 0:
            raise ValueError("the rate is not negative")
        if not self.due or any(a >= b for a, b in zip([self.start, *self.due], self.due, strict=False)):
            raise ValueError("due dates ascend from the day after the start")
        if not 0 <= self.grace < len(self.due) or not 0 <= self.interest_grace < len(self.due):
            raise ValueError("grace leaves at least one row")
        if self.method is Method.CUSTOM and len(self.weights) != len(self.due):
            raise ValueError("a weight for each row")
