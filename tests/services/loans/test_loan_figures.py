"""The figures of loans: each as its definition says, on the day asked, and equal to the names it opens to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import case_world as world
import pytest

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Ratio
from qiao.services.loans.models import Loan, Standing
from qiao.services.loans.money.claiming import claim
from qiao.services.loans.money.extending import extend
from qiao.services.loans.money.repaying import reverse
from qiao.services.loans.money.subsidising import owed, pay

EQUAL = {"repaid_by": "equal_principal", "counted": "ACT/360", "every_months": 1, "settled_day": 0}
TODAY = date(2006, 8, 31)
ALL = "2003-01-01..2006-08-31"


def figure(code: str, period: str = ALL, today: date = TODAY):
    found = figures.figure(registry.get(code), Scope(world.DISTRICT), Period.parse(period), today)
    return found.value


def opened(code: str, part: str, period: str, today: date = TODAY) -> int:
    indicator = registry.get(code)
    rows = figures.drill(indicator, Scope(world.DISTRICT), Period.parse(period), part=part, today=today)
    tally = getattr(indicator, part) if isinstance(indicator, Ratio) else indicator
    return tally.total(rows)


@pytest.fixture
def three(district):
    """One paid to the day, one 30 days late with its first row, one of which nothing was ever paid."""
    district.now(TODAY)
    loans = [district.lent(12_000_00, months=12, **EQUAL) for _ in range(3)]
    rows = list(loans[0].instalments.order_by("due"))
    for row in rows[:5]:
        district.repaid(loans[0], row.principal_fen + row.interest_fen, row.due)
    district.repaid(loans[1], 1_100_00, date(2006, 5, 17))
    return district, loans


def test_the_rates_count_money_heads_and_days(three):
    _, loans = three
    assert figure("loan_borrowers") == 3
    assert figure("loans_lent") == 36_000_00
    assert figure("due_repayment_rate", "2006-04") == Fraction(200, 3)
    assert figure("on_time_repayment_rate", "2006-04") == Fraction(100, 3)
    assert figure("due_repayment_rate_borrowers", "2006-04") == Fraction(200, 3)
    assert figure("due_repayment_rate_borrowers") == Fraction(100, 3)
    paid = 5 * 1_000_00 + loans[1].amount_fen - loans[1].balance_fen
    assert (
        figure("due_repayment_rate") == Fraction(paid * 100, 15_000_00) == figure("cumulative_repayment_rate")
    )


def test_a_past_day_keeps_its_own_portfolio(three):
    _, loans = three
    assert figure("loan_par_1", "2006-04") == Fraction(2400, 36 - 1)
    assert figure("loan_par_30", "2006-04") == 0
    assert figure("loan_par_30", "2006-05") > 0
    assert figure("loan_outstanding", "2006-04") == 35_000_00
    assert figure("loan_outstanding") == sum(Loan.objects.values_list("balance_fen", flat=True))
    assert figure("loans_running", "2006-02") == 0
    assert (
        figure("loan_par_90")
        == Fraction(loans[1].balance_fen + loans[2].balance_fen, figure("loan_outstanding")) * 100
    )


def test_what_is_repaid_ahead_is_on_neither_side(district):
    district.now(TODAY)
    loan = district.lent(12_000_00, months=12, **EQUAL)
    first = loan.instalments.order_by("due").first()
    district.repaid(loan, first.principal_fen + first.interest_fen, first.due)
    district.repaid(loan, 3_000_00, date(2006, 4, 25))
    due = figures.figure(
        registry.get("due_repayment_rate"), Scope(world.DISTRICT), Period.parse("2006-04"), TODAY
    )
    assert (due.numerator, due.denominator) == (1_000_00, 1_000_00)


def test_a_claim_is_no_repayment_and_a_reversal_takes_the_spell_back(three):
    district, loans = three
    before = figure("due_repayment_rate")
    made = claim(loans[2].pk, date(2006, 6, 1), district.booked(date(2006, 6, 1)))
    assert figure("due_repayment_rate") == before
    assert figure("loan_claims", "2006-06") == made.paid_fen
    assert figure("loan_outstanding", "2006-06") == figure("loan_outstanding", "2006-06")
    last = loans[1].repayments.get()
    reverse(last.pk, district.booked(), "wrong loan")
    assert list(Standing.objects.filter(loan=loans[1]).values_list("until", "balance_fen")) == [
        (None, 12_000_00)
    ]


def test_extended_principal_falls_due_on_the_new_day(district):
    district.now(TODAY)
    loan = district.lent(on=date(2005, 8, 15), months=12)
    end = loan.ends_on
    extend(loan.pk, date(2007, 2, 15), date(2006, 8, 10), district.clerk, district.centre)
    assert figure("due_repayment_rate", "2006-08") is None
    assert end < date(2006, 8, 31)


def test_a_subsidy_is_paid_once_for_interest_paid_on_time(three):
    district, loans = three
    april = (date(2006, 4, 1), date(2006, 5, 1))
    lines = owed(district.bank, *april)
    assert [(one.row.loan_id, one.subsidy, one.borrower) for one in lines] == [
        (loans[0].pk, lines[0].row.interest_fen, 0)
    ]
    booked = district.booked(key="subsidy-2006-04")
    entry = pay(district.bank, *april, booked)
    assert pay(district.bank, *april, booked) == entry
    assert owed(district.bank, *april) == []
    assert figure("loan_subsidy", "2006-04") == entry.total_fen == lines[0].subsidy


@pytest.mark.parametrize("period", [ALL, "2006-04", "2006-08"])
def test_every_figure_opens_to_the_names_that_make_it(three, period):
    checked = 0
    for indicator in registry.indicators():
        if indicator.code not in CODES:
            continue
        found = figures.figure(indicator, Scope(world.DISTRICT), Period.parse(period), TODAY)
        if isinstance(indicator, Ratio):
            assert opened(indicator.code, "numerator", period) == found.numerator
            assert opened(indicator.code, "denominator", period) == found.denominator
            rows = figures.drill(
                indicator, Scope(world.DISTRICT), Period.parse(period), part="missing", today=TODAY
            )
            assert (found.numerator == found.denominator) == (not rows.exists()), indicator.code
        else:
            assert opened(indicator.code, "", period) == found.value
        checked += found.value or 0
    assert checked


CODES = {
    one.code
    for one in registry.indicators()
    if "loan" in one.code or "repayment" in one.code or "payment" in one.code
}
