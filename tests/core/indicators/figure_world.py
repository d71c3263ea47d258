"""A small invented district with its people's states over three years, drawn from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

from qiao.core.regions.codes import level_of
from qiao.core.regions.models import Region
from qiao.services.people.models import HardshipCase, Household, Resident, Spell, ZeroEmploymentCase, choices

TODAY = date(2006, 8, 20)
PROVINCE, CITY, DISTRICT, OTHER = 130000000000, 130100000000, 130103000000, 130102000000
STREETS = (130103001000, 130103002000, 130102001000)
COMMUNITIES = tuple(street + number for street in STREETS for number in (1, 2))


def lay_regions() -> None:
    codes = (PROVINCE, CITY, DISTRICT, OTHER, *STREETS, *COMMUNITIES)
    Region.objects.bulk_create([Region(code=code, name=str(code), level=level_of(code)) for code in codes])


def some_day(dice: random.Random, first: date = date(2004, 1, 1), last: date = TODAY) -> date:
    return first + timedelta(days=dice.randrange((last - first).days + 1))


def resident(dice: random.Random, region: int) -> Resident:
    return Resident(
        region_id=region,
        name="x",
        id_kind="unknown",
        sex=dice.choice(["M", "F", ""]),
        birth_date=dice.choice([None, some_day(dice, date(1940, 1, 1), date(1992, 1, 1))]),
        education=dice.choice(["", "junior", "college"]),
        kind=dice.choice(["", "laid_off", "rural_worker"]),
        hukou_kind=dice.choice(["", "urban", "rural"]),
        able=dice.random() < 0.8,
        willing=dice.choice([None, True, False]),
    )


def spells(dice: random.Random, person: Resident) -> list[Spell]:
    """Up to four states in a row, now and then a gap between; the last may be open."""
    made, day = [], some_day(dice, last=date(2006, 3, 1))
    for _ in range(dice.randrange(5)):
        until = day + timedelta(days=dice.randrange(1, 400))
        ended = until <= TODAY and dice.random() < 0.9
        state = dice.choice(["employed", "unemployed", "unemployed", "not_in_labour_force"])
        registered = day + timedelta(days=dice.randrange(30)) if dice.random() < 0.7 else None
        registered = registered if state == "unemployed" else None
        cancelled = registered and dice.random() < 0.4
        made.append(
            Spell(
                region_id=person.region_id,
                resident=person,
                state=state,
                form=dice.choice(choices.Form.values) if state == "employed" else "",
                reason="student" if state == "not_in_labour_force" else dice.choice(["", "laid_off"]),
                since=day,
                counted_from=day,
                until=until if ended else None,
                registered_on=registered,
                cancelled_on=registered + timedelta(days=dice.randrange(200)) if cancelled else None,
                cancel_reason="hired" if cancelled else "",
            )
        )
        if not ended:
            break
        day = until + timedelta(days=dice.choice([0, 0, 30]))
        if day > TODAY:
            break
    return made


def hardship(dice: random.Random, person: Resident) -> HardshipCase:
    opened = some_day(dice)
    recognised = opened + timedelta(days=20) if dice.random() < 0.8 else None
    exited = (
        recognised + timedelta(days=dice.randrange(1, 300)) if recognised and dice.random() < 0.4 else None
    )
    return HardshipCase(
        region_id=person.region_id,
        resident=person,
        category=dice.choice(["older_4050", "disabled"]),
        stage="x",
        stage_since=opened,
        opened_on=opened,
        recognised_on=recognised,
        exited_on=exited,
        exit_reason="stable_work" if exited else "",
        closed_on=exited,
    )


def zero_case(dice: random.Random, household: Household) -> ZeroEmploymentCase:
    found = some_day(dice)
    cleared = found + timedelta(days=dice.randrange(60)) if dice.random() < 0.5 else None
    return ZeroEmploymentCase(
        region_id=household.region_id,
        household=household,
        stage="x",
        stage_since=found,
        opened_on=found,
        found_on=found,
        cleared_on=cleared,
        ending=dice.choice(["employed", "refused"]) if cleared else "",
        closed_on=cleared,
    )


def populate(seed: int, people: int = 60) -> None:
    dice = random.Random(seed)
    residents = Resident.objects.bulk_create(resident(dice, dice.choice(COMMUNITIES)) for _ in range(people))
    Spell.objects.bulk_create(spell for person in residents for spell in spells(dice, person))
    HardshipCase.objects.bulk_create(hardship(dice, person) for person in residents if dice.random() < 0.4)
    households = Household.objects.bulk_create(
        Household(region_id=dice.choice(COMMUNITIES)) for _ in range(people // 4)
    )
    ZeroEmploymentCase.objects.bulk_create(zero_case(dice, household) for household in households)
