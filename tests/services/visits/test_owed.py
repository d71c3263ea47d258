"""What visits make owed: it arises from a record, is seen by who owes it, and a record closes it."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
import pytest
import training_world
from duty_stories import owed

from qiao.services.people import zero_employment
from qiao.services.people.models import Resident
from qiao.services.training.models import Enrolment
from qiao.services.vacancies.models import Placement
from qiao.services.visits import api
from qiao.services.visits.models import HelperPair, Visit

JULY = date(2006, 7, 1)


def needing(need: str):
    return lambda staff, made: made(world.person(), JULY, needs=[need], further=False)


def answered(need: str, answer: str = "advised", note: str = ""):
    def close(staff, at, visit):
        said = at("station").post(f"/visits/{visit.pk}/needs/{need}", {"answer": answer, "note": note})
        assert said.status_code == 302

    return close


def placed(staff, at, visit):
    Placement.objects.create(
        resident=visit.resident, region_id=world.HERE, started_on=JULY, kind="unit", employer_name="超市"
    )


def invited(staff, at, visit):
    one = training_world.lay()["open"]
    Enrolment.objects.create(
        region_id=world.HERE, resident=visit.resident, training_class=one, stage="invited", entered_on=JULY
    )


def again(staff, at, visit):
    door = f"/visits/new?after={visit.pk}"
    assert (
        at("station")
        .post(door, {"outcome": "met", "visited_on": "2006-08-30", "way": "phone", "target": "person"})
        .status_code
        == 302
    )


def paired(**whom):
    return HelperPair.objects.create(region_id=world.HERE, helper="王书记", since=JULY, **whom)


def in_stable_work(staff, made):
    who = world.person()
    world.at_work(who, date(2006, 1, 10))
    return paired(resident=who)


def member_in_stable_work(staff, made):
    who = world.person()
    home = world.family(who)
    world.at_work(who, date(2006, 1, 10))
    return paired(household=home)


def help_ends(staff, at, pair):
    form = {
        "action": "end",
        "confirmed": "1",
        "on": "2006-08-31",
        "reason": "stable_work",
        "achieved": "在超市稳定就业",
    }
    at("station").post(f"/l/pairs/{pair.pk}/act", form)


def without_work(staff, made):
    who = world.person()
    world.out_of_work(who, JULY)
    world.family(who)
    zero_employment.sweep(world.DISTRICT, JULY)
    return who.memberships.get().household


STORIES = [
    ("need_post", needing("post"), placed),
    ("need_post", needing("post"), answered("post", "unwanted")),
    ("need_training", needing("training"), invited),
    ("need_loan", needing("loan"), answered("loan", "impossible", "征信不良")),
    ("need_policy", needing("policy"), answered("policy")),
    (
        "visit_agreed",
        lambda staff, made: made(world.person(), JULY, why="policy", next_on=date(2006, 8, 1)),
        again,
    ),
    ("visit_agreed", lambda staff, made: made(world.person(), JULY, outcome="not_met"), again),
    ("pair_may_end", in_stable_work, help_ends),
    ("pair_may_end", member_in_stable_work, help_ends),
    ("pair_missing", without_work, lambda staff, at, home: paired(household=home)),
    ("pair_missing", without_work, lambda staff, at, home: paired(resident=home.head)),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[0])
def test_it_arises_is_seen_and_is_closed_by_its_record(staff, at, made, story):
    code, arises, closes = story
    assert owed(staff["station"], code) == 0
    subject = arises(staff, made)
    assert owed(staff["station"], code) == 1
    assert owed(staff["office"], code) == 1, "overdue: who oversees it sees it"
    for nobody in ("stranger", "leader"):
        assert owed(staff[nobody], code) == 0
    page = at("station").get(f"/duties/{code}/")
    assert page.status_code == 200 and b"overdue" in page.content
    closes(staff, at, subject)
    assert owed(staff["station"], code) == 0


def test_a_need_named_at_every_visit_is_owed_once_from_the_first(staff, at, made, someone):
    first = made(someone, JULY, needs=["policy"], further=False)
    made(someone, date(2006, 8, 1), needs=["policy"], further=False)
    assert owed(staff["station"], "need_policy") == 1
    page = at("station").get("/duties/need_policy/").content.decode()
    assert f"/visits/{first.pk}/needs/policy" in page
    answered("policy")(staff, at, first)
    assert owed(staff["station"], "need_policy") == 0, "the answer covers what was said before it"
    made(someone, world.TODAY, needs=["policy"], further=False)
    assert owed(staff["station"], "need_policy", world.TODAY + timedelta(days=10)) == 0
    assert Visit.objects.count() == 3


def test_the_page_of_a_need_leads_to_help_and_asks_why_not(staff, at, made, someone):
    visit = made(someone, JULY, needs=["post"], note="想做保洁")
    door = f"/visits/{visit.pk}/needs/post"
    page = at("station").get(door).content.decode()
    assert f"/posts/refer/{someone.pk}" in page and "想做保洁" in page
    refused = at("station").post(door, {"answer": "impossible", "note": ""})
    assert refused.status_code == 422 and "why it cannot be met" in refused.content.decode()
    assert at("station").get(f"/visits/{visit.pk}/needs/loan").status_code == 404
    assert at("stranger").get(door).status_code == 404
    assert at("leader").get(door).status_code == 403


def test_another_service_declares_how_a_need_is_met(staff, made, someone, monkeypatch):
    from django.db.models import Q

    from qiao.services.visits import needs

    monkeypatch.setattr(needs, "_met_by", {})
    made(someone, JULY, needs=["loan"], further=False)
    assert owed(staff["station"], "need_loan") == 1
    api.meets(api.Need.LOAN, lambda resident, since: Q(resident__name="刘桂芳"))
    assert owed(staff["station"], "need_loan") == 0


def test_a_rhythm_that_a_duty_keeps_is_not_owed_twice_but_what_was_agreed_is(staff, made, someone):
    made(someone, JULY, why="hardship")
    assert owed(staff["station"], "visit_agreed") == 0
    made(someone, date(2006, 7, 2), why="hardship", next_on=date(2006, 7, 20))
    assert owed(staff["station"], "visit_agreed") == 1


def test_three_taps_from_the_worklist(staff, at, made, someone):
    """The row opens the form with everything filled in but the result."""
    first = made(someone, JULY, why="policy", next_on=date(2006, 8, 1))
    station = at("station")
    home = station.get("/").content.decode()
    door = f"/visits/new?after={first.pk}"
    assert door in home
    form = station.get(door).context["form"]
    sent = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [], False)
    }
    assert "outcome" not in sent
    assert station.post(door, sent | {"outcome": "met"}).status_code == 302
    second = Visit.objects.latest("id")
    assert (second.resident, second.why, second.visited_on) == (someone, "policy", world.TODAY)
    assert Resident.objects.get().verified_on == world.TODAY
    assert door not in station.get("/").content.decode()


def test_the_visit_after_placement_takes_three_taps_too(staff, at, made, someone):
    Placement.objects.create(
        resident=someone, region_id=world.HERE, started_on=JULY, kind="unit", employer_name="超市"
    )
    station = at("station")
    door = f"/visits/new?resident={someone.pk}&why=placement"
    assert door.replace("&", "&amp;") in station.get("/").content.decode()
    sent = {"outcome": "working", "why": "placement", "target": "person", "way": "door"}
    assert station.post(door, sent | {"visited_on": "2006-08-31"}).status_code == 302
    visit = Visit.objects.get()
    assert (visit.outcome, visit.situation, visit.next_on) == ("met", "working", date(2006, 10, 1))
    assert owed(staff["station"], "placement_stable_1") == 0
