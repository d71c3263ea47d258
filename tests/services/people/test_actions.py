"""The verbs themselves: any order of them leaves spells that follow one another, and the guards hold."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import case_world as world
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.procedures.refusal import Refused
from qiao.core.regions.models import Region
from qiao.services.people.actions import status, transfer, willingness
from qiao.services.people.models import Resident, Spell

DAY = date(2006, 8, 31)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["employed", "unemployed", "not_in_labour_force", "register", "cancel", "move"]),
        st.integers(-30, 400),
    ),
    max_size=8,
)
DETAILS = {"employed": {"form": "unit"}, "unemployed": {}, "not_in_labour_force": {"reason": "student"}}


def take(person: Resident, what: str, day: date) -> None:
    match what:
        case "register":
            status.register(person, day)
        case "cancel":
            status.cancel(person, day, "other")
        case "move":
            transfer.move(person, world.NEXT if person.region_id == world.HERE else world.HERE, day)
        case _:
            status.begin(person, what, day, today=DAY, **DETAILS[what])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_spells_follow_one_another_whatever_is_done(staff, steps):
    with transaction.atomic():
        person = world.person()
        for what, days in steps:
            try:
                with transaction.atomic():
                    take(person, what, date(2005, 8, 1) + timedelta(days=days))
            except Refused:
                pass
            person.refresh_from_db()
        spells = list(Spell.objects.filter(resident=person).order_by("counted_from"))
        for one, two in itertools.pairwise(spells):
            assert one.until == two.counted_from
        assert all(one.until is None or one.until > one.counted_from for one in spells)
        if spells:
            last = spells[-1]
            assert (person.state, person.current_spell, last.region_id) == (
                last.state,
                last.pk,
                person.region_id,
            )
            assert person.registered == bool(last.registered_on and not last.cancelled_on)
        transaction.set_rollback(True)


def test_becoming_unwilling_takes_two_and_a_reason(staff):
    person = world.person()
    world.out_of_work(person, date(2005, 9, 1))
    one, two = staff["station"].user, staff["office"].user
    with pytest.raises(ValidationError):
        willingness.ask(person, "unwilling", "  ", one, DAY)
    change = willingness.ask(person, "unwilling", "带孙子", one, DAY)
    with pytest.raises(ValidationError):
        willingness.ask(person, "unable", "生病", one, DAY)
    with pytest.raises(Refused):
        willingness.answer(change, True, one, DAY)
    willingness.answer(change, True, two, DAY)
    person.refresh_from_db()
    assert (person.willing, person.state) == (False, "not_in_labour_force")
    with pytest.raises(Refused):
        willingness.answer(change, False, two, DAY)


def test_no_plain_save_makes_anybody_unwilling_or_moves_anybody(staff):
    person = world.person()
    for change in ({"willing": False}, {"able": False}, {"region": world.NEXT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resident.objects.filter(pk=person.pk).update(**change)


def test_a_change_agreed_to_on_the_day_the_status_began_is_refused_whole(staff):
    person = world.person()
    world.out_of_work(person, DAY)
    change = willingness.ask(person, "unwilling", "带孙子", staff["station"].user, DAY)
    with pytest.raises(Refused):
        willingness.answer(change, True, staff["office"].user, DAY)
    change.refresh_from_db()
    person.refresh_from_db()
    assert (change.answer, person.willing) == ("open", True)


def test_who_is_outside_already_stays_outside_when_found_unwilling(staff):
    person = world.person()
    world.spell(person, "not_in_labour_force", date(2006, 1, 1), reason="student")
    change = willingness.ask(person, "unwilling", "不找工作", staff["station"].user, DAY)
    willingness.answer(change, True, staff["office"].user, DAY)
    person.refresh_from_db()
    assert (person.willing, person.state) == (False, "not_in_labour_force")


def test_a_move_keeps_the_time_before_it_where_it_was(staff):
    person = world.person()
    world.spell(person, "unemployed", date(2005, 9, 1), registered_on=date(2005, 9, 5), certificate_no="A1")
    transfer.move(person, world.ELSEWHERE, date(2006, 8, 1))
    here, there = Spell.objects.filter(resident=person).order_by("counted_from")
    assert (here.region_id, here.until) == (world.HERE, date(2006, 8, 1))
    assert (there.region_id, there.since, there.registered_on) == (
        world.ELSEWHERE,
        date(2005, 9, 1),
        date(2005, 9, 5),
    )


def test_a_registration_cancelled_before_the_move_stays_cancelled(staff):
    person = world.person()
    world.spell(person, "unemployed", date(2005, 9, 1), registered_on=date(2005, 9, 5))
    status.cancel(person, date(2006, 3, 1), "refused")
    transfer.move(person, world.ELSEWHERE, date(2006, 8, 1))
    person.refresh_from_db()
    assert not person.registered


def test_transfers_lead_to_another_community_of_the_district(staff):
    person, by = world.person(), staff["station"].user
    with pytest.raises(Refused):
        transfer.propose(person, Region.objects.get(pk=world.STREET), DAY, "搬家", by, DAY)
    with pytest.raises(Refused):
        far = Region.objects.create(code=130102001001, name="远方社区", level=5)
        transfer.propose(person, far, DAY, "搬家", by, DAY)
    with pytest.raises(Refused):
        transfer.propose(person, Region.objects.get(pk=world.HERE), DAY, "搬家", by, DAY)


def test_the_form_says_why_nobody_becomes_unwilling_there(staff, at):
    person = world.person()
    page = at("station").get(f"/l/residents/{person.pk}/edit").context["form"]
    sent = {name: page[name].value() for name in page.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False, "")} | {"willing": "0"}
    answer = at("station").post(f"/l/residents/{person.pk}/edit", sent)
    assert answer.status_code == 422
    assert "needs a reason and a second person" in answer.content.decode()
