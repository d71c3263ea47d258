"""The first page: what each role finds there."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.services.visits.models import Visit


def unemployed(name: str, region: int = world.HERE):
    made = world.person(name, region)
    world.out_of_work(made, date(2005, 9, 1))
    return made


def test_each_role_finds_its_own_work(staff, at):
    world.applied(staff["station"], unemployed("刘桂芳"))
    unemployed("孙远", world.ELSEWHERE)
    station = at("station").get("/").content.decode()
    assert "Hardship recognition: community check" in station
    assert "刘桂芳" in station
    assert "孙远" not in station
    office = at("office").get("/").content.decode()
    assert "Hardship recognition: community check" not in office, "not overdue yet"
    assert "Unemployed for nearly half a year or longer" in office
    assert "孙远" not in office


def test_a_role_without_duties_is_told_so(staff, at):
    page = at("leader").get("/")
    assert page.status_code == 200
    assert "Nothing waits for you" in page.content.decode()


@pytest.mark.parametrize("name", ["station", "office", "district"])
def test_the_number_of_queries_does_not_grow(staff, at, name, django_assert_max_num_queries):
    browser = at(name)
    for n in range(8):
        world.applied(staff["station"], unemployed(f"成员{n}"))
    browser.get("/")
    with django_assert_max_num_queries(25):
        browser.get("/")


def test_a_due_visit_takes_a_tap_on_the_row_a_chip_and_the_button(staff, at):
    resident = unemployed("刘桂芳")
    station = at("station")
    home = station.get("/")
    row = next(
        row
        for group in home.context["worklist"]
        for row in group["rows"]
        if row["url"].startswith("/visits/new")
    )
    form = station.get(row["url"]).context["form"]
    untouched = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = station.post(row["url"], untouched | {"outcome": "met"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == "/"
    visit = Visit.objects.get()
    assert (visit.resident, visit.by, visit.visited_on) == (resident, staff["station"].user, world.TODAY)
    resident.refresh_from_db()
    assert resident.verified_on == world.TODAY
    assert row["url"] not in station.get("/").content.decode()
