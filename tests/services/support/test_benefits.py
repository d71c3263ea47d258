"""Relief and subsidies from the application to the money that comes back; caps and months held by the database."""

from __future__ import annotations

import io
from datetime import date

import case_world as world
import openpyxl
import pytest
import support_world as market
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.duties.declaration import Viewer, duty
from qiao.core.duties.worklist import owed_rows
from qiao.core.indicators import figures, registry
from qiao.core.procedures.moves import take
from qiao.core.procedures.refusal import Refused
from qiao.services.employers.models import Employer
from qiao.services.support.models import Benefit, Line, Reclaim, YearUse

pytestmark = pytest.mark.django_db
YEAR = date(2006, 1, 1)


def owed(code: str, appointment, day: date = world.TODAY) -> list[str]:
    return list(owed_rows(duty(code), Viewer(appointment, day)).values_list("owed_who", flat=True))


def give(staff, benefit: Benefit, *args, **more) -> Benefit:
    name, who = (
        ("waive", "office")
        if benefit.kind in ("tax", "local_fees", "licence_fees", "hire")
        else ("pay", "district")
    )
    return take(benefit, name, staff[who], extra=market.line(*args, **more))


def test_from_application_to_running_with_the_months_of_the_rule(staff):
    _owner, stall = market.trader()
    benefit = market.running(staff, outlet=stall)
    assert (benefit.stage, benefit.months_allowed, benefit.until_on) == ("granted", 36, date(2009, 1, 1))


def test_papers_are_needed_and_records_that_speak_against_need_a_reason(staff):
    owner, stall = market.trader(certificate_no="")
    benefit = market.applied(staff, outlet=stall)
    with pytest.raises(Refused, match="Still missing"):
        take(benefit, "check", staff["station"], opinion="x")
    world.spell(owner, "not_in_labour_force", date(2006, 6, 1), reason="retired")
    stall.closed_on, stall.closed_because = date(2006, 6, 1), "x"
    stall.save()
    world.all_papers(benefit)
    with pytest.raises(Refused, match="By the records it does not fit"):
        take(benefit, "check", staff["station"], opinion="x")
    assert (
        take(benefit, "check", staff["station"], opinion="x", reason="seen at the place").stage == "checked"
    )


def test_the_cap_of_a_year_holds_and_does_not_carry_over(staff):
    _owner, stall = market.trader()
    benefit = market.running(staff, outlet=stall)
    benefit = give(staff, benefit, YEAR, 500_000, months=6)
    assert (benefit.months_used, benefit.paid_fen) == (6, 500_000)
    with pytest.raises(Refused, match="more than the cap of the year"):
        give(staff, benefit, date(2006, 7, 1), 300_001, months=6)
    give(staff, benefit, date(2006, 7, 1), 300_000, months=6)
    with pytest.raises(Refused, match="does not carry over"):
        give(staff, benefit, date(2007, 1, 1), 800_001)
    assert list(YearUse.objects.values_list("year", "used_fen", "cap_fen")) == [(2006, 800_000, 800_000)]


def test_the_cap_of_an_employer_grows_with_the_people_hired(staff):
    firm = Employer.objects.create(name="石门顺达物业公司", region_id=world.HERE)
    benefit = market.running(staff, "hire", employer=firm)
    Benefit.objects.filter(pk=benefit.pk).update(heads=3)
    give(staff, benefit, YEAR, 1_200_000, months=12)
    with pytest.raises(Refused, match="cap of the year"):
        give(staff, benefit, YEAR, 1, item="city_tax")


def test_local_fees_know_no_cap_and_name_the_office_that_waives(staff):
    _owner, stall = market.trader()
    benefit = market.running(staff, "local_fees", outlet=stall)
    give(staff, benefit, YEAR, 9_000_000, months=12, item="sweeping", office="环卫所")
    assert Line.objects.get().office == "环卫所"
    assert YearUse.objects.get().cap_fen is None


def test_no_month_beyond_those_allowed_and_none_twice(staff):
    who = world.person()
    benefit = market.running(staff, "insurance", months=2, resident=who)
    give(staff, benefit, YEAR, 10_000, item="pension")
    give(staff, benefit, YEAR, 4_000, item="medical")
    benefit = give(staff, benefit, date(2006, 2, 1), 10_000, item="pension")
    assert (benefit.months_used, benefit.months_left) == (2, 0)
    with pytest.raises(Refused, match="given for that month already"):
        give(staff, benefit, YEAR, 10_000, item="pension")
    with pytest.raises(Refused, match="go beyond"):
        give(staff, benefit, date(2006, 3, 1), 10_000, item="pension")
    with pytest.raises(IntegrityError, match="benefit_months_are_enough"), transaction.atomic():
        Line.objects.create(
            benefit=benefit,
            region_id=world.HERE,
            item="pension",
            month=date(2006, 3, 1),
            amount_fen=1,
            given_on=world.TODAY,
        )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 4), st.integers(1, 400_000)), max_size=8))
def test_what_the_database_keeps_is_what_the_lines_say(staff, rows):
    with transaction.atomic():
        _owner, stall = market.trader("王建国")
        benefit = market.running(staff, outlet=stall)
        months, total = set(), 0
        for first, length, amount in rows:
            item = f"i{len(months)}-{total}"
            whole = first + length <= 13
            try:
                give(staff, benefit, date(2006, first, 1), amount, months=length, item=item[:24])
            except (Refused, IntegrityError):
                assert not whole or total + amount > 800_000
                continue
            assert whole and total + amount <= 800_000
            total += amount
            months |= set(range(first, first + length))
        benefit.refresh_from_db()
        assert (benefit.paid_fen, benefit.months_used) == (total, len(months))
        transaction.set_rollback(True)


def test_close_to_retirement_more_months_are_granted_than_the_rule_allows_others(staff):
    near, far = world.person(born=date(1959, 6, 1)), world.person("李秀英", born=date(1964, 6, 1))
    assert market.running(staff, "insurance", months=40, resident=near).months_allowed == 40
    with pytest.raises(Refused, match="allows 36 months"):
        market.running(staff, "insurance", months=40, resident=far)


def test_the_same_help_does_not_run_twice(staff):
    _owner, stall = market.trader()
    market.running(staff, outlet=stall)
    with pytest.raises(Refused, match="open already"):
        market.applied(staff, outlet=stall)


def test_help_goes_to_the_right_kind_of_holder(staff):
    with pytest.raises(Refused, match="subsidies to a resident"):
        market.applied(staff, "tax", resident=world.person())


def test_the_end_is_announced_and_what_may_not_go_on_is_owed(staff):
    _owner, stall = market.trader()
    benefit = market.running(staff, from_on=date(2006, 1, 1), months=10, outlet=stall)
    assert owed("support_ending", staff["station"], date(2006, 8, 31)) == []
    assert owed("support_ending", staff["station"], date(2006, 9, 10)) == [stall.name]
    stall.closed_on, stall.closed_because = date(2006, 8, 1), "x"
    stall.save()
    assert owed("support_stop", staff["station"]) == [stall.name]
    assert owed("support_stop", staff["stranger"]) == []
    take(
        benefit,
        "end",
        staff["office"],
        reason="closed",
        extra={"stop_reason": "closed", "last_on": date(2006, 7, 31)},
    )
    assert owed("support_stop", staff["station"]) == []
    assert Benefit.objects.get().until_on == date(2006, 8, 1)


def test_what_was_wrongly_given_comes_back_and_never_more(staff, at):
    _owner, stall = market.trader()
    benefit = give(staff, market.running(staff, outlet=stall), YEAR, 50_000)
    with pytest.raises(Refused, match="No more can be demanded back"):
        take(benefit, "reclaim", staff["district"], reason="x", extra={"amount": 50_001})
    benefit = take(benefit, "reclaim", staff["district"], reason="papers not true", extra={"amount": 50_000})
    assert benefit.reclaimed_fen == 50_000
    assert owed("support_reclaim", staff["office"]) == [stall.name]
    claim = Reclaim.objects.get()
    answer = at("office").post(
        "/l/reclaims/batch", {"action": "repaid", "rows": [claim.pk], "confirmed": "1"}, follow=True
    )
    assert answer.status_code == 200
    claim.refresh_from_db()
    assert claim.repaid_on == world.TODAY
    assert owed("support_reclaim", staff["office"]) == []


def test_by_hand_from_the_file_of_an_outlet(staff, at):
    _owner, stall = market.trader()
    address = f"/cases/support/new?outlet={stall.pk}"
    assert "Local fees waived" in at("station").get(address).text
    answer = at("station").post(
        "/cases/support/new", {"outlet": stall.pk, "kind": "local_fees", "applied_on": "2006-08-31"}
    )
    benefit = Benefit.objects.get()
    assert answer.headers["location"] == f"/cases/support/{benefit.pk}/"
    page = at("station").get(answer.headers["location"])
    assert "Belongs to a group that the policy is for" in page.text
    assert (
        at("stranger")
        .post("/cases/support/new", {"outlet": stall.pk, "kind": "tax", "applied_on": "2006-08-31"})
        .status_code
        == 422
    )


def test_without_a_holder_nothing_is_opened(at):
    answer = at("station").post("/cases/support/new", {"kind": "insurance", "applied_on": "2006-08-31"})
    assert answer.status_code == 422 and not Benefit.objects.exists()


def test_money_in_words_is_refused_by_the_form(staff, at):
    _owner, stall = market.trader()
    benefit = market.running(staff, "local_fees", outlet=stall)
    typed = {
        f"extra-{name}": value
        for name, value in (
            ("item", "stall"), ("month", "2006-07-15"), ("months", 1), ("amount", "-3"), ("given_on", "2006-08-31")
        )
    } | {"decision-on": "2006-08-31"}  # fmt: skip
    address = f"/cases/support/{benefit.pk}/take/waive"
    assert at("office").post(address, typed).status_code == 422
    assert at("office").post(address, {**typed, "extra-amount": "120.50"}).status_code == 302
    assert Line.objects.get().amount_fen == 12_050


def test_the_list_for_the_finance_office_on_screen_and_as_a_workbook(staff, at):
    benefit = market.running(staff, "insurance", resident=world.person())
    give(staff, benefit, date(2006, 8, 1), 8_150, item="pension")
    give(staff, benefit, date(2006, 8, 1), 3_050, item="medical")
    page = at("station").get("/support/payments/?month=2006-08&kind=insurance")
    assert "112.00" in page.text and "刘桂芳" in page.text
    assert "刘桂芳" not in at("stranger").get("/support/payments/?month=2006-08&kind=insurance").text
    book = at("station").get("/support/payments/?month=2006-08&kind=insurance&as=xlsx")
    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content)
        ).active.values
    )
    assert [row[6] for row in rows[2:]] == [81.5, 30.5, 112]
    assert at("station").get("/support/payments/?month=9999-12&kind=nothing").status_code == 200


def test_each_figure_equals_its_names(staff):
    _owner, stall = market.trader()
    give(staff, market.running(staff, outlet=stall), YEAR, 50_000)
    give(
        staff, market.running(staff, "local_fees", outlet=stall), YEAR, 20_000, item="stall", office="市场办"
    )
    give(staff, market.running(staff, "insurance", resident=world.person()), YEAR, 10_000, item="pension")
    period, scope = Period.parse("2006-08"), Scope(world.DISTRICT)
    for code, value in (
        ("relief_amount", 70_000),
        ("subsidy_amount", 10_000),
        ("relief_holders", 2),
        ("subsidy_holders", 1),
    ):
        one = registry.get(code)
        assert figures.figure(one, scope, period, world.TODAY).value == value
        assert one.total(figures.drill(one, scope, period, today=world.TODAY)) == value


def test_a_struck_out_amount_gives_its_month_and_its_cap_back(staff, at):
    _owner, stall = market.trader()
    benefit = give(staff, market.running(staff, outlet=stall), YEAR, 800_000)
    line = Line.objects.get()
    at("district").post(
        "/l/support-lines/batch",
        {"action": "strike", "rows": [line.pk], "because": "typed twice", "confirmed": "1"},
    )
    benefit.refresh_from_db()
    assert (benefit.paid_fen, benefit.months_used, YearUse.objects.get().used_fen) == (0, 0, 0)
    assert Line.everything.get().note == "typed twice"


def test_a_name_that_looks_like_a_formula_stays_a_name_in_the_workbook(staff, at):
    benefit = market.running(staff, "insurance", resident=world.person("=1+1"))
    give(staff, benefit, date(2006, 8, 1), 8_150, item="pension")
    book = at("station").get("/support/payments/?month=2006-08&kind=insurance&as=xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(book.content)).active["B3"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")
