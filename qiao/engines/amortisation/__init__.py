"""Loans in integers: schedules, interest to the day, early repayment, pay-off, penalty, subsidy, classes, ratios.

terms = Terms(principal, Fraction(576, 10_000), start, due, Method.EQUAL_INSTALMENT)      # fen, 5.76 % a year
schedule(terms)                                        # rows: due, principal, interest, balance
replay(terms, [Event(on, Deed.PREPAY, amount)], After.TERM)     # the rows after an early repayment
pay_off(open_rows, terms.rate, on, DayCount.ACT_360)   # what is owed on a day, by part: for the quote and the booking
allocate(paid, payoff.due)                             # in which order a payment settles it
penalty(amount, terms.rate, days), class_of(days), split(interest, HALF), ratios(standings), claim(principal, …)
schedules(principal, rate, shares, 12, method)         # a million loans at once, the same to the fen
cases.answer(case)                                     # a case as plain JSON

Money is integer fen. Rates are exact (`Fraction`, 0.0576 for 5.76 % a year). Every amount is multiplied first, divided
once and rounded half up; the last row takes what rounding left. Nothing here knows a database, a clock or a
calendar: the caller gives dates and working days.
"""

from qiao.engines.amortisation.accrual import accrued_on_day, interest, interest_between, share_to
from qiao.engines.amortisation.allocation import NORMAL, PRINCIPAL_FIRST, Part, allocate
from qiao.engines.amortisation.batch import schedules
from qiao.engines.amortisation.classes import (
    DECREE_2023,
    LOCAL_BEFORE,
    LoanClass,
    Thresholds,
    class_of,
    days_overdue,
)
from qiao.engines.amortisation.dates import (
    Step,
    following,
    modified_following,
    months_after,
    preceding,
    settled_on,
)
from qiao.engines.amortisation.daycount import DayCount, year_share
from qiao.engines.amortisation.fund import Claim, claim, headroom, stopped
from qiao.engines.amortisation.money import Rounding, rounded
from qiao.engines.amortisation.payoff import Lateness, Open, Payoff, late, pay_off
from qiao.engines.amortisation.penalty import PENALTY_FACTOR, penalty
from qiao.engines.amortisation.portfolio import Ratios, Standing, ratios
from qiao.engines.amortisation.recut import recut
from qiao.engines.amortisation.replay import After, Deed, Event, replay
from qiao.engines.amortisation.schedule import Row, schedule
from qiao.engines.amortisation.subsidy import (
    FULL,
    HALF,
    NONE,
    Bearing,
    SubsidyRule,
    above_lpr,
    split,
    subsidised,
)
from qiao.engines.amortisation.terms import Convention, Method, Terms

__all__ = [
    "DECREE_2023",
    "FULL",
    "HALF",
    "LOCAL_BEFORE",
    "NONE",
    "NORMAL",
    "PENALTY_FACTOR",
    "PRINCIPAL_FIRST",
    "After",
    "Bearing",
    "Claim",
    "Convention",
    "DayCount",
    "Deed",
    "Event",
    "Lateness",
    "LoanClass",
    "Method",
    "Open",
    "Part",
    "Payoff",
    "Ratios",
    "Rounding",
    "Row",
    "Standing",
    "Step",
    "SubsidyRule",
    "Terms",
    "Thresholds",
    "above_lpr",
    "accrued_on_day",
    "allocate",
    "claim",
    "class_of",
    "days_overdue",
    "following",
    "headroom",
    "interest",
    "interest_between",
    "late",
    "modified_following",
    "months_after",
    "pay_off",
    "penalty",
    "preceding",
    "ratios",
    "recut",
    "replay",
    "rounded",
    "schedule",
    "schedules",
    "settled_on",
    "share_to",
    "split",
    "stopped",
    "subsidised",
    "year_share",
]
