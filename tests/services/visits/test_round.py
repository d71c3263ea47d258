"""The evening's round: many results on one page, all recorded or none, nothing lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import case_world as world
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.services.employers.models import Employer, Outlet
from qiao.services.visits.models import Visit

JULY = date(2006, 7, 1)
ROUND = "/visits/round"


@pytest.fixture
def due(staff, made):
    """Two residents and an outlet whose visits are due: keys of their rows."""
    first = made(world.person("刘桂芳"), JULY, why="policy", next_on=date(2006, 8, 1))
    second = made(world.person("王强"), JULY, why="policy", next_on=date(2006, 8, 2))
    firm = Employer.objects.create(region_id=world.HERE, name="石门顺达")
    outlet = Outlet.objects.create(
        region_id=world.HERE, name="家政点", opened_on=date(2006, 3, 1), employer=firm
    )
    return [f"after-{first.pk}", f"after-{second.pk}", f"outlet-{outlet.pk}"]


def sent(rows, entry=None, **given):
    return {"row": rows, "visited_on": "2006-08-31", "way": "door", "entry": str(entry or uuid4()), **given}


def test_it_lists_what_is_due_and_records_what_was_chosen_together(due, at):
    station = at("station")
    page = station.get(ROUND).content.decode()
    for name in ("刘桂芳", "王强", "家政点"):
        assert name in page
    first, _second, outlet = due
    given = {f"{first}-outcome": "met", f"{first}-situation": "seeking", f"{outlet}-outcome": "met"}
    given |= {f"{first}-needs": ["post"], f"{first}-why": "policy"}
    answer = station.post(ROUND, sent(due, **given), follow=True)
    assert "2 visits are recorded" in answer.content.decode()
    one, other = Visit.objects.get(situation="seeking"), Visit.objects.get(outlet__isnull=False)
    assert (one.why, one.situation, one.needs, one.visited_on) == ("policy", "seeking", ["post"], world.TODAY)
    assert other.outlet.name == "家政点"
    left = station.get(ROUND).content.decode()
    assert "王强" in left and "刘桂芳" not in left and "家政点" not in left


def test_one_wrong_row_keeps_all_back_and_says_so_beside_it(due, at):
    first, second, _outlet = due
    given = {f"{first}-outcome": "met", f"{second}-note": "在家看孩子", f"{second}-situation": "caring"}
    answer = at("station").post(ROUND, sent(due, **given))
    assert answer.status_code == 422
    assert Visit.objects.count() == 2
    page = answer.content.decode()
    assert "1 row cannot be saved" in page and "在家看孩子" in page
    wrong = [line for line in answer.context["lines"] if line.form.errors]
    assert [line.due.key for line in wrong] == [second]
    assert "Choose the result as well." in page


@pytest.mark.parametrize(
    "wrong", [{"visited_on": "2006-09-01"}, {"visited_on": "x"}, {"way": "x"}, {"entry": "x"}]
)
def test_what_is_wrong_with_the_whole_round_is_told(due, at, wrong):
    answer = at("station").post(ROUND, sent(due) | {f"{due[0]}-outcome": "met"} | wrong)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert Visit.objects.count() == 2


def test_nothing_chosen_is_told(due, at):
    answer = at("station").post(ROUND, sent(due))
    assert answer.status_code == 422 and "Nothing was chosen yet" in answer.content.decode()


def test_sent_twice_it_is_recorded_once_and_what_is_no_longer_due_is_not_lost(due, at):
    form = sent(due, uuid4()) | {f"{due[0]}-outcome": "met"}
    station = at("station")
    for _twice in range(2):
        assert station.post(ROUND, form).status_code == 302
    assert Visit.objects.count() == 3
    late = sent(due) | {f"{due[0]}-outcome": "met", f"{due[0]}-note": "又去了一次"}
    assert station.post(ROUND, late).status_code == 302
    assert Visit.objects.filter(note="又去了一次").exists()


def test_rows_of_others_are_refused(due, at):
    form = sent(due) | {f"{due[0]}-outcome": "met"}
    answer = at("stranger").post(ROUND, form)
    assert answer.status_code == 422 and "刘桂芳" not in answer.content.decode()
    assert at("leader").get(ROUND).status_code == 403
    assert Visit.objects.count() == 2


def test_a_longer_list_takes_no_more_queries(due, at, made):
    station = at("station")
    station.get(ROUND)
    with CaptureQueriesContext(
        connection,
    ) as few:
        station.get(ROUND)
    for number in range(12):
        made(world.person(f"王{number}"), JULY, why="policy", next_on=date(2006, 8, 1))
    with CaptureQueriesContext(connection) as many:
        station.get(ROUND)
    assert len(many) == len(few)
