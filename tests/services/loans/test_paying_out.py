"""From the bank's consent to the money: the fund's promise, the contract, and a second person who confirms."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest
from test_applications import applied, at_the_bank, take

from qiao.services.loans.models import Loan

TODAY = world.TODAY
CONTRACT = {
    "extra-number": "石商银借2006-31",
    "extra-lent_on": "2006-08-31",
    "extra-rate": "5.76",
    "extra-repaid_by": "interest_only_bullet",
}


def granted(at, bank, name: str = "刘桂芳", **given):
    case = at_the_bank(at, bank, name, **given)
    assert take(at("bank"), case, "grant").status_code == 302
    return case


def signed(at, bank, **given):
    case = granted(at, bank, **given)
    answer = take(at("bank"), case, "sign", **CONTRACT)
    assert answer.status_code == 302, answer.content.decode()
    return case


def test_the_bank_signs_and_the_centre_confirms(at, bank, fund):
    case = signed(at, bank)
    assert not Loan.objects.exists()
    assert take(at("bank"), case, "pay").status_code == 409
    assert take(at("centre"), case, "pay").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.lent_on, case.closed_on) == ("lent", TODAY, TODAY)
    loan = Loan.objects.get()
    assert (loan.application, loan.amount_fen, loan.rate) == (case, 2_000_000, 57_600)
    assert loan.matures_on == date(2008, 8, 31)
    assert sum(row.principal_fen for row in loan.instalments.all()) == loan.amount_fen
    fund.refresh_from_db()
    assert fund.liability_fen == loan.guaranteed_fen == 2_000_000
    page = at("bank").get(f"/l/loans/{loan.pk}/").content.decode()
    assert "石商银借2006-31" in page
    assert at("other_bank").get(f"/l/loans/{loan.pk}/").status_code == 404


def test_a_promise_takes_room_and_gives_it_back(at, bank, fund):
    case = at_the_bank(at, bank)
    fund.refresh_from_db()
    assert fund.liability_fen == 2_000_000
    take(at("bank"), case, "return_guaranteed", **{"decision-reason": "补材料"})
    fund.refresh_from_db()
    assert fund.liability_fen == 0
    assert take(at("centre"), case, "guarantee").status_code == 302
    take(at("station"), case, "withdraw", **{"decision-reason": "已找到工作"})
    fund.refresh_from_db()
    case.refresh_from_db()
    assert (case.stage, fund.liability_fen) == ("withdrawn", 0)


def test_a_fund_without_room_promises_nothing(at, bank, fund):
    for number in range(5):
        at_the_bank(at, bank, f"刘桂{number}")
    case = applied(at)
    world.all_papers(case)
    take(at("station"), case, "check")
    take(at("office"), case, "recommend")
    take(at("loans"), case, "send", **{"extra-bank": bank.pk})
    page = take(at("centre"), case, "guarantee").content.decode()
    assert "room for 0.00 yuan" in page
    case.refresh_from_db()
    assert case.stage == "sent"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"extra-rate": "0.0576"}, "write 5.76"),
        ({"extra-rate": "576"}, "write 5.76"),
        ({"extra-rate": "-1"}, "greater than or equal to 0"),
        ({"extra-lent_on": "2006-09-30"}, "future"),
        ({"extra-lent_on": "2001-01-01"}, "before it was applied for"),
    ],
)
def test_what_no_contract_says_is_refused_beside_the_field(at, bank, given, words):
    case = granted(at, bank)
    answer = take(at("bank"), case, "sign", **{**CONTRACT, **given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
