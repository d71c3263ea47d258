"""Recording visits, and finding them again."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.services.people import zero_employment
from qiao.services.people.models import ZeroEmploymentCase
from qiao.services.visits.models import Visit

FULL = {
    "outcome": "met",
    "target": "family",
    "way": "phone",
    "situation": "seeking",
    "needs": ["post", "training"],
    "note": "想找保洁工作",
    "visited_on": "2006-08-30",
    "next_on": "2006-09-30",
}


@pytest.fixture
def resident(staff):
    made = world.person()
    world.out_of_work(made, date(2005, 9, 1))
    return made


def test_everything_said_is_kept_and_stands_in_the_file(resident, at):
    station = at("station")
    assert station.post(f"/visits/new?resident={resident.pk}", FULL).status_code == 302
    visit = Visit.objects.get()
    assert (visit.needs, visit.next_on, visit.region_id) == (
        ["post", "training"],
        date(2006, 9, 30),
        world.HERE,
    )
    page = station.get(f"/l/residents/{resident.pk}/").content.decode()
    assert "想找保洁工作" in page
    assert "Record visit" in page
    assert "想找保洁工作" in station.get("/l/visits/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"visited_on": "2006-09-01"},
        {"next_on": "2006-08-30"},
        {"outcome": ""},
        {"needs": ["x"]},
        {"visited_on": "x"},
    ],
    ids=["future", "next before", "no result", "unknown need", "no date"],
)
def test_what_cannot_be_is_refused_beside_the_field(resident, at, wrong):
    answer = at("station").post(f"/visits/new?resident={resident.pk}", FULL | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Visit.objects.exists()


def test_a_later_confirmation_is_not_put_back(resident, at):
    type(resident).objects.filter(pk=resident.pk).update(verified_on=world.TODAY)
    at("station").post(f"/visits/new?resident={resident.pk}", FULL)
    resident.refresh_from_db()
    assert resident.verified_on == world.TODAY


def test_people_elsewhere_cannot_be_visited(resident, at):
    for name in ("stranger", "stranger_office"):
        assert at(name).get(f"/visits/new?resident={resident.pk}").status_code == 404
        assert at(name).post(f"/visits/new?resident={resident.pk}", FULL).status_code == 404
    assert at("leader").get(f"/visits/new?resident={resident.pk}").status_code == 403
    for bad in ("x", str(2**70), "-1"):
        assert at("station").get(f"/visits/new?resident={bad}").status_code == 404


def test_a_household_is_visited_and_judged(resident, at):
    home = world.family(resident)
    station = at("station")
    assert station.post(f"/visits/new?household={home.pk}", FULL).status_code == 302
    assert Visit.objects.get().household == home
    zero_employment.sweep(world.DISTRICT, world.TODAY)
    assert "Zero-employment household" in station.get(f"/l/households/{home.pk}/").content.decode()
    case = ZeroEmploymentCase.objects.get()
    assert "1 of them are unemployed" in station.get(f"/l/zero-employment/{case.pk}/").content.decode()


def test_where_to_go_afterwards_stays_on_this_site(resident, at):
    answer = at("station").post(f"/visits/new?resident={resident.pk}&next=https://evil.example/", FULL)
    assert answer.url == "/"


def test_without_anybody_it_says_what_to_do(staff, at):
    page = at("station").get("/visits/new")
    assert page.status_code == 200
    assert "Whom did you visit?" in page.content.decode()
