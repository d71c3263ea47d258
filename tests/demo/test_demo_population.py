from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from qiao.demo.model import TODAY, WINDOW
from qiao.demo.papers import id_valid
from qiao.demo.population import populate

NEW_YEAR = date(2006, 1, 1)
FORMS = {"unit", "self", "flexible", "welfare_post"}


@pytest.fixture(scope="module")
def residents(district):
    return list(district.residents)


def test_as_large_and_as_troubled_as_planned(district, residents):
    assert 18_500 <= len(residents) <= 21_500
    assert 2_300 <= sum(person.registered for person in residents) <= 3_300
    assert 1_500 <= sum(person.hardship is not None for person in residents) <= 3_500
    kinds = Counter(person.kind for person in residents)
    assert min(kinds[kind] for kind in ("laid_off", "new_entrant", "rural_worker", "other")) > 500
    placed = {
        person.key
        for person in residents
        for before, after in pairwise(person.spells)
        if before.state == "unemployed" and after.state == "employed" and after.since >= WINDOW
    }
    assert 6_000 <= len(placed) <= 7_000


def test_every_id_number_is_valid_its_owner_s_and_nobody_else_s(residents):
    assert len({person.id_number for person in residents}) == len(residents)
    for person in residents:
        assert id_valid(person.id_number)
        assert person.id_number[6:14] == f"{person.birth:%Y%m%d}"
        assert int(person.id_number[16]) % 2 == (person.sex == "male")
    home = sum(person.id_number.startswith("130103") for person in residents)
    assert 0.85 < home / len(residents) < 0.95


def test_lives_are_unbroken_and_nothing_overlaps(residents):
    for person in residents:
        assert person.spells[-1].until is None
        for before, after in pairwise(person.spells):
            assert before.since < before.until == after.since
        assert all(person.birth < spell.since <= TODAY for spell in person.spells)


def test_spells_say_what_their_state_needs(residents):
    for spell in (spell for person in residents for spell in person.spells):
        assert (spell.form in FORMS) == (spell.state == "employed")
        assert spell.state == "employed" or spell.reason
        if spell.registered_on:
            assert spell.state == "unemployed"
            assert spell.since <= spell.registered_on <= (spell.until or TODAY)
        if spell.cancelled_on:
            assert spell.registered_on <= spell.cancelled_on <= (spell.until or TODAY)
            assert spell.cancel_reason
        if spell.registered_on and spell.until:
            assert spell.cancelled_on


def test_recognition_comes_while_out_of_work_and_in_order(residents):
    for person in residents:
        for made in person.recognitions:
            assert any(
                spell.state == "unemployed" and spell.covers(made.applied_on) for spell in person.spells
            )
            assert made.recognised_on is None or made.applied_on <= made.recognised_on <= TODAY
            assert made.exited_on is None or made.recognised_on < made.exited_on <= TODAY
            assert (made.exited_on is None) == (made.exit_reason == "")


def _without_work(house, day) -> bool:
    states = {spell.state for person in house.active for spell in person.spells if spell.covers(day)}
    return "unemployed" in states and "employed" not in states


def test_households_without_work_are_those_planned_and_no_others(district):
    struck = [house for house in district.households if house.zero]
    assert 55 <= len(struck) <= 65
    assert 3 <= sum(house.zero.cleared_on is None for house in struck) <= 8
    for house in district.households:
        days = {spell.since for person in house.active for spell in person.spells if spell.since >= WINDOW}
        for day in days | {WINDOW, TODAY}:
            planned = house.zero and house.zero.since <= day < (house.zero.cleared_on or date.max)
            assert _without_work(house, day) == bool(planned), (house.key, day)


def test_zero_employment_runs_its_course(district):
    for house in district.households:
        if zero := house.zero:
            assert zero.since < zero.found_on <= zero.recognised_on <= TODAY
            assert all(person.recognitions[0].category == "zero_employment" for person in house.active)
            if zero.cleared_on:
                worker = next(person for person in house.members if person.key == zero.cleared_by)
                assert any(
                    spell.since == zero.cleared_on and spell.form == zero.way for spell in worker.spells
                )
                assert zero.recognised_on < zero.cleared_on <= TODAY


def test_families_hang_together(district):
    for house in district.households:
        assert [member.relation for member in house.members].count(
            "head"
        ) == 1 and house.head.relation == "head"
        assert {member.community for member in house.members} == {house.community}
        for member in house.members:
            if member.relation == "child":
                assert member.birth.year - house.head.birth.year >= 16
            if member.relation == "spouse":
                assert member.sex != house.head.sex
    assert max(Counter(house.address for house in district.households).values()) == 1


def _employed(people) -> float:
    return sum(person.now.state == "employed" for person in people) / max(1, len(people))


def test_twenty_five_communities_meet_the_standard_in_all_three_groups(district):
    for community in district.communities:
        able = [person for person in community.residents if person.active]
        registered = [
            p
            for p in able
            if any(s.registered_on and (s.cancelled_on or TODAY) >= NEW_YEAR for s in p.spells)
        ]
        hardship = [person for person in able if person.hardship]
        good = all(_employed(group) >= 0.95 for group in (able, registered, hardship))
        half_a_year = any(p.now.state == "unemployed" and p.now.since < TODAY - timedelta(184) for p in able)
        assert good == community.good, community.name
        assert not (good and half_a_year), community.name
    assert sum(community.good for community in district.communities) == 25


def test_another_seed_is_another_district(district):
    other = next(populate(7, scale=0.01).residents)
    assert other.name != next(district.residents).name or other.birth != next(district.residents).birth
