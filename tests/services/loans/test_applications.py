"""A loan from the application to the bank's answer, by the pages of each station."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import case_world as world
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiao.core.accounts.models import Disclosure
from qiao.services.loans.models import Application, BankAnswer, Feasibility

TODAY, HERE = world.TODAY, world.HERE


def opening(resident, **given):
    asked = {
        "resident": resident.pk,
        "applied_on": "2006-08-31",
        "kind": "person",
        "business": "修鞋",
        "amount_fen": "2万",
        "term_months": "24",
        "came": "visit",
    }
    return {**asked, **given}


def applied(at, name: str = "刘桂芳", **given) -> Application:
    resident = world.person(name)
    answer = at("station").post("/cases/loan/new", opening(resident, **given))
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.get(resident=resident)


def take(client, case, name: str, **given):
    data = {"decision-opinion": "同意", "decision-on": str(TODAY), **given}
    return client.post(f"/cases/loan/{case.pk}/take/{name}", data)


def at_the_bank(at, bank, name: str = "刘桂芳", **given) -> Application:
    case = applied(at, name, **given)
    world.all_papers(case)
    for who, step, extra in (
        ("station", "check", {}),
        ("office", "recommend", {}),
        ("loans", "send", {"extra-bank": bank.pk}),
        ("centre", "guarantee", {}),
    ):
        answer = take(at(who), case, step, **extra)
        assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    return case


def test_five_stations_one_after_the_other(at, bank):
    case = at_the_bank(at, bank)
    assert (case.stage, case.recommended_on, case.sent_on, case.guaranteed_on) == (
        "guaranteed",
        TODAY,
        TODAY,
        TODAY,
    )
    assert case.due_on == date(2006, 9, 21)
    assert (
        take(
            at("bank"), case, "grant_less", **{"extra-granted_fen": "15000", "extra-granted_months": "12"}
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert (case.stage, case.granted_fen, case.granted_months) == ("granted", 1_500_000, 12)


def test_the_station_cannot_pass_on_a_case_without_its_papers(at, bank):
    case = applied(at)
    page = take(at("station"), case, "check").content.decode()
    assert "Preferential certificate" in page and "missing" in page.lower()
    case.refresh_from_db()
    assert case.stage == "applied"


def test_each_station_sees_what_is_its_own(at, bank):
    first = applied(at)
    second = at_the_bank(at, bank, "赵春生")
    for who, sees_first, sees_second in (
        ("station", 200, 200),
        ("loans", 200, 200),
        ("centre", 404, 200),
        ("bank", 404, 200),
        ("other_bank", 404, 404),
        ("stranger", 404, 404),
    ):
        client = at(who)
        assert client.get(f"/cases/loan/{first.pk}/").status_code == sees_first, who
        assert client.get(f"/cases/loan/{second.pk}/").status_code == sees_second, who
    assert "赵春生" in at("bank").get("/cases/loan/").content.decode()
    assert "赵春生" not in at("other_bank").get("/cases/loan/").content.decode()
    assert "刘桂芳" not in at("centre").get("/l/loan-applications/?tab=all").content.decode()
    own = at("bank").get("/l/loan-applications/?tab=all").content.decode()
    assert "赵春生" in own and "刘桂芳" not in own


def test_what_is_owed_stands_on_the_home_page_of_each_station(at, bank):
    at_the_bank(at, bank)
    assert "answer" in at("bank").get("/").content.decode()
    assert "刘桂芳" not in at("other_bank").get("/").content.decode()


@pytest.mark.parametrize(
    ("on", "yuan", "fits"), [("2006-08-31", "50000", False), ("2006-08-31", "20000", True)]
)
def test_the_cap_is_that_of_the_day_of_application(at, bank, on, yuan, fits):
    case = applied(at, applied_on=on, amount_fen=yuan)
    world.all_papers(case)
    take(at("station"), case, "check")
    take(at("office"), case, "recommend")
    answer = take(at("loans"), case, "send", **{"extra-bank": bank.pk})
    assert (answer.status_code == 302) is fits
    if not fits:
        assert "20,000" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount_fen": "-5"}, "amount"),
        ({"amount_fen": "0"}, "more than nothing"),
        ({"term_months": "0"}, "greater than or equal to 1"),
        ({"applied_on": "2006-09-30"}, "future"),
        ({"kind": "firm"}, "Name the firm"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(at, bank, given, words):
    answer = at("station").post("/cases/loan/new", opening(world.person(), **given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Application.objects.exists()


def test_nobody_applies_twice_at_once_or_for_a_stranger(at, bank):
    case = applied(at)
    again = at("station").post("/cases/loan/new", opening(case.resident))
    assert "has an application under way" in again.content.decode()
    stranger = world.person("外区人", world.ELSEWHERE)
    assert at("station").post("/cases/loan/new", opening(stranger)).status_code == 422


def test_a_refusal_says_why_and_what_to_do(at, bank):
    case = at_the_bank(at, bank)
    assert take(at("bank"), case, "refuse_guaranteed", **{"extra-because": "project"}).status_code == 422
    given = {"extra-because": "project", "extra-advice": "先试营业三个月"}
    assert take(at("bank"), case, "refuse_guaranteed", **given).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.refused_because, case.advice) == ("refused", "project", "先试营业三个月")
    assert "先试营业三个月" in at("station").get(f"/cases/loan/{case.pk}/").content.decode()


def test_a_case_given_back_is_the_business_of_the_station_before(at, bank):
    case = at_the_bank(at, bank)
    assert take(at("bank"), case, "return_guaranteed", **{"decision-reason": "补租赁合同"}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.guaranteed_on) == ("sent", None)
    assert at("bank").get(f"/cases/loan/{case.pk}/").status_code == 404


def test_the_sheet_says_whether_the_business_carries_the_loan(at, bank):
    case = applied(at)
    station = at("station")
    page = station.get(f"/l/loan-feasibility/new?application={case.pk}").content.decode()
    assert f'value="{case.pk}"' in page
    given = {
        "application": case.pk,
        "income_fen": "3000",
        "goods_fen": "1500",
        "rent_fen": "400",
    }
    answer = station.post("/l/loan-feasibility/new", given)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/cases/loan/{case.pk}/"
    sheet = Feasibility.objects.get()
    assert (sheet.net_fen, sheet.need_fen) == (110_000, 0)
    assert "1,100 yuan a month" in station.get(f"/cases/loan/{case.pk}/").content.decode()


def test_an_errand_is_entered_from_the_case_and_not_for_somebody_elses(at, bank):
    case = applied(at)
    given = {"paper": "营业执照", "what": "paid", "on": "2006-08-31", "paid_fen": "50"}
    assert at("station").post("/l/loan-errands/new", {**given, "application": case.pk}).status_code == 302
    assert "营业执照" in at("station").get(f"/cases/loan/{case.pk}/").content.decode()
    stranger = {**given, "application": case.pk}
    assert at("stranger").post("/l/loan-errands/new", stranger).status_code == 422


def test_the_paper_form_carries_what_is_known(at, bank):
    case = at_the_bank(at, bank)
    for who in ("station", "bank"):
        page = at(who).get(f"/loans/{case.pk}/form/").content.decode()
        assert "刘桂芳" in page and "20,000.00" in page
    assert at("other_bank").get(f"/loans/{case.pk}/form/").status_code == 404


def sheet_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def sent(client, book):
    data = BytesIO()
    book.save(data)
    answer = client.post("/loans/desk/", {"file": SimpleUploadedFile("答复.xlsx", data.getvalue())})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_bank_answers_with_the_workbook_it_was_given(at, bank):
    cases = [at_the_bank(at, bank, name) for name in ("刘桂芳", "赵春生", "孙秀兰")]
    client = at("bank")
    book = sheet_of(client.get("/loans/desk/cases.xlsx"))
    assert Disclosure.objects.filter(user__username="bank").count() == 1
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=2)}
    rows[cases[0].pk][6].value = "Agreed"
    rows[cases[1].pk][6].value, rows[cases[1].pk][7].value = "同意", 10000
    rows[cases[2].pk][6].value = "Refused"
    place = sent(client, book)
    page = client.get(place).content.decode()
    assert "Record 2 answers" in page and "needs a reason and advice" in page
    assert not Application.objects.filter(stage="granted").exists()
    assert client.post(place).status_code == 302
    for case in cases:
        case.refresh_from_db()
    assert [case.stage for case in cases] == ["granted", "granted", "guaranteed"]
    assert [case.granted_fen for case in cases[:2]] == [2_000_000, 1_000_000]
    assert BankAnswer.objects.get().taken_on == TODAY
    client.post(place)
    cases[0].refresh_from_db()
    assert cases[0].stage == "granted"


def test_a_workbook_of_another_bank_or_with_swapped_rows_does_nothing(at, bank):
    case, other = at_the_bank(at, bank), at_the_bank(at, bank, "赵春生")
    book = sheet_of(at("bank").get("/loans/desk/cases.xlsx"))
    for row in book.active.iter_rows(min_row=2):
        row[6].value = "Agreed"
        row[0].value = other.pk if row[0].value == case.pk else case.pk
    page = at("bank").get(sent(at("bank"), book)).content.decode()
    assert "another person" in page
    elsewhere = at("other_bank")
    page = elsewhere.get(sent(elsewhere, book)).content.decode()
    assert "waits for you" in page
    assert not Application.objects.filter(stage="granted").exists()


def test_what_is_no_workbook_is_refused_in_words(at, bank):
    case = at_the_bank(at, bank)
    client = at("bank")
    answer = client.post("/loans/desk/", {"file": SimpleUploadedFile("a.xlsx", b"nothing")}, follow=True)
    assert answer.redirect_chain[-1][0] == "/loans/desk/"
    case.refresh_from_db()
    assert case.stage == "guaranteed"


def test_an_application_is_found_by_the_name_and_the_initials(at, bank):
    applied(at)
    for text in ("刘桂芳", "lgf"):
        assert "修鞋" in at("station").get(f"/l/loan-applications/?tab=all&q={text}").content.decode()
    assert "修鞋" not in at("station").get("/l/loan-applications/?tab=all&q=赵春").content.decode()
