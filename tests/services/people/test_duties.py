"""Every duty arises from records, stands on somebody's list, and is closed by its record."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from duty_stories import LONG_AGO, STORIES, TODAY, at_stage, in_help, owed, unemployed, visited
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.duties.declaration import Viewer, duties, duty
from qiao.core.duties.models import Handover, Postponement
from qiao.core.duties.spans import FixedSpan, Unit
from qiao.core.duties.worklist import CAP, worklist
from qiao.services.people.actions import willingness
from qiao.services.people.models import HardshipCase, Resident
from qiao.services.visits.models import Visit


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_a_duty_arises_is_seen_and_is_closed_by_its_record(staff, at, story):
    assert owed(staff[story.by], story.code) == 0
    subject = story.arises(staff)
    assert owed(staff[story.by], story.code) == 1
    if story.overseer:
        assert owed(staff[story.overseer], story.code) == 1, "overdue: who oversees it sees it"
    for nobody in ("leader", "stranger_office"):
        assert owed(staff[nobody], story.code) == 0
    page = at(story.by).get(f"/duties/{story.code}/")
    assert page.status_code == 200
    assert b"overdue" in page.content
    story.closes(staff, subject)
    assert owed(staff[story.by], story.code) == 0


def test_every_declared_duty_has_its_story():
    told = {story.code for story in STORIES}
    assert {one.code for one in duties() if belongs_here(one)} == told


def belongs_here(duty) -> bool:
    """Other services tell the stories of their own duties and of the stages of their procedures."""
    from qiao.core.procedures.declaration import procedures

    elsewhere = [one.code for one in procedures() if one.model._meta.app_label != "people"]
    module = type(duty).__module__
    other = module.startswith("qiao.services.") and not module.startswith("qiao.services.people.")
    if duty.code == "visit_in_assistance":
        return True
    return not other and duty.code.split(".")[0] not in elsewhere


@pytest.mark.parametrize(("days", "seen"), [(0, True), (31, True), (32, False)])
def test_half_a_year_is_announced_in_the_fifth_month(staff, days, seen):
    """Unemployed since 1 March falls due on 1 September."""
    unemployed(since=date(2006, 3, 1))
    today = date(2006, 9, 1) - timedelta(days=days)
    assert (owed(staff["station"], "long_spell", today) == 1) is seen
    assert owed(staff["office"], "long_spell", today) == 0, "not overdue: not the office's yet"
    assert owed(staff["office"], "long_spell", date(2006, 9, 2)) == 1


def test_a_visit_that_met_nobody_closes_nothing(staff):
    case = in_help(staff)
    Visit.objects.create(
        resident=case.resident,
        region_id=world.HERE,
        by=staff["station"].user,
        outcome="not_met",
        visited_on=TODAY,
    )
    assert owed(staff["station"], "visit_in_assistance") == 1


def test_the_next_visit_falls_due_a_month_after_the_last(staff):
    case = in_help(staff)
    visited(staff, case.resident)
    assert owed(staff["station"], "visit_in_assistance") == 0
    assert owed(staff["station"], "visit_in_assistance", date(2006, 9, 23)) == 1
    group = next(
        one
        for one in worklist(Viewer(staff["station"], date(2006, 10, 5)))
        if one.duty.code == "visit_in_assistance"
    )
    assert (group.rows[0].due, group.rows[0].overdue, group.late) == (date(2006, 9, 30), True, 1)


def test_public_notice_becomes_a_duty_only_when_it_has_ended(staff):
    at_stage(HardshipCase, "publicised", due_on=TODAY)(staff)
    assert owed(staff["office"], "hardship.publicised") == 0
    assert owed(staff["office"], "hardship.publicised", TODAY + timedelta(days=1)) == 1


def test_a_duty_belongs_to_the_responsible_while_they_hold_the_post(staff):
    someone = unemployed()
    Resident.objects.filter(pk=someone.pk).update(owner=staff["station2"].user)
    assert owed(staff["station"], "long_spell") == 0
    assert owed(staff["station2"], "long_spell") == 1
    staff["station2"].until = TODAY
    staff["station2"].save()
    assert owed(staff["station"], "long_spell") == 1, "nothing is owed silently"


def test_who_asked_does_not_answer(staff):
    willingness.ask(unemployed(), "unwilling", "回家带孙子", staff["office"].user, date(2006, 7, 1))
    assert owed(staff["office"], "confirm_willingness") == 0


def test_postponing_needs_a_reason_and_hides_from_the_owner_only(staff, at):
    someone = unemployed()
    station = at("station")
    address = "/duties/long_spell/postpone"
    given = {"rows": someone.pk, "postpone-until": "2006-09-10", "postpone-reason": ""}
    assert station.post(address, given).status_code == 422
    assert (
        station.post(address, given | {"postpone-reason": "住院", "postpone-until": "2007-09-10"}).status_code
        == 422
    )
    assert station.post(address, given | {"postpone-reason": "住院"}).status_code == 302
    assert Postponement.objects.get().created_by == staff["station"].user
    assert owed(staff["station"], "long_spell") == 0
    assert owed(staff["office"], "long_spell") == 1
    assert "刘桂芳" in station.get("/duties/long_spell/?view=postponed").content.decode()
    assert owed(staff["station"], "long_spell", date(2006, 9, 10)) == 1


def test_a_legal_time_limit_is_not_postponed(staff, at):
    case = at_stage(HardshipCase, "applied")(staff)
    given = {"rows": case.pk, "postpone-until": "2006-09-10", "postpone-reason": "忙"}
    at("station").post("/duties/hardship.applied/postpone", given)
    assert not Postponement.objects.exists()
    assert owed(staff["station"], "hardship.applied") == 1


def test_handing_over_to_a_colleague_of_the_community(staff, at):
    someone = unemployed()
    station = at("station")
    address = "/duties/long_spell/hand-over"
    given = {"rows": someone.pk, "hand-to": staff["station2"].user_id, "hand-reason": "休假"}
    assert station.post(address, given | {"hand-to": staff["stranger"].user_id}).status_code == 422
    assert station.post(address, given | {"hand-reason": ""}).status_code == 422
    assert station.post(address, given).status_code == 302
    assert Handover.objects.get().to == staff["station2"].user
    assert (owed(staff["station"], "long_spell"), owed(staff["station2"], "long_spell")) == (0, 1)


def test_only_what_is_owed_here_can_be_postponed(staff, at):
    far = unemployed("孙远", region=world.ELSEWHERE)
    given = {"rows": far.pk, "postpone-until": "2006-09-10", "postpone-reason": "忙"}
    at("station").post("/duties/long_spell/postpone", given)
    at("office").post("/duties/long_spell/postpone", given)
    assert not Postponement.objects.exists()


def test_doors_are_closed_to_roles_that_neither_owe_nor_oversee(staff, at):
    assert at("leader").get("/duties/long_spell/").status_code == 403
    assert at("station").get("/duties/nonsense/").status_code == 404


def test_counts_stop_at_the_cap(staff):
    people = [
        Resident(
            name=f"成员{n}",
            region_id=world.HERE,
            id_kind="unknown",
            willing=True,
            state="unemployed",
            state_since=LONG_AGO,
        )
        for n in range(CAP + 5)
    ]
    Resident.objects.bulk_create(people)
    group = next(one for one in worklist(Viewer(staff["station"], TODAY)) if one.duty.code == "long_spell")
    assert (group.shown_count, group.shown_late, len(group.rows)) == ("99+", "99+", 5)


def test_the_list_is_paged_by_key_and_filtered_by_community(staff, at):
    people = [
        Resident(
            name=f"成员{n:03}",
            region_id=region,
            id_kind="unknown",
            willing=True,
            state="unemployed",
            state_since=LONG_AGO,
        )
        for n in range(60)
        for region in (world.HERE, world.NEXT)
    ]
    Resident.objects.bulk_create(people)
    office = at("office")
    seen: list[int] = []
    address = f"?view=mine&region={world.HERE}&after="
    for _ in range(3):
        page = office.get("/duties/long_spell/" + address)
        seen += [row.id for row, _region, _person in page.context["rows"]]
        address = page.context["following"]
        if not address:
            break
    assert len(seen) == len(set(seen)) == 60
    assert office.get("/duties/long_spell/?after=nonsense&region=x&view=y").status_code == 200


def test_one_query_for_all_duties(staff):
    for story in STORIES[-6:]:
        story.arises(staff)
    with CaptureQueriesContext(connection) as seen:
        worklist(Viewer(staff["station"], TODAY))
    unions = [query for query in seen if "UNION ALL" in query["sql"]]
    parameters = [query for query in seen if "standards_parametervalue" in query["sql"]]
    assert len(unions) == 1
    bindings = [query for query in seen if "current_setting" in query["sql"] or "set_config" in query["sql"]]
    assert len(seen) - len(parameters) - len(bindings) == 2, "the colleagues, and all duties at once"


def test_a_worklist_never_shows_another_region(staff):
    unemployed("孙远", region=world.ELSEWHERE)
    for name in ("station", "office"):
        assert not worklist(Viewer(staff[name], TODAY))
    assert duty("long_spell").code == "long_spell"


@given(
    horizon=st.dates(date(2003, 1, 1), date(2024, 1, 1)),
    count=st.integers(0, 30),
    unit=st.sampled_from(list(Unit)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_latest_day_is_the_last_that_falls_due_by_the_horizon(db, horizon, count, unit):
    span = FixedSpan(count, unit)
    latest = span.latest(horizon)
    assert span.after(latest) <= horizon < span.after(latest + timedelta(days=1))
