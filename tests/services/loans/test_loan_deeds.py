"""What is done with a loan on its pages: shown first, booked once, confirmed by a second person where money needs two."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import case_world as world
import pytest

from qiao.core.accounts.rights import Role
from qiao.services.loans.models import Claim, ClassChange, Entry, Extension, Fund, Order, Repayment

pytestmark = pytest.mark.django_db
MONTHLY = {"repaid_by": "equal_instalment", "counted": "PERIOD", "every_months": 1, "settled_day": 0}


@pytest.fixture
def desk(district):
    """The bank's clerk, the guarantee centre, the loan section, at their browsers."""
    district.bank.clerks.add(district.clerk)
    made = {name: world.browser(one.appointments.get()) for name, one in
            (("bank", district.clerk), ("centre", district.centre))}  # fmt: skip
    made["section"] = world.browser(world.appoint("loans", Role.LOAN_SECTION, world.DISTRICT))
    return made


def shown_then_booked(client, url: str, **given):
    """Posts the form, then the button under what was shown; gives the page between."""
    page = client.post(url, given)
    assert page.status_code == 200, page.content.decode()
    key = re.search(r'name="key" value="(\w+)"', page.content.decode())
    told = re.search(r'name="shown" value="([^"]*)"', page.content.decode())
    button = {"key": key[1], "shown": unescape(told[1])}
    return page.content.decode(), client.post(url, given | button), button


def test_what_is_shown_is_what_is_booked_and_a_double_click_books_once(desk, district):
    loan = district.lent(**MONTHLY)
    given = {"amount": "1000", "on": "2006-05-15", "after": "reduce_term"}
    page, answer, button = shown_then_booked(desk["bank"], f"/loans/{loan.pk}/repay/", **given)
    assert answer.status_code == 302
    made = Repayment.objects.get()
    for fen in (made.principal_fen, made.interest_fen, made.penalty_fen):
        assert f"{fen / 100:,.2f}" in page
    desk["bank"].post(f"/loans/{loan.pk}/repay/", given | button)
    changed = desk["bank"].post(f"/loans/{loan.pk}/repay/", given | button | {"amount": "900", "key": "new"})
    assert changed.status_code == 200
    assert Repayment.objects.count() == 1
    assert f"{20_000_00 / 100 - made.principal_fen / 100:,.2f}" in page


def test_the_quote_on_the_page_pays_the_loan_off(desk, district):
    loan = district.lent(**MONTHLY)
    page = desk["section"].get(f"/loans/{loan.pk}/repay/").content.decode()
    total = re.search(r"Today ([\d,.]+) yuan", page)[1].replace(",", "")
    shown_then_booked(
        desk["section"], f"/loans/{loan.pk}/repay/", amount=total, on="2006-08-31", after="reduce_term"
    )
    loan.refresh_from_db()
    assert (loan.balance_fen, loan.repaid_on) == (0, world.TODAY)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount": "99999"}, "are more than is owed"),
        ({"amount": "-5"}, "amount"),
        ({"on": "2006-03-01"}, "cannot be repaid before"),
        ({"on": "2006-09-30"}, "lies in the future"),
    ],
)
def test_what_cannot_be_repaid_is_said_on_the_page(desk, district, given, words):
    loan = district.lent()
    answer = desk["bank"].post(
        f"/loans/{loan.pk}/repay/", {"amount": "16", "on": "2006-03-20", "after": "reduce_term"} | given
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_claim_waits_for_the_guarantee_centre(desk, district):
    loan = district.lent(repaid_by="equal_principal")
    page, answer, _key = shown_then_booked(desk["bank"], f"/loans/{loan.pk}/claim/", on="2006-06-19")
    order = Order.objects.get()
    assert answer["Location"] == f"/loans/orders/{order.pk}/"
    assert not Claim.objects.exists()
    door = f"/loans/orders/{order.pk}/"
    owed = {name: door in desk[name].get("/").content.decode() for name in ("centre", "section", "bank")}
    assert owed == {"centre": True, "section": True, "bank": False}
    desk["bank"].post(f"/loans/orders/{order.pk}/", {"decision": "confirm"})
    assert not Claim.objects.exists()
    asked = desk["centre"].get(f"/loans/orders/{order.pk}/").content.decode()
    desk["centre"].post(f"/loans/orders/{order.pk}/", {"decision": "confirm"})
    made = Claim.objects.get()
    assert f"{made.paid_fen / 100:,.2f}" in page
    assert f"{made.paid_fen / 100:,.2f}" in asked
    assert (made.entry.made_by, made.entry.checked_by) == (district.clerk, district.centre)
    again = desk["centre"].post(f"/loans/orders/{order.pk}/", {"decision": "confirm"}, follow=True)
    assert "decided this on" in again.content.decode()
    assert Claim.objects.count() == 1


def test_an_extension_and_a_reversal_are_confirmed_or_not(desk, district):
    loan = district.lent(months=6)
    made = district.repaid(loan, 16_00, date(2006, 3, 20))
    extend = {"on": "2006-08-31", "until": "2007-03-15", "reason": "换季"}
    shown_then_booked(desk["bank"], f"/loans/{loan.pk}/extend/", **extend)
    desk["centre"].post(f"/loans/orders/{Order.objects.get().pk}/", {"decision": "confirm"})
    assert Extension.objects.get().approved_by == district.centre
    other = district.lent()
    wrong = district.repaid(other, 16_00, date(2006, 3, 20))
    shown_then_booked(desk["bank"], f"/loans/repayments/{wrong.pk}/reverse/", reason="记错")
    order = Order.objects.get(kind="reverse")
    page = desk["centre"].post(f"/loans/orders/{order.pk}/", {"decision": "refuse"}, follow=True)
    assert "Say why it is not confirmed" in page.content.decode()
    desk["centre"].post(f"/loans/orders/{order.pk}/", {"decision": "refuse", "why": "票据无误"})
    order.refresh_from_db()
    assert (order.state, order.answer) == ("refused", "票据无误")
    assert not Entry.objects.filter(kind="reversal").exists()
    assert made.pk != wrong.pk


def test_the_fund_takes_a_deposit_of_two(desk, district):
    url = f"/loans/fund/{district.fund.pk}/deposit/"
    shown_then_booked(desk["centre"], url, kind="deposit", amount="1000", on="2006-08-31", reason="财政拨付")
    order = Order.objects.get()
    assert desk["centre"].get("/l/loan-orders/?tab=waiting").status_code == 200
    desk["section"].post(f"/loans/orders/{order.pk}/", {"decision": "confirm"})
    assert Fund.objects.get().deposit_fen == 201_000_00


def test_a_review_only_worsens(desk, district):
    loan = district.lent()
    assert (
        desk["bank"].post(f"/loans/{loan.pk}/review/", {"found": 2, "because": "店已关"}).status_code == 302
    )
    loan.refresh_from_db()
    assert (loan.loan_class, loan.found_class, ClassChange.objects.get().after) == (2, 2, 2)
    answer = desk["bank"].post(f"/loans/{loan.pk}/review/", {"found": 1, "because": "又开了"})
    assert "may only set a worse class" in answer.content.decode()


def test_strangers_and_readers_do_nothing(desk, district):
    loan = district.lent()
    other_bank = world.browser(world.appoint("other", Role.BANK, world.DISTRICT))
    station = world.browser(world.appoint("another", Role.STATION, world.HERE))
    for verb in ("repay", "claim", "extend", "review"):
        assert other_bank.get(f"/loans/{loan.pk}/{verb}/").status_code == 404
        assert station.get(f"/loans/{loan.pk}/{verb}/").status_code == 403
    page = desk["bank"].get(f"/l/loans/{loan.pk}/").content.decode()
    assert f"/loans/{loan.pk}/repay/" in page
    assert f"/loans/{loan.pk}/repay/" not in station.get(f"/l/loans/{loan.pk}/").content.decode()
