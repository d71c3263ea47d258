"""A loan from the payment to the last instalment: what is due, what a payment settles, what undoing gives back."""

from __future__ import annotations

from datetime import date

import money_world
import pytest
from django.db.models import Sum

from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import Claim, Entry, Fund, Instalment, Line, Loan, Repayment
from qiao.services.loans.money import guarantee
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.claiming import claim, pay_in, reverse_claim
from qiao.services.loans.money.extending import extend
from qiao.services.loans.money.lending import disburse
from qiao.services.loans.money.repaying import repay, reverse
from qiao.services.loans.money.rows import active, quote

EQUAL = {"repaid_by": "equal_instalment", "counted": "PERIOD", "every_months": 1, "settled_day": 0}


def state(loan: Loan):
    loan.refresh_from_db()
    kept = ("balance_fen", "guaranteed_fen", "oldest_unpaid", "period_start", "repaid_on", "ends_on")
    lines = [(row.due, row.principal_fen, row.interest_fen, row.penalty_fen, row.compound_fen, row.paid_principal_fen,
              row.paid_interest_fen, row.paid_penalty_fen, row.paid_compound_fen, row.settled_on, row.charged_to)
             for row in active(loan)]  # fmt: skip
    fund = Fund.objects.get()
    return [getattr(loan, name) for name in kept], lines, fund.deposit_fen, fund.liability_fen


def test_the_loan_of_2006_has_the_rows_of_the_bank(district):
    loan = district.lent()
    assert money_world.rows(loan)[0] == ("2006-03-20", 0, 16_00, False)
    assert len(money_world.rows(loan)) == 9
    assert Instalment.objects.aggregate(sum=Sum("principal_fen"))["sum"] == 20_000_00
    assert (loan.subsidy, loan.subsidy_share) == ("share", 100)
    assert loan.balance_fen == loan.guaranteed_fen == Fund.objects.get().liability_fen == 20_000_00
    assert loan.oldest_unpaid == date(2006, 3, 20)


def test_a_payment_settles_what_is_due_the_oldest_first_with_its_penalty(district):
    loan = district.lent(repaid_by="equal_principal", counted="ACT/360", every_months=3)
    district.now(date(2006, 9, 30))
    first = active(loan)[0]
    late = date(2006, 4, 19)
    made = district.repaid(loan, 1_000_00, late)
    penalty = round(first.principal_fen * 0.0576 * 1.5 * 30 / 360)
    compound = round(first.interest_fen * 0.0576 * 1.5 * 30 / 360)
    assert (made.penalty_fen, made.compound_fen, made.interest_fen) == (penalty, compound, first.interest_fen)
    assert made.principal_fen == 1_000_00 - penalty - compound - first.interest_fen
    assert loan.balance_fen == 20_000_00 - made.principal_fen == loan.guaranteed_fen
    assert loan.oldest_unpaid == first.due


def test_the_quote_is_what_is_booked_and_pays_the_loan_off(district):
    loan = district.lent(**EQUAL)
    on = date(2006, 8, 21)
    owed = quote(loan, active(loan), on)
    made = district.repaid(loan, owed.total, on)
    assert made.kind == "pay_off"
    assert (made.principal_fen, made.interest_fen) == (owed.principal, owed.interest)
    assert (loan.balance_fen, loan.repaid_on, loan.oldest_unpaid) == (0, on, None)
    assert Fund.objects.get().liability_fen == 0
    with pytest.raises(Refused, match="is repaid"):
        district.repaid(loan, 1_00, on)


@pytest.mark.parametrize("after", ["reduce_term", "reduce_instalment"])
def test_an_early_repayment_shortens_the_term_or_cuts_the_instalment(district, after):
    loan = district.lent(**EQUAL)
    rows = active(loan)
    district.now(date(2006, 9, 1))
    for row in rows[:3]:
        district.repaid(loan, row.principal_fen + row.interest_fen, row.due)
    level = rows[3].principal_fen + rows[3].interest_fen
    paid_up = loan.balance_fen
    made = district.repaid(loan, 5_000_00, rows[2].due, after)
    left = [row for row in active(loan) if row.settled_on is None]
    assert (made.kind, made.principal_fen, made.interest_fen) == ("prepay", 5_000_00, 0)
    assert sum(row.principal_fen for row in left) == loan.balance_fen == paid_up - 5_000_00
    if after == "reduce_term":
        assert left[0].principal_fen + left[0].interest_fen == level
        assert len(left) < len(rows) - 3
    else:
        assert left[0].principal_fen + left[0].interest_fen < level
        assert left[-1].due == rows[-1].due


def test_undoing_is_the_exact_opposite(district):
    loan = district.lent(**EQUAL)
    stood = [state(loan)]
    made = []
    for fen, on, after in (
        (300_00, date(2006, 4, 15), ""),
        (2_000_00, date(2006, 5, 30), "reduce_instalment"),
        (3_000_00, date(2006, 7, 3), "reduce_term"),
    ):
        made.append(district.repaid(loan, fen, on, after or "reduce_term"))
        stood.append(state(loan))
    with pytest.raises(Refused, match="Later payments stand on this one"):
        reverse(made[0].pk, district.booked(), "wrong loan")
    for one in reversed(made):
        stood.pop()
        entry = reverse(one.pk, district.booked(), "wrong loan")
        assert entry.reverses == one.entry
        assert state(loan) == stood[-1]
    with pytest.raises(Refused, match="already reversed"):
        reverse(made[0].pk, district.booked(), "again")
    assert {(line.debit, line.credit) for line in Line.objects.filter(entry=made[0].entry)} == {
        (line.credit, line.debit) for line in Line.objects.filter(entry__reverses=made[0].entry)
    }


@pytest.mark.parametrize(
    ("fen", "on", "said"),
    [
        (0, date(2006, 8, 31), "more than nothing"),
        (-5, date(2006, 8, 31), "more than nothing"),
        (99_999_99, date(2006, 8, 31), "are more than is owed"),
        (100_00, date(2006, 3, 14), "cannot be repaid before"),
        (100_00, date(2006, 9, 1), "lies in the future"),
        (100_00, date(2006, 4, 1), "already booked"),
    ],
)
def test_what_cannot_be_repaid_is_refused_in_words(district, fen, on, said):
    loan = district.lent()
    district.repaid(loan, 16_00, date(2006, 4, 20))
    before = state(loan)
    with pytest.raises(Refused, match=said):
        repay(loan.pk, fen, on, Booked("key", date(2006, 8, 31), district.clerk))
    assert state(loan) == before


def test_a_repeated_call_books_once(district):
    loan = district.lent()
    booked = Booked("file-7-row-3", date(2006, 8, 31), district.clerk)
    made = {repay(loan.pk, 16_00, date(2006, 3, 20), booked).pk for _ in range(3)}
    assert len(made) == 1
    assert Repayment.objects.count() == 1
    with pytest.raises(Refused, match="already stands for another"):
        repay(loan.pk, 17_00, date(2006, 3, 20), booked)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"fen": 20_000_01}, "above the highest loan"),
        ({"rate": 6_000_000}, "write 5.76 for 5.76 %"),
        ({"on": date(2001, 5, 1)}, "not in force yet"),
        ({"fen": -1}, "more than nothing"),
        ({"grace": 30}, "Grace must leave"),
    ],
)
def test_a_loan_outside_the_policy_of_its_day_is_not_paid_out(district, terms, said):
    application = district.applied()
    with pytest.raises(Refused, match=said):
        disburse(application, district.contract(**terms), district.booked())
    assert not Loan.objects.exists()
    assert Fund.objects.get().liability_fen == 0


def test_nobody_pays_out_alone_and_nobody_borrows_twice(district):
    application = district.applied()
    with pytest.raises(Refused, match="somebody who made it and another"):
        disburse(application, district.contract(), district.booked(checked=False))
    with pytest.raises(Refused, match="Somebody else must confirm"):
        disburse(
            application, district.contract(), Booked("k", money_world.LENT, district.clerk, district.clerk)
        )
    disburse(application, district.contract(), district.booked())
    application.closed_on = money_world.LENT
    application.save()
    again = district.applied()
    again.resident = application.resident
    again.save()
    with pytest.raises(Refused, match="still owes an earlier loan"):
        disburse(again, district.contract(), district.booked())


def test_the_fund_promises_no_more_than_its_multiple(district):
    pay_in(district.fund, -196_000_00, date(2006, 1, 5), district.booked(date(2006, 1, 5)))
    one, other = district.applied(), district.applied()
    guarantee.reserve(one, 20_000_00, money_world.LENT)
    with pytest.raises(Refused, match=r"room for 0\.00 yuan"):
        guarantee.reserve(other, 1, money_world.LENT)
    with pytest.raises(Refused, match="cannot be withdrawn"):
        pay_in(district.fund, -1_00, date(2006, 3, 16), district.booked())
    assert guarantee.release(one, money_world.LENT) == 20_000_00
    guarantee.reserve(other, 20_000_00, money_world.LENT)
    loan = disburse(other, district.contract(), district.booked())
    assert Fund.objects.get().liability_fen == loan.guaranteed_fen == 20_000_00


def test_a_claim_leaves_the_debt_and_takes_the_room(district):
    loan = district.lent(repaid_by="equal_principal", every_months=3, share=80)
    owed = loan.balance_fen
    day = date(2006, 6, 19)
    made = claim(loan.pk, day, district.booked(day))
    assert made.paid_fen == round((made.principal_fen + made.interest_fen) * 0.8)
    loan.refresh_from_db()
    fund = Fund.objects.get()
    assert loan.balance_fen == owed
    assert fund.deposit_fen == 200_000_00 - made.paid_fen
    with pytest.raises(Refused, match="already paid"):
        claim(loan.pk, day, district.booked(day))
    back = district.repaid(loan, 1_000_00, date(2006, 7, 3))
    assert back.fund_fen == round((back.principal_fen + back.interest_fen) * 0.8)
    assert Claim.objects.get().recovered_fen == back.fund_fen
    with pytest.raises(Refused, match="Reverse those payments first"):
        reverse_claim(made.pk, district.booked(), "mistake")
    reverse(back.pk, district.booked(), "mistake")
    reverse_claim(made.pk, district.booked(), "mistake")
    assert Fund.objects.get().deposit_fen == 200_000_00


def test_a_claim_comes_in_time_and_within_the_ceiling(district):
    loan = district.lent(repaid_by="equal_principal", every_months=3)
    with pytest.raises(Refused, match="had to be made by 2006-06-20"):
        claim(loan.pk, date(2006, 6, 21), district.booked())
    with pytest.raises(Refused, match="Nothing of this loan is overdue"):
        claim(loan.pk, date(2006, 3, 20), district.booked())
    pay_in(district.fund, -191_000_00, date(2006, 1, 5), district.booked(date(2006, 1, 5)))
    with pytest.raises(Refused, match="the ceiling is"):
        claim(loan.pk, date(2006, 6, 19), district.booked())


def test_what_a_claim_left_above_the_multiple_is_tolerated_and_only_sinks(district):
    loans = [district.lent(repaid_by="equal_principal", every_months=3) for _ in range(2)]
    Fund.objects.update(deposit_fen=7_900_00)
    fund = Fund.objects.get()
    assert (fund.liability_fen, fund.tolerated_fen) == (40_000_00, 40_000_00)
    with pytest.raises(Refused, match="room for"):
        guarantee.reserve(district.applied(), 1, date(2006, 4, 1))
    district.repaid(loans[0], 300_00, date(2006, 3, 20))
    fund.refresh_from_db()
    assert fund.tolerated_fen == fund.liability_fen == 40_000_00 - 284_00
    district.repaid(loans[0], 2_000_00, date(2006, 3, 20))
    fund.refresh_from_db()
    assert fund.tolerated_fen == 0


def test_a_loan_is_extended_once_by_its_last_day_and_by_two_people(district):
    loan = district.lent(months=6)
    last = active(loan)[-1]
    district.now(date(2006, 12, 31))
    with pytest.raises(Refused, match="had to be extended by then"):
        extend(loan.pk, date(2007, 3, 15), date(2006, 9, 30), district.clerk, district.centre)
    with pytest.raises(Refused, match="Somebody else must confirm"):
        extend(loan.pk, date(2007, 3, 15), last.due, district.clerk, district.clerk)
    with pytest.raises(Refused, match="extension ends after"):
        extend(loan.pk, date(2017, 3, 15), last.due, district.clerk, district.centre)
    made = extend(loan.pk, date(2007, 3, 15), last.due, district.clerk, district.centre)
    rows = active(loan)
    assert made.moved_fen == 20_000_00
    assert sum(row.principal_fen for row in rows) == 20_000_00
    assert rows[-1].due == date(2007, 3, 15)
    assert [row.extended for row in rows][-3:] == [True] * 3
    with pytest.raises(Refused, match="extended once"):
        extend(loan.pk, date(2007, 6, 15), last.due, district.clerk, district.centre)


def test_every_account_of_the_journal_is_what_the_records_say(district):
    loans = [district.lent(**EQUAL), district.lent()]
    district.repaid(loans[0], 2_000_00, date(2006, 6, 15))
    district.repaid(loans[1], 16_00, date(2006, 3, 20))
    debits = {
        one["debit"]: one["fen"] for one in Line.objects.order_by().values("debit").annotate(fen=Sum("fen"))
    }
    credits = {
        one["credit"]: one["fen"] for one in Line.objects.order_by().values("credit").annotate(fen=Sum("fen"))
    }
    assert sum(debits.values()) == sum(credits.values())
    assert debits["principal"] - credits["principal"] == sum(loan.balance_fen for loan in Loan.objects.all())
    assert debits["fund"] - credits.get("fund", 0) == Fund.objects.get().deposit_fen
    assert Entry.objects.aggregate(sum=Sum("total_fen"))["sum"] == sum(debits.values())
