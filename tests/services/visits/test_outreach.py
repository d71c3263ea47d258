"""Campaigns of outreach: visits belong to them, and every household counts once."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.core.indicators import registry
from qiao.core.indicators.windows import Window
from qiao.services.visits import api
from qiao.services.visits.models import Campaign, Visit

OUTREACH = {
    "outcome": "met",
    "why": "outreach",
    "way": "door",
    "target": "person",
    "visited_on": "2006-08-30",
}


@pytest.fixture
def campaign(staff):
    return Campaign.objects.create(
        region_id=world.DISTRICT,
        name="政策进万家",
        topic="loan",
        starts_on=date(2006, 8, 1),
        ends_on=date(2006, 8, 31),
        goal_households=1000,
    )


def test_a_campaign_is_declared_by_the_district_and_joined_by_its_stations(at):
    form = {
        "name": "政策进万家",
        "topic": "policy",
        "starts_on": "2006-08-01",
        "ends_on": "2006-08-31",
        "goal_households": "1000",
        "region": world.DISTRICT,
    }
    assert at("district").post("/l/campaigns/new", form).status_code == 302
    assert Campaign.objects.get().region_id == world.DISTRICT
    wrong = at("district").post("/l/campaigns/new", form | {"ends_on": "2006-07-01", "name": "x"})
    assert "must not come before" in wrong.content.decode()
    assert "政策进万家" in at("station").get("/visits/campaigns").content.decode()
    assert (
        "政策进万家"
        in at("station").get(f"/visits/new?resident={world.person().pk}&why=outreach").content.decode()
    )


def test_households_are_counted_once_and_open_to_their_visits(campaign, at, made):
    first, second, alone = world.person("刘桂芳"), world.person("王强"), world.person("李一人")
    world.family(first, second)
    station = at("station")
    for who, findings, outcome in [
        (first, ["interested"], "met"),
        (second, ["interested"], "met"),
        (alone, ["not_interested"], "met"),
        (alone, [], "not_met"),
    ]:
        given = {"campaign": campaign.pk, "findings": findings, "outcome": outcome}
        assert station.post(f"/visits/new?resident={who.pk}", OUTREACH | given).status_code == 302
    assert Visit.objects.filter(campaign=campaign).count() == 4
    page = station.get("/visits/campaigns")
    (line,) = page.context["lines"]
    assert (line["visits"], line["reached"], line["interested"]) == (4, 2, 1)
    for part, expected in [("url_reached", 2), ("url_interested", 1)]:
        listed = station.get(line[part]).content.decode()
        assert sum(f"/l/visits/{one.pk}/" in listed for one in Visit.objects.all()) == expected
    assert api.of_campaign(campaign).filter(api.reached()).count() == 2
    assert api.of_campaign([campaign.pk]).filter(api.interested()).count() == 1
    (elsewhere,) = at("stranger").get("/visits/campaigns").context["lines"]
    assert (elsewhere["visits"], elsewhere["reached"]) == (0, 0)


def test_only_a_campaign_of_the_place_and_time_is_offered(campaign, at, staff):
    who = world.person()
    Campaign.objects.create(
        region_id=world.ELSEWHERE, name="别处", starts_on=date(2006, 8, 1), ends_on=date(2006, 8, 31)
    )
    Campaign.objects.create(
        region_id=world.HERE, name="去年", starts_on=date(2005, 8, 1), ends_on=date(2005, 8, 31)
    )
    page = at("station").get(f"/visits/new?resident={who.pk}&why=outreach").content.decode()
    assert "政策进万家" in page and "别处" not in page and "去年" not in page
    other = Campaign.objects.get(name="别处")
    answer = at("station").post(f"/visits/new?resident={who.pk}", OUTREACH | {"campaign": other.pk})
    assert answer.status_code == 422


def test_the_figures_equal_the_visits_they_open_to(campaign, made):
    first = world.person("刘桂芳")
    made(first, date(2006, 8, 3), why="outreach", campaign=campaign, findings=["interested"])
    made(first, date(2006, 8, 9), why="outreach", campaign=campaign)
    made(world.person("王强"), date(2006, 8, 3), why="outreach", campaign=campaign)
    month = Window(date(2006, 8, 1), date(2006, 9, 1), world.TODAY)
    reached = registry.get("households_reached")
    assert reached.rows(month).count() == 2
    assert registry.get("households_interested").rows(month).count() == 1
