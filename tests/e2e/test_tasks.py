"""What a clerk does all day, by as few keys, clicks and taps as it may take."""

from __future__ import annotations

import io
from datetime import date

import pytest
from case_world import HERE, applied, at_work, family, out_of_work, person
from openpyxl import Workbook

from qiao.core.intake.values.id_numbers import check_digit
from qiao.services.people.models import HardshipCase, Resident
from qiao.services.visits.models import Visit

SINCE = date(2005, 6, 1)
HEAD = ["姓名", "身份证号", "人员类别", "联系电话", "就业状态", "失业时间"]


def id_number(first: str) -> str:
    return first + check_digit(first)


def roster() -> bytes:
    book = Workbook()
    book.active.append(["阜康社区居民花名册"])
    book.active.append(HEAD)
    book.active.append(
        ["刘桂芳", id_number("13010319620305002"), "下岗失业", "13903111111", "失业", "2005-03-01"]
    )
    book.active.append(["王强", id_number("13010319700101001"), "下岗失业", "13903112222", "就业", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def clerk(district):
    return district["station"].user


def test_two_initials_and_enter_open_a_file(desk, clerk):
    who = person("刘芳")
    person("王强")
    desk.sign_in(clerk)
    page = desk.open("/")
    page.keyboard.press("/")
    with page.expect_response("**/search?q=lf*"):
        page.keyboard.type("lf")
    page.locator('#suggestions [role="option"][aria-selected="true"]').wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/l/residents/{who.pk}/")
    assert page.locator("h1").inner_text() == "刘芳"


def test_ctrl_s_saves_a_corrected_record(desk, clerk):
    who = person("刘芳")
    desk.sign_in(clerk)
    page = desk.open(f"/l/residents/{who.pk}/edit")
    page.fill('[name="address"]', "建安路8号")
    page.keyboard.press("Control+s")
    page.wait_for_url(f"**/l/residents/{who.pk}/")
    assert Resident.objects.get(pk=who.pk).address == "建安路8号"


def test_a_due_visit_takes_three_taps(phone, clerk, district):
    who = person("刘桂芳", owner=clerk)
    out_of_work(who, SINCE)
    case = applied(district["station"], who)
    HardshipCase.objects.filter(pk=case.pk).update(
        stage="assisted", recognised_on="2006-01-10", stage_since="2006-01-10", due_on=None
    )
    phone.sign_in(clerk)
    page = phone.open("/")
    page.locator(f'.q-worklist a.btn[href*="resident={who.pk}"]').first.tap()
    page.locator('label[for^="id_outcome"]').first.tap()
    page.locator('.q-form-actions [type="submit"]').tap()
    page.locator(".q-toast").wait_for()
    visit = Visit.objects.get()
    assert (visit.resident_id, visit.outcome, visit.by_id) == (who.pk, "met", clerk.pk)
    assert page.locator(f'.q-worklist a[href*="resident={who.pk}"]').count() == 0


def test_a_clean_roster_takes_four_clicks(desk, clerk):
    desk.sign_in(clerk)
    page = desk.open("/")
    page.locator(".q-bar a[href='/import/']").click()
    with page.expect_file_chooser() as chooser:
        page.locator('input[type="file"]').click()
    chooser.value.set_files(
        {"name": "花名册.xlsx", "mimeType": "application/octet-stream", "buffer": roster()}
    )
    page.locator('button[form="columns"]').click()
    page.locator('form[action$="/merge"] button').click()
    page.locator('a.btn-primary[href*="/l/residents/"]').wait_for()
    assert set(Resident.objects.values_list("name", "region_id")) == {("刘桂芳", HERE), ("王强", HERE)}


def test_a_row_of_people_in_hardship_opens_the_case(desk, clerk, district):
    case = applied(district["station"])
    desk.sign_in(clerk)
    page = desk.open("/l/hardship/?tab=all")
    page.locator("tbody .q-title a").click()
    page.wait_for_url(f"**/cases/hardship/{case.pk}/")


def test_a_household_says_whether_it_counts(desk, clerk):
    head, son = person("刘桂芳"), person("王强", sex="M", born=date(1980, 6, 1))
    out_of_work(head, SINCE)
    at_work(son, SINCE)
    home = family(head, son)
    desk.sign_in(clerk)
    page = desk.open(f"/l/households/{home.pk}/")
    assert "1名成员" in page.locator("main").inner_text().replace(" ", "")


def test_a_file_keeps_its_further_verbs_in_one_menu(phone, clerk):
    who = person("刘桂芳")
    phone.sign_in(clerk)
    page = phone.open(f"/l/residents/{who.pk}/")
    actions = page.locator(".q-header-actions")
    assert actions.locator(".btn-primary:visible").count() == 1
    assert actions.bounding_box()["height"] < 120
    page.evaluate("window.print = () => { window.printed = true }")
    actions.locator(".dropdown-toggle").last.tap()
    page.locator("[data-print]").tap()
    assert page.evaluate("window.printed") is True
