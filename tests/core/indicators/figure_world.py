"""A small invented district with its people's states over three years, drawn from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

from qiao.core.accounts.models import User
from qiao.core.regions.codes import level_of
from qiao.core.regions.models import Region
from qiao.services.people.models import HardshipCase, Household, Resident, Spell, ZeroEmploymentCase, choices
from qiao.services.visits.models import Campaign, HelperPair, Visit

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


def visits(dice: random.Random, person: Resident, by: User, campaign: Campaign) -> list[Visit]:
    """A few visits to one person, some of a campaign, most with a next one."""
    made = []
    for _ in range(dice.randrange(5)):
        on, outreach = some_day(dice, date(2006, 1, 1)), dice.random() < 0.4
        made.append(
            Visit(
                region_id=person.region_id,
                resident=person,
                by=by,
                visited_on=on,
                outcome=dice.choice(["met", "met", "not_met"]),
                why="outreach" if outreach else dice.choice(["hardship", "other"]),
                campaign=campaign if outreach else None,
                findings=["interested"] if outreach and dice.random() < 0.5 else [],
                next_on=on + timedelta(days=dice.randrange(1, 60)) if dice.random() < 0.7 else None,
            )
        )
    return made


def pair(dice: random.Random, household: Household) -> HelperPair:
    since = some_day(dice)
    ended = since + timedelta(days=dice.randrange(200)) if dice.random() < 0.4 else None
    return HelperPair(
        region_id=household.region_id,
        household=household,
        helper="x",
        since=since,
        ended_on=ended,
        end_reason="declined" if ended else "",
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
    dice = random.Random(f"visits {seed}")
    by, _made = User.objects.get_or_create(username="visitor")
    campaign, _made = Campaign.objects.get_or_create(
        region_id=DISTRICT, name="x", starts_on=date(2006, 1, 1), ends_on=TODAY, topic="loan"
    )
    Visit.objects.bulk_create(
        visit for person in residents for visit in visits(dice, person, by, campaign) if dice.random() < 0.7
    )
    HelperPair.objects.bulk_create(pair(dice, one) for one in households if dice.random() < 0.6)
