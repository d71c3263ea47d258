"""The demo district as it really is on 2006-08-31: communities, families, working lives, hardship."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from qiao.demo import careers, papers, visits
from qiao.demo.district import Area, communities, streets
from qiao.demo.families import TYPES, Addresses, Registrar, family, in_town
from qiao.demo.hardship import only_recognised, recognise
from qiao.demo.model import TODAY, Community, Household, Resident
from qiao.demo.names import given_name, surname
from qiao.demo.words import load, weighted
from qiao.demo.zero import strike, suited

GOOD_COMMUNITIES = 25
ZERO_HOUSEHOLDS, STILL_ZERO = 62, 6
NEW_YEAR = date(2006, 1, 1)
NOTED = 0.03
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
    books = _Books(papers.IdOffice(), set(), count(1), count(1))
    homes = []
    for area in communities():
        dice = random.Random(f"{seed}:{area.code}")
        home = _community(dice, area, area.code in good, scale, books, zeros.get(area.code, []))
        visits.made(random.Random(f"{seed}:visits:{area.code}"), home)
        homes.append(home)
    return District(homes)


@dataclass(slots=True)
class _Books:
    """What is numbered through the whole district."""

    ids: papers.IdOffice
    addresses: set[str]
    households: Iterator[int]
    residents: Iterator[int]


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
    rng: random.Random, area: Area, good: bool, scale: float, books: _Books, zeros: list[bool]
) -> Community:
    street = next(street.name for street in streets() if street.code == area.street)
    home = Community(area.code, area.name, area.short, street, _station_worker(rng), good)
    mean = 305 if good else 390 + 90 * (area.code in load("places")["mills"])
    _settle(
        rng,
        home,
        Addresses(rng, area, books.addresses),
        Registrar(rng, books.ids, in_town(area)),
        books,
        mean * scale,
    )
    for person in home.residents:
        person.key = next(books.residents)
    _lives(rng, home, zeros)
    for person in home.residents:
        only_recognised(person)
        first = next((spell.registered_on for spell in person.spells if spell.registered_on), None)
        if first:
            person.certificate_no = papers.certificate(area.street, person.key, first.year)
        if rng.random() < NOTED:
            person.note = rng.choice(load("places")["notes"])
    return home


def _station_worker(rng: random.Random) -> str:
    sex = "female" if rng.random() < 0.8 else "male"
    return surname(rng, "") + given_name(rng, sex, date(1966, 1, 1))


def _settle(
    rng: random.Random,
    home: Community,
    addresses: Addresses,
    registrar: Registrar,
    books: _Books,
    mean: float,
) -> None:
    """Households until the community is about as large as `mean`, give or take a third."""
    missing = max(8, round(rng.uniform(0.65, 1.35) * mean))
    while missing > 0:
        number = f"{home.code % 10**6 // 1000:03}{home.code % 1000:02}-{len(home.households) + 1:04}"
        landline = papers.landline(rng) if rng.random() < 0.62 else ""
        house = Household(next(books.households), number, home.code, addresses.next(), landline)
        house.low_income = rng.random() < (0.035 if home.good else 0.06)
        family(rng, registrar, house, weighted(rng, TYPES))
        home.households.append(house)
        missing -= len(house.members)


def _lives(rng: random.Random, home: Community, zeros: list[bool]) -> None:
    struck = _strike(rng, home, zeros)
    free: list[Resident] = []
    for house in home.households:
        if house in struck:
            continue
        active = house.active
        earner_known = any(not careers.left_school(person) for person in active)
        for person in house.members:
            if person.out_reason:
                person.spells = careers.outside(rng, person, waited=earner_known)
        if active:
            anchor = max(
                active, key=lambda p: (not careers.left_school(p), p.kind != "laid_off", rng.random())
            )
            anchor.spells = careers.steady(rng, anchor)
            free += [person for person in active if person is not anchor]
    for person in free:
        chance = {"laid_off": 0.95, "new_entrant": 0.9, "rural_worker": 0.55}.get(person.kind, 0.9)
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
    """Give some of the free people a life that has them without work today."""
    if home.good:
        total, quota = _few(rng, home)
        candidates = [p for p in free if not p.recognitions and not _out_of_school_long(p)]
    else:
        total, quota = _many(rng, home)
        candidates = free
    rng.shuffle(candidates)
    candidates = sorted(candidates, key=lambda person: person.kind == "rural_worker")
    houses = {house.key: house for house in home.households}
    for position, person in enumerate(candidates[: max(total, quota)]):
        person.spells = careers.seeking(rng, person, fresh=home.good, registered=position < quota)
        person.recognitions = []
        if not home.good:
            recognise(rng, houses[person.household], only=person)


def _out_of_school_long(person: Resident) -> bool:
    return person.graduated is not None and person.graduated.year in (2004, 2005)


def _few(rng: random.Random, home: Community) -> tuple[int, int]:
    """Without work, and registered among them, in a full-employment community."""
    people = home.residents
    registered = sum(
        any(s.registered_on and (s.until or TODAY) >= NEW_YEAR for s in p.spells) for p in people
    )
    share = GOOD_MARGIN * rng.uniform(0.2, 1)
    return int(share * sum(person.active for person in people)), int(registered * GOOD_MARGIN)


def _many(rng: random.Random, home: Community) -> tuple[int, int]:
    """The same where work is short, shortest beside the closed mills."""
    share = rng.uniform(0.13, 0.41) + 0.04 * (home.code in load("places")["mills"])
    total = int(share * sum(person.active for person in home.residents))
    return total, total - int(total * 0.09)
