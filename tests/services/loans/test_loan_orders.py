"""Whatever the order of payments, early repayments and reversals: what is repaid and what is owed make up what was lent."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import Fund, Instalment, Line, Loan, Repayment
from qiao.services.loans.money.repaying import reverse

KINDS = (
    {"repaid_by": "equal_instalment", "counted": "PERIOD", "every_months": 1, "settled_day": 0},
    {"repaid_by": "equal_principal", "counted": "ACT/360", "every_months": 3},
    {"repaid_by": "interest_only_bullet"},
)
PAYMENT = st.tuples(
    st.integers(0, 120), st.integers(1, 9_000_00), st.sampled_from(["reduce_term", "reduce_instalment"])
)
STORY = st.lists(st.one_of(PAYMENT, st.just("undo")), min_size=1, max_size=5)
END = date(2012, 1, 1)


@given(terms=st.sampled_from(KINDS), story=STORY)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_order_keeps_the_sum(district, terms, story):
    district.now(END)
    with transaction.atomic():
        loan = district.lent(months=12, **terms)
        day = loan.lent_on
        for step in story:
            try:
                if step == "undo":
                    _undo_the_last(district, loan)
                else:
                    days, fen, after = step
                    day += timedelta(days)
                    district.repaid(loan, fen, day, after)
            except Refused:
                pass
            _sums_hold(loan)
        transaction.set_rollback(True)


def _undo_the_last(district, loan: Loan) -> None:
    last = Repayment.objects.filter(loan=loan, reversed_by=None).order_by("-pk").first()
    if last:
        reverse(last.pk, district.booked(END), "undone")


def _sums_hold(loan: Loan) -> None:
    loan.refresh_from_db()
    rows = Instalment.objects.filter(loan=loan, retired=None).aggregate(
        principal=Sum("principal_fen"), paid=Sum("paid_principal_fen")
    )
    repaid = Repayment.objects.filter(loan=loan, reversed_by=None).aggregate(fen=Sum("principal_fen"))["fen"]
    assert rows["principal"] == loan.amount_fen
    assert rows["paid"] == (repaid or 0) == loan.amount_fen - loan.balance_fen
    assert Fund.objects.get().liability_fen == loan.guaranteed_fen
    owed = Line.objects.filter(loan=loan).aggregate(
        debit=Sum("fen", filter=Q(debit="principal"), default=0),
        credit=Sum("fen", filter=Q(credit="principal"), default=0),
    )
    assert owed["debit"] - owed["credit"] == loan.balance_fen
