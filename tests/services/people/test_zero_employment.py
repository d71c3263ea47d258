"""Households in which nobody works: the verdict with its reason, the sweep, the case to its end."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.accounts.scope import Scope
from qiao.services.people import zero_employment
from qiao.services.people.models import ZeroEmploymentCase

TODAY = world.TODAY
SINCE = date(2006, 1, 1)
ADULT, CHILD, PENSIONER = date(1962, 3, 5), date(1995, 1, 1), date(1940, 1, 1)


def member(state: str, born: date = ADULT, sex: str = "F", **facts):
    made = world.person("成员", born=born, sex=sex, **facts)
    if state == "unemployed":
        world.out_of_work(made, SINCE)
    elif state == "employed":
        world.at_work(made, SINCE)
    return made


def verdict(home):
    return zero_employment.verdict_of(home.pk, TODAY)


CASES = [
    ("one seeks, nobody works", [("unemployed", ADULT, {})], {}, "zero"),
    ("a child does not matter", [("unemployed", ADULT, {}), ("", CHILD, {})], {}, "zero"),
    ("one works", [("unemployed", ADULT, {}), ("employed", ADULT, {})], {}, "employed"),
    ("business income", [("unemployed", ADULT, {})], {"business_income": True}, "business"),
    ("not willing", [("unemployed", ADULT, {"willing": False})], {}, "nobody_seeks"),
    ("not able", [("unemployed", ADULT, {"able": False})], {}, "nobody_seeks"),
    ("willing not known counts", [("unemployed", ADULT, {"willing": None})], {}, "zero"),
    ("past retirement", [("unemployed", PENSIONER, {})], {}, "nobody_seeks"),
    ("too young", [("unemployed", CHILD, {})], {}, "nobody_seeks"),
    ("nobody unemployed", [("", ADULT, {})], {}, "nobody_seeks"),
    ("one whose status nobody recorded", [("unemployed", ADULT, {}), ("", ADULT, {})], {}, "unknown"),
]


@pytest.mark.parametrize(("what", "members", "home", "code"), CASES, ids=[case[0] for case in CASES])
def test_verdict(staff, what, members, home, code):
    made = world.family(*[member(state, born, **facts) for state, born, facts in members], **home)
    found = verdict(made)
    assert found.because["code"] == code
    assert found.zero == (code == "zero")
    assert zero_employment.in_words(found.because)


@pytest.mark.parametrize(("sex", "zero"), [("M", True), ("F", False)])
def test_working_age_ends_with_retirement_of_each_sex(staff, sex, zero):
    home = world.family(member("unemployed", TODAY.replace(year=TODAY.year - 57), sex))
    assert verdict(home).zero is zero


def test_an_empty_household_is_not_one(staff):
    someone = member("unemployed")
    home = world.family(someone)
    someone.memberships.update(until=TODAY)
    assert verdict(home).because == {"code": "no_members"}


def test_verdict_looks_at_the_day_asked_about(staff):
    someone = member("unemployed")
    home = world.family(someone)
    world.at_work(someone, date(2006, 8, 1))
    assert zero_employment.verdict_of(home.pk, date(2006, 7, 31)).zero
    assert not zero_employment.verdict_of(home.pk, date(2006, 8, 1)).zero


def test_sweep_lists_strikes_off_and_changes_nothing_again(staff):
    gone, kept = member("unemployed"), member("unemployed")
    first, second = world.family(gone), world.family(kept)
    world.family(member("employed"))
    assert zero_employment.sweep(world.DISTRICT, TODAY) == zero_employment.Swept(2, 0, 0)
    assert zero_employment.sweep(world.DISTRICT, TODAY) == zero_employment.Swept(0, 0, 0)
    case = ZeroEmploymentCase.objects.get(household=first)
    ZeroEmploymentCase.objects.filter(household=second).update(stage="recognised", recognised_on=TODAY)
    day = world.later(10)
    world.at_work(gone, day)
    world.at_work(kept, day)
    assert zero_employment.sweep(world.DISTRICT, day) == zero_employment.Swept(0, 1, 1)
    case.refresh_from_db()
    assert (case.stage, case.ending) == ("ended", "no_longer_fits")
    cleared = ZeroEmploymentCase.objects.get(household=second)
    assert (cleared.stage, cleared.ending, cleared.cleared_on) == ("cleared", "employed", day)
    assert zero_employment.days_open(cleared, day + timedelta(days=90)) == 10


def test_sweep_stays_in_its_region(staff):
    world.family(member("unemployed"))
    assert zero_employment.sweep(world.OTHER_STREET, TODAY).found == 0
    assert zero_employment.sweep(world.STREET, TODAY).found == 1


def test_a_household_that_refused_help_is_not_listed_again(staff):
    world.family(member("unemployed"))
    zero_employment.sweep(world.DISTRICT, TODAY)
    ZeroEmploymentCase.objects.update(stage="ended", ending="refused", closed_on=TODAY, cleared_on=TODAY)
    assert zero_employment.sweep(world.DISTRICT, TODAY).found == 0


def press(browser, case, name, **given):
    data = {"decision-on": world.clock.today().isoformat(), "decision-opinion": "Agreed."}
    return browser.post(f"/cases/zero_employment/{case.pk}/take/{name}", data | given)


def test_from_found_to_cleared_through_the_doors(staff, at):
    someone = member("unemployed")
    world.family(someone)
    zero_employment.sweep(world.DISTRICT, TODAY)
    case = ZeroEmploymentCase.objects.get()
    station, office = at("station"), at("office")
    page = station.get(f"/cases/zero_employment/{case.pk}/").content.decode()
    assert "1 of them are unemployed" in page
    assert press(station, case, "check").status_code == 302
    assert press(station, case, "publicise").status_code == 302
    case.refresh_from_db()
    world.later((case.due_on - TODAY).days + 1)
    assert press(office, case, "recognise").status_code == 422, "a helper is named"
    named = press(office, case, "recognise", **{"extra-helper": staff["station2"].user_id})
    assert named.status_code == 302
    case.refresh_from_db()
    assert case.helper == staff["station2"].user
    assert case.due_on == world.clock.today() + timedelta(days=30)
    assert press(station, case, "clear").status_code == 409
    world.at_work(someone, world.clock.today())
    assert press(station, case, "clear").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.ending) == ("cleared", "employed")


def test_no_longer_so_stops_the_check(staff, at):
    someone = member("unemployed")
    world.family(someone)
    zero_employment.sweep(world.DISTRICT, TODAY)
    world.at_work(someone, TODAY)
    answer = press(at("station"), ZeroEmploymentCase.objects.get(), "check")
    assert answer.status_code == 409
    assert "1 member works" in answer.content.decode()


def test_the_helper_serves_the_community(staff, at):
    world.family(member("unemployed"))
    zero_employment.sweep(world.DISTRICT, TODAY)
    case = ZeroEmploymentCase.objects.get()
    ZeroEmploymentCase.objects.update(stage="publicised", due_on=TODAY - timedelta(days=1), stage_since=TODAY)
    answer = press(at("office"), case, "recognise", **{"extra-helper": staff["stranger"].user_id})
    assert answer.status_code == 422


def plainly(members, business: bool) -> bool:
    """The rule as one would read it aloud; all are women."""
    if business or any(state == "employed" for state, _, _, _ in members):
        return False
    of_age = [one for one in members if 16 <= one[1] < 55]
    if any(state == "" for state, _, _, _ in of_age):
        return False
    return any(state == "unemployed" and able and willing is not False for state, _, able, willing in of_age)


MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(["employed", "unemployed", ""]),
        st.integers(10, 70),
        st.booleans(),
        st.sampled_from([True, False, None]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=MEMBERS, business=st.booleans())
def test_one_by_one_and_the_whole_region_agree_with_the_rule(staff, members, business):
    made = [
        member(state, TODAY.replace(year=TODAY.year - years, day=1), able=able, willing=willing)
        for state, years, able, willing in members
    ]
    home = world.family(*made, business_income=business)
    assert verdict(home).zero is plainly(members, business)
    swept = {one.household: one.zero for one in zero_employment.judge_region(Scope(world.DISTRICT), TODAY)}
    assert swept[home.pk] is plainly(members, business)
