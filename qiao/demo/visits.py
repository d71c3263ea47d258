"""Visits of the last three months to people in assistance: most are monthly, some late or in vain."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from qiao.demo.careers import weekday
from qiao.demo.model import TODAY, Community, Resident, Visit
from qiao.demo.words import weighted

FIRST = date(2006, 6, 1)
OUTCOMES = {"met": 88, "not_met": 5, "no_answer": 6, "refused": 1}
WITHOUT_WORK = {"seeking": 78, "caring": 8, "ill": 6, "away": 3, "training": 5}
NEEDS = {"post": 5, "training": 2, "policy": 2, "loan": 1, "": 90}


def made(rng: random.Random, home: Community) -> None:
    """A station keeps to the month, or leaves out some turns."""
    diligence = rng.uniform(0.97, 1) if home.good else rng.uniform(0.88, 0.98)
    for person in home.residents:
        person.visits = list(_to(rng, person, diligence))


def _to(rng: random.Random, person: Resident, diligence: float) -> Iterator[Visit]:
    for recognised in person.recognitions:
        if not recognised.recognised_on:
            continue
        day = max(
            FIRST + timedelta(rng.randrange(28)), recognised.recognised_on + timedelta(rng.randrange(9, 29))
        )
        while (day := weekday(day, date.max)) <= TODAY and recognised.holds(day):
            if rng.random() < diligence:
                first = _visit(rng, person, day)
                yield first
                again = weekday(day + timedelta(rng.randrange(2, 6)), date.max)
                if first.outcome in ("not_met", "no_answer") and again <= TODAY and recognised.holds(again):
                    yield Visit(again, "door", "met", *_found(rng, person, again))
            day += timedelta(rng.randrange(24, 31))


def _visit(rng: random.Random, person: Resident, day: date) -> Visit:
    outcome = weighted(rng, OUTCOMES)
    if outcome == "no_answer":
        return Visit(day, "phone", outcome)
    if outcome != "met":
        return Visit(day, "door", outcome)
    return Visit(day, "phone" if rng.random() < 0.3 else "door", outcome, *_found(rng, person, day))


def _found(rng: random.Random, person: Resident, day: date) -> tuple[str, tuple[str, ...]]:
    """How things stand and what is needed."""
    spell = next((spell for spell in person.spells if spell.covers(day)), person.now)
    if spell.state == "employed":
        return "working", ("policy",) if rng.random() < 0.2 else ()
    needs = {need for need in (weighted(rng, NEEDS), weighted(rng, NEEDS)) if need}
    return weighted(rng, WITHOUT_WORK), tuple(sorted(needs))
