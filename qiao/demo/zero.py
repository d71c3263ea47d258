"""Zero-employment households: how a family loses its last work and finds it again."""

import random
from datetime import date, timedelta

from qiao.demo import careers
from qiao.demo.model import TODAY, Household, Recognition, Resident, Spell, ZeroEmployment


def suited(house: Household) -> bool:
    """A family that may fall: two members or more, up to three who could work, nobody from the country."""
    active = house.active
    settled = all(person.kind != "rural_worker" for person in active)
    return settled and len(house.members) >= 2 and len(active) <= 3 and bool(_earners(house))


def strike(rng: random.Random, house: Household, still: bool, good: bool, helper: str) -> None:
    """Let the household have no work from a day on; `still` until today, else until somebody is placed."""
    latest = date(2006, 8, 14) if still else date(2006, 3, 20) if good else date(2006, 6, 20)
    fallen = careers.day_between(rng, date(2006, 6, 20) if still else date(2004, 2, 16), latest)
    found = fallen + timedelta(3 + rng.randrange(12))
    recognised = careers.weekday(found + timedelta(8 + rng.randrange(8)), TODAY)
    if recognised > TODAY:
        recognised = TODAY - timedelta(1)
    zero = ZeroEmployment(fallen, min(found, recognised), recognised, helper)
    for person in house.members:
        if person.out_reason:
            person.spells = careers.outside(rng, person)
    earner = rng.choice(_earners(house))
    others = [person for person in house.active if person is not earner]
    if not still:
        zero.cleared_on = _cleared(rng, recognised)
        zero.cleared_by = earner.key
    earner.spells = _earner(rng, earner, fallen, zero)
    zero.way = earner.now.form if zero.cleared_on else ""
    for person in others:
        person.spells = _other(rng, person, fallen, zero, good)
    house.zero = zero
    for person in house.active:
        person.recognitions = [Recognition("zero_employment", found, "county_recognised", recognised)]
        _leave_help(rng, person, person.recognitions[0])


def _earners(house: Household) -> list[Resident]:
    """Those who may have kept the family until it fell."""
    return [person for person in house.active if not careers.left_school(person)]


def _cleared(rng: random.Random, recognised: date) -> date:
    """Within thirty days as a rule; a few take longer."""
    late = rng.random() < 0.12
    days = rng.randrange(31, 75) if late else rng.randrange(4, 30)
    return min(recognised + timedelta(days), TODAY - timedelta(2))


def _earner(rng: random.Random, person: Resident, fallen: date, zero: ZeroEmployment) -> list[Spell]:
    waiting = careers.jobless(rng, person, fallen, False)
    careers.register(rng, waiting, zero.recognised_on)
    spells = [*careers.before(rng, person, fallen), waiting]
    if zero.cleared_on:
        spells.append(careers.job(rng, person, zero.cleared_on, careers.LATER_FORMS))
    return careers.chained(*spells)


def _other(
    rng: random.Random, person: Resident, fallen: date, zero: ZeroEmployment, good: bool
) -> list[Spell]:
    since = min(careers.loss_date(rng, person, fallen), fallen)
    waiting = careers.jobless(rng, person, since, True)
    careers.register(rng, waiting, zero.recognised_on)
    spells = [*careers.before(rng, person, waiting.since), waiting]
    if zero.cleared_on and (good or rng.random() < 0.6):
        again = min(zero.cleared_on + timedelta(rng.randrange(10, 150)), TODAY - timedelta(3))
        spells.append(careers.job(rng, person, again, careers.LATER_FORMS))
    return careers.chained(*spells)


def _leave_help(rng: random.Random, person: Resident, help_given: Recognition) -> None:
    last = person.now
    stable = last.since + timedelta(183 + rng.randrange(20))
    if last.state == "employed" and stable < TODAY and rng.random() < 0.4:
        help_given.exited_on, help_given.exit_reason = stable, "stable_work"
