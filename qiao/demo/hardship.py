"""Recognition as a person in employment hardship, from the spells that a life has had."""

import random
from datetime import date, timedelta

from qiao.demo.careers import day_between, weekday
from qiao.demo.model import TODAY, WINDOW, Household, Recognition, Resident, Spell

CHANCES = {
    "low_income": 0.8,
    "disabled": 0.75,
    "older_4050": 0.62,
    "single_parent": 0.6,
    "lost_land": 0.5,
    "long_unemployed": 0.4,
    "graduate": 0.35,
}
ALONE, HIGHER = ("divorced", "widowed"), ("college", "bachelor")
STAGES = ("community_checked", "publicised", "street_reviewed")


def recognise(rng: random.Random, house: Household, only: Resident | None = None) -> None:
    """Recognise those of the household whom the local list of 2006 would take in."""
    for person in [only] if only else house.active:
        if person.recognitions or not person.active:
            continue
        spells = [s for s in person.spells if s.state == "unemployed" and (s.until or TODAY) > WINDOW]
        if not spells or person.kind == "rural_worker":
            continue
        day = _day(rng, spells[-1])
        category = _category(rng, person, house, spells[-1], day) if day else None
        if category and day:
            person.recognitions = [_decision(rng, person, category, day)]


def only_recognised(person: Resident) -> None:
    """Public-welfare posts are for people recognised by the day they begin; the work of others there is casual."""
    for spell in person.spells:
        helped = any(recognition.holds(spell.since) for recognition in person.recognitions)
        if spell.form == "welfare_post" and not helped:
            spell.form = "flexible"


def _day(rng: random.Random, spell: Spell) -> date | None:
    """When the application is filed: while out of work, in the window."""
    first = max(spell.since + timedelta(12), WINDOW + timedelta(8))
    last = min((spell.until or TODAY), first + timedelta(240)) - timedelta(18)
    if spell.until is None and rng.random() < 0.02:
        return TODAY - timedelta(rng.randrange(4, 16))
    return day_between(rng, first, last) if first < last else None


def _category(rng: random.Random, person: Resident, house: Household, spell: Spell, day: date) -> str | None:
    age = person.age(day)
    fits = {
        "low_income": house.low_income,
        "disabled": bool(person.disability),
        "older_4050": age >= (40 if person.sex == "female" else 50),
        "single_parent": person.relation == "head" and person.marital in ALONE and len(house.members) > 1,
        "lost_land": person.hukou_kind == "rural",
        "long_unemployed": (day - spell.since).days >= 365,
        "graduate": house.low_income and bool(person.graduated) and person.education in HIGHER,
    }
    return next((c for c, chance in CHANCES.items() if fits[c] and rng.random() < chance), None)


def _decision(rng: random.Random, person: Resident, category: str, applied: date) -> Recognition:
    applied = weekday(applied, TODAY)
    recognised = weekday(applied + timedelta(12 + rng.randrange(14)), date.max)
    if recognised > TODAY:
        waited = (TODAY - applied).days
        return Recognition(category, applied, STAGES[min(2, waited // 6)])
    made = Recognition(category, applied, "county_recognised", recognised)
    return _exited(rng, person, made)


def _exited(rng: random.Random, person: Resident, made: Recognition) -> Recognition:
    last, draw = person.now, rng.random()
    stable = last.since + timedelta(183 + rng.randrange(25))
    day = made.recognised_on or TODAY
    if last.state == "employed" and day < stable < TODAY and draw < 0.28:
        made.exited_on, made.exit_reason = stable, "stable_work"
    elif last.state == "unemployed" and draw < 0.03 and (TODAY - day).days > 120:
        made.exited_on = weekday(day_between(rng, day + timedelta(92), TODAY - timedelta(1)), TODAY)
        made.exit_reason = "refused" if draw < 0.012 else "no_contact"
    return made
