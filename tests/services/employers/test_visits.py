"""Visits to employers and outlets, from their files and from the worklist."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.services.employers.models import Employer, Outlet
from qiao.services.visits.models import Visit

SAID = {"outcome": "met", "way": "door", "note": "生意不错", "visited_on": "2006-08-30"}


@pytest.fixture
def firm(staff):
    return Employer.objects.create(region_id=world.HERE, name="石门顺达物业公司")


@pytest.fixture
def outlet(firm):
    return Outlet.objects.create(
        region_id=world.HERE, name="社区家政点", opened_on=date(2006, 3, 1), employer=firm
    )


def test_a_visit_to_an_outlet_is_owed_recorded_and_closes_what_was_owed(outlet, at):
    station = at("station")
    door = f"/visits/new?outlet={outlet.pk}"
    assert door in station.get("/").content.decode()
    page = station.get(door).content.decode()
    assert "社区家政点" in page and "How things stand" not in page
    assert station.post(door, SAID).status_code == 302
    visit = Visit.objects.get()
    assert (visit.outlet, visit.resident, visit.target) == (outlet, None, "outlet")
    outlet.refresh_from_db()
    assert outlet.seen_on == date(2006, 8, 30)
    assert door not in station.get("/").content.decode()
    assert "生意不错" in station.get(f"/l/outlets/{outlet.pk}/").content.decode()
    assert "社区家政点" in station.get("/l/visits/?q=家政").content.decode()


def test_a_visit_in_vain_leaves_the_outlet_unseen(outlet, at):
    at("station").post(f"/visits/new?outlet={outlet.pk}", SAID | {"outcome": "not_met"})
    outlet.refresh_from_db()
    assert (outlet.seen_on, Visit.objects.count()) == (None, 1)


def test_an_older_visit_entered_later_does_not_set_the_outlet_back(outlet, at):
    station = at("station")
    station.post(f"/visits/new?outlet={outlet.pk}", SAID)
    station.post(f"/visits/new?outlet={outlet.pk}", SAID | {"visited_on": "2006-05-01"})
    outlet.refresh_from_db()
    assert outlet.seen_on == date(2006, 8, 30)


def test_a_visit_to_an_employer_stands_in_its_file(firm, at):
    door = f"/visits/new?employer={firm.pk}"
    assert at("office").post(door, SAID).status_code == 302
    assert Visit.objects.get().employer == firm
    page = at("station").get(f"/l/employers/{firm.pk}/").content.decode()
    assert "生意不错" in page and door in page
    assert "石门顺达物业公司" in at("station").get("/l/visits/").content.decode()


def test_strangers_and_leaders_record_no_visit(firm, outlet, at):
    for door in (f"/visits/new?employer={firm.pk}", f"/visits/new?outlet={outlet.pk}"):
        assert at("stranger").post(door, SAID).status_code == 404
        assert at("leader").post(door, SAID).status_code == 403
    assert not Visit.objects.exists()
