"""The demo district as it really is on 2006-08-31: communities, families, working lives, hardship."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qiao.demo import careers, papers
from qiao.demo.district import Area, communities, streets
from qiao.demo.families import TYPES, Addresses, Registrar, family
from qiao.demo.hardship import recognise
from qiao.demo.model import TODAY, Community, Household, Resident
from qiao.demo.names import given_name, surname
from qiao.demo.words import load, weighted
from qiao.demo.zero import strike, suited

GOOD_COMMUNITIES = 25
ZERO_HOUSEHOLDS, STILL_ZERO = 62, 6
TOWN = 100
NEW_YEAR = date(2006, 1, 1)
GOOD_MARGIN = 0.038
"""Share without work that a full-employment community stays under, in each of the three groups."""


@dataclass(slots=True)
class District:
    communities: list[Community]

    @property
    def households(self) -> Iterator[Household]:
        return (house for community in self.communities for house in community.households)

    @property
    def residents(self) -> Iterator[Resident]:
        return (member for house in self.households for member in house.members)


def populate(seed: int = 2006, scale: float = 1.0) -> District:
    """The whole district. Each community has its own dice, so one does not change another."""
    rng = random.Random(f"{seed}:district")
    mills = load("places")["mills"]
    good = set(rng.sample([c.code for c in communities() if c.code not in mills], GOOD_COMMUNITIES))
    zeros = _zero_plan(rng, good, scale)
    ids, keys = papers.IdOffice(), _Keys()
    return District([
        _community(random.Random(f"{seed}:{area.code}"), area, area.code in good, scale, ids, keys, zeros.get(area.code, []))
        for area in communities()
    ])  # fmt: skip


class _Keys:
    def __init__(self) -> None:
        self.household = self.resident = 0


def _zero_plan(rng: random.Random, good: set[int], scale: float) -> dict[int, list[bool]]:
    """For each community, its zero-employment households to be: True for one that is open today."""
    total = max(3, round(ZERO_HOUSEHOLDS * scale))
    still = max(1, round(STILL_ZERO * scale))
    codes = [c.code for c in communities()]
    bad = [code for code in codes if code not in good]
    plan: dict[int, list[bool]] = {}
    for number in range(total):
        code = rng.choice(bad) if number < still else rng.choice(codes if rng.random() < 0.5 else bad)
        plan.setdefault(code, []).append(number < still)
    return plan


def _community(
    rng: random.Random, area: Area, good: bool, scale: float, ids: papers.IdOffice, keys: _Keys, zeros: list[bool]
) -> Community:
    worker = surname(rng, "") + given_name(rng, "female" if rng.random() < 0.8 else "male", TODAY.replace(year=1966))
    street = next(s.name for s in streets() if s.code == area.street)
    home = Community(area.code, area.name, area.short, street, worker, good)
    village = area.street // 1000 % 1000 >= TOWN
    addresses, registrar = Addresses(rng, area), Registrar(rng, ids, village)
    mean = 305 if good else 390 + 90 * (area.code in load("places")["mills"])
    wanted = max(8, round(rng.uniform(0.65, 1.35) * mean * scale))
    count = 0
    while count < wanted:
        keys.household += 1
        number = f"{area.code % 10**6 // 1000:03}{area.code % 1000:02}-{len(home.households) + 1:04}"
        landline = papers.landline(rng) if rng.random() < 0.62 else ""
        house = Household(keys.household, number, area.code, addresses.next(), landline)
        house.low_income = rng.random() < (0.035 if good else 0.06)
        family(rng, registrar, house, weighted(rng, TYPES))
        home.households.append(house)
        count += len(house.members)
    for person in home.residents:
        keys.resident += 1
        person.key = keys.resident
    _lives(rng, home, zeros)
    for person in home.residents:
        if any(spell.registered_on for spell in person.spells):
            first = next(s.registered_on for s in person.spells if s.registered_on)
            person.certificate_no = papers.certificate(area.street, person.key, first.year)
        if rng.random() < 0.03:
            person.note = rng.choice(load("places")["notes"])
    return home


def _lives(rng: random.Random, home: Community, zeros: list[bool]) -> None:
    struck = _strike(rng, home, zeros)
    free: list[Resident] = []
    for house in home.households:
        if house in struck:
            continue
        active = house.active
        earner_known = any(not careers.fresh_from_school(person) for person in active)
        for person in house.members:
            if person.out_reason:
                person.spells = careers.outside(rng, person, waited=earner_known)
        if active:
            anchor = max(active, key=lambda p: (not careers.fresh_from_school(p), p.kind != "laid_off", rng.random()))
            anchor.spells = careers.steady(rng, anchor)
            free += [person for person in active if person is not anchor]
    for person in free:
        chance = {"laid_off": 0.9, "new_entrant": 0.82, "rural_worker": 0.18}.get(person.kind, 0.62)
        draw = rng.random()
        life = careers.placed if draw < chance else careers.moved if draw < chance + 0.06 else careers.steady
        person.spells = life(rng, person)
    for house in home.households:
        recognise(rng, house)
    _without_work(rng, home, free)


def _strike(rng: random.Random, home: Community, zeros: list[bool]) -> list[Household]:
    candidates = [house for house in home.households if suited(house)]
    rng.shuffle(candidates)
    struck = candidates[: len(zeros)]
    for house, still in zip(struck, zeros, strict=False):
        strike(rng, house, still, home.good, home.station_worker)
    return struck


def _without_work(rng: random.Random, home: Community, free: list[Resident]) -> None:
    """Turn some of the free people's lives so that they have no work today."""
    everyone = home.residents
    active = sum(person.active for person in everyone)
    if home.good:
        registered = sum(any(s.registered_on and (s.until or TODAY) >= NEW_YEAR for s in p.spells) for p in everyone)
        candidates = [p for p in free if not p.recognitions and not (p.graduated and 2004 <= p.graduated.year < 2006)]
        quota = int(registered * GOOD_MARGIN)
        total = int(active * rng.uniform(0.2, GOOD_MARGIN / 0.05) * 0.05)
    else:
        candidates = free
        share = rng.uniform(0.13, 0.41) + 0.04 * (home.code in load("places")["mills"])
        total = int(active * share)
        quota = total - int(total * 0.09)
    rng.shuffle(candidates)
    chosen = sorted(candidates, key=lambda p: p.kind == "rural_worker")[: max(total, quota)]
    houses = {house.key: house for house in home.households}
    for position, person in enumerate(chosen):
        person.spells = careers.seeking(rng, person, fresh=home.good, registered=position < quota)
        person.recognitions = []
        if not home.good:
            recognise(rng, houses[person.household], only=person)
