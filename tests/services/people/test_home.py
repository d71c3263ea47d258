"""The first page: what each role finds there."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.core.procedures import moves
from qiao.core.regions.models import Region
from qiao.services.people.actions import transfer
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


def test_what_one_has_done_is_listed_with_its_result(staff, at):
    resident = unemployed("刘桂芳")
    case = world.applied(staff["station"], resident)
    world.all_papers(case)
    moves.take(case, "check", staff["station"], on=world.TODAY, opinion="seen at home")
    Visit.objects.create(
        resident=resident, region_id=world.HERE, outcome="met", by=staff["station"].user,
        visited_on=date(2006, 8, 1),
    )  # fmt: skip
    lines = at("station").get("/?tab=done").context["deeds"]
    assert [(line.who, str(line.title), str(line.state)) for line in lines] == [
        ("刘桂芳", "Hardship recognition", "Pass the community check"),
        ("刘桂芳", "Visit", "Met"),
    ]
    assert not at("station2").get("/?tab=done").context["deeds"], "what a colleague did is not mine"


def test_what_one_has_started_says_how_far_it_is(staff, at):
    case = world.applied(staff["station"], unemployed("刘桂芳"))
    moving = unemployed("孙远行")
    asked = transfer.propose(
        moving,
        Region.objects.get(pk=world.ELSEWHERE),
        world.TODAY,
        "moved",
        staff["station"].user,
        world.TODAY,
    )
    lines = at("station").get("/?tab=started").context["deeds"]
    assert {(line.who, str(line.state)) for line in lines} == {
        ("刘桂芳", "Applied"),
        ("孙远行", "Waiting"),
    }
    assert f"/cases/hardship/{case.pk}/" in {line.url for line in lines}
    transfer.answer(asked, True, staff["stranger"].user, world.TODAY)
    lines = at("station").get("/?tab=started").context["deeds"]
    assert ("孙远行", "Agreed") in {(line.who, str(line.state)) for line in lines}, "who moved away is named"


def test_a_long_list_of_deeds_is_paged_and_takes_as_many_queries(
    staff, at, django_assert_num_queries, django_assert_max_num_queries
):
    resident, station = unemployed("刘桂芳"), at("station")
    visit = {"resident": resident, "region_id": world.HERE, "outcome": "met", "by": staff["station"].user}
    days = [date(2006, 7, 1 + n // 3) for n in range(60)]
    Visit.objects.create(**visit, visited_on=days[0])
    with django_assert_max_num_queries(14) as few:
        station.get("/?tab=done")
    Visit.objects.bulk_create(Visit(**visit, visited_on=day) for day in days[1:])
    seen, address = [], "/?tab=done"
    while address:
        with django_assert_num_queries(len(few)):
            page = station.get(address)
        seen += [line.url for line in page.context["deeds"]]
        address = page.context["following"] and "/" + page.context["following"]
    assert len(seen) == len(set(seen)) == 60
    assert station.get("/?tab=done&after=nonsense").status_code == 200


def test_files_opened_last_are_at_hand_while_they_are_in_scope(staff, at):
    near, far = unemployed("刘桂芳"), unemployed("钱二", world.NEXT)
    office = at("office")
    for one in (near, far, near):
        office.get(f"/l/residents/{one.pk}/")
    assert [one.title for one in office.get("/").context["recent"]] == ["刘桂芳", "钱二"]
    elsewhere = Region.objects.get(pk=world.ELSEWHERE)
    asked = transfer.propose(far, elsewhere, world.TODAY, "moved", staff["office"].user, world.TODAY)
    transfer.answer(asked, True, staff["stranger"].user, world.TODAY)
    near.name = "刘桂方"
    near.save()
    page = office.get("/")
    assert [one.title for one in page.context["recent"]] == ["刘桂方"]
    assert "钱二" not in page.content.decode()
    assert not at("station").get("/").context["recent"], "each their own"
