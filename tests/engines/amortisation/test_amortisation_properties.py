"""What holds for every loan: the sums agree to the fen whatever happens, and both ways of computing agree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from qiao.engines.amortisation import (
    HALF,
    After,
    Convention,
    DayCount,
    Deed,
    Event,
    Method,
    Open,
    Part,
    Step,
    Terms,
    above_lpr,
    accrued_on_day,
    allocate,
    interest,
    interest_between,
    pay_off,
    replay,
    schedule,
    schedules,
    share_to,
    split,
)
from qiao.engines.amortisation.accrual import share_between
from qiao.engines.amortisation.batch import RATE_UNIT

OURS = (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.BULLET)
sums = st.integers(1, 200_000_000)
rates = st.integers(0, 2400).map(lambda points: Fraction(points, 10_000))
days = st.dates(date(2002, 1, 1), date(2040, 1, 1))


@st.composite
def loans(draw, methods=OURS):
    step = draw(st.sampled_from([Step(months=1), Step(months=3), Step(days=14)]))
    start, count = draw(days), draw(st.integers(1, 40))
    method = draw(st.sampled_from(methods))
    rule = draw(st.sampled_from([DayCount.PERIOD, DayCount.ACT_360, DayCount.ACT_365, DayCount.THIRTY_E_360]))
    grace = draw(st.integers(0, count - 1)) if method is not Method.BULLET else 0
    due = [step.after(start, number) for number in range(1, count + 1)]
    return Terms(draw(sums), draw(rates), start, due, method, Convention(rule), step, grace=grace)


@given(loans())
def test_rows_add_up_and_nothing_is_negative(terms):
    rows = schedule(terms)
    assert [row.due for row in rows] == list(terms.due)
    assert sum(row.principal for row in rows) == terms.principal
    balance = terms.principal
    for number, row in enumerate(rows):
        assert row.principal >= 0
        assert row.interest >= 0
        assert number >= terms.grace or row.principal == 0
        balance -= row.principal
        assert row.balance == balance
    assert balance == 0


@given(loans(), st.data())
def test_whatever_is_prepaid_the_principal_comes_back_once(terms, data):
    events, left = [], terms.principal
    for _ in range(data.draw(st.integers(0, 4))):
        on = terms.start + timedelta(
            data.draw(st.integers(1, max(1, (terms.due[-1] - terms.start).days - 1)))
        )
        amount = data.draw(st.integers(1, max(1, left)))
        events.append(Event(on, Deed.PREPAY, amount))
        left = max(1, left - amount)
    after = data.draw(st.sampled_from([After.TERM, After.INSTALMENT]))
    try:
        rows = replay(terms, events, after)
    except ValueError:
        assume(False)
    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance == 0
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)
    assert rows[-1].due <= terms.due[-1]


@given(loans(methods=(Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL)), st.data())
def test_an_early_repayment_never_costs_interest(terms, data):
    assume(terms.principal > 100_00 and len(terms.due) > 2)
    number = data.draw(st.integers(0, len(terms.due) - 2))
    before = schedule(terms)
    assume(before[number].balance > 1)
    event = Event(terms.due[number], Deed.PREPAY, data.draw(st.integers(1, before[number].balance)))
    paid = {
        after: sum(row.interest for row in replay(terms, [event], after))
        for after in (After.TERM, After.INSTALMENT)
    }
    whole = sum(row.interest for row in before)
    slack = len(terms.due)
    assert paid[After.TERM] <= whole + slack
    assert paid[After.INSTALMENT] <= whole + slack
    assert paid[After.TERM] <= paid[After.INSTALMENT] + slack


@given(sums, st.integers(0, 240_000), st.integers(1, 60), st.sampled_from(OURS), st.data())
def test_a_million_at_once_are_what_each_is_alone(principal, millionths, count, method, data):
    grace = data.draw(st.integers(0, count - 1)) if method is not Method.BULLET else 0
    start = date(2006, 1, 31)
    due = [Step(months=1).after(start, number) for number in range(1, count + 1)]
    rate = Fraction(millionths, RATE_UNIT)
    alone = schedule(Terms(principal, rate, start, due, method, grace=grace))
    lent = np.array([principal, principal + 1, 123_45], np.int64)
    made = schedules(lent, np.full(3, millionths, np.int64), np.ones(count, np.int64), 12, method, grace)
    assert made.principal[:, 0].tolist() == [row.principal for row in alone]
    assert made.interest[:, 0].tolist() == [row.interest for row in alone]
    assert (made.principal.sum(axis=0) == lent).all()


@given(sums, rates, st.integers(1, 60))
def test_the_level_instalment_is_that_of_exact_decimals(principal, rate, count):
    assume(rate)
    due = [Step(months=1).after(date(2006, 3, 15), number) for number in range(1, count + 1)]
    rows = schedule(Terms(principal, rate, date(2006, 3, 15), due, Method.EQUAL_INSTALMENT))
    with localcontext(prec=60):
        monthly = Decimal(rate.numerator) / Decimal(rate.denominator * 12)
        level = Decimal(principal) * monthly / (1 - (1 + monthly) ** -count)
        exact = int(level.quantize(Decimal(1), ROUND_HALF_UP))
    if count > 1 and rows[0].balance:
        assert rows[0].total == max(exact, rows[0].interest)


@given(sums, rates, st.integers(1, 400), st.sampled_from([360, 365]))
def test_days_add_up_to_the_interest_of_the_period(balance, rate, count, basis):
    daily = [accrued_on_day(balance, rate, number, basis) for number in range(1, count + 1)]
    assert sum(daily) == interest(balance, rate, (count, basis))
    assert min(daily) >= 0


@given(st.sampled_from(list(DayCount)), days, st.integers(2, 92), st.data())
def test_the_parts_of_a_period_add_up_to_it(rule, start, length, data):
    end = start + timedelta(length)
    middle = start + timedelta(data.draw(st.integers(1, length - 1)))
    step = Step(months=1)
    parts = [
        Fraction(*share_between(rule, (start, end), a, b, step)) for a, b in ((start, middle), (middle, end))
    ]
    assert sum(parts) == Fraction(*share_to(rule, start, end, end, step))
    assert min(parts) >= 0


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from(list(Part)), st.integers(0, 10**8)))
def test_a_payment_is_settled_whole(paid, owed):
    parts, excess = allocate(paid, owed)
    assert sum(parts.values()) + excess == paid
    assert all(0 <= amount <= owed.get(part, 0) for part, amount in parts.items())
    assert excess == 0 or all(parts[part] == owed.get(part, 0) for part in Part)


@given(sums, rates, st.integers(1, 200))
def test_subsidy_and_borrower_make_up_the_interest(balance, rate, count):
    share = (count, 360)
    made = interest(balance, rate, share)
    for rule in (HALF, above_lpr(Fraction(385, 10_000))):
        subsidy, borrower = split(made, rule, balance, share)
        assert subsidy + borrower == made
        assert min(subsidy, borrower) >= 0


@given(loans(), st.integers(0, 1500))
def test_a_pay_off_is_everything_that_is_owed(terms, later):
    rows = schedule(terms)
    on = terms.start + timedelta(later)
    starts = [terms.start, *terms.due]
    left = [
        Open(since, row.due, row.principal, row.interest, row.due)
        for since, row in zip(starts, rows, strict=False)
    ]
    found = pay_off(left, terms.rate, on, terms.convention.day_count, terms.step)
    assert found.principal == terms.principal
    assert found.total == found.fallen_due + found.running_principal + found.running_interest
    assert found.penalty == 0 or on > rows[0].due
    tomorrow = pay_off(left, terms.rate, on + timedelta(1), terms.convention.day_count, terms.step)
    assert tomorrow.total >= found.total - 1


@given(days, st.integers(0, 800))
def test_day_counts_agree_where_they_must(start, length):
    end = start + timedelta(length)
    for rule, basis in ((DayCount.ACT_360, 360), (DayCount.ACT_365, 365)):
        assert interest_between(basis * 100, Fraction(1, 100), start, end, rule) == length
