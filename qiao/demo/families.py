"""Who lives together: households by type, with their members' age, school, health and place of papers."""

import random
import re
from datetime import date, timedelta

from qiao.demo import names, papers
from qiao.demo.district import Area
from qiao.demo.model import Household, Resident
from qiao.demo.words import load, weighted

MALE, FEMALE = "male", "female"
TYPES = {
    "couple_child": 44.0,
    "couple": 24.0,
    "couple_two_children": 7.0,
    "three_generations": 3.0,
    "young_couple": 10.0,
    "single_parent": 6.0,
    "single": 2.0,
}
OLD_EDUCATION = {
    "primary": 9.0, "junior": 46.0, "senior": 27.0, "secondary_technical": 8.0,
    "vocational": 3.0, "college": 5.0, "bachelor": 1.5, "illiterate": 0.5,
}  # fmt: skip
MIDDLE_EDUCATION = {
    "primary": 3.0, "junior": 40.0, "senior": 28.0, "vocational": 7.0,
    "secondary_technical": 9.0, "college": 9.0, "bachelor": 4.0,
}  # fmt: skip
YOUNG_EDUCATION = {
    "junior": 22.0, "senior": 14.0, "vocational": 15.0, "secondary_technical": 17.0,
    "college": 20.0, "bachelor": 11.5, "postgraduate": 0.5,
}  # fmt: skip
LEAVING_AGE = {
    "illiterate": 16, "primary": 16, "junior": 16, "senior": 18, "vocational": 18,
    "secondary_technical": 19, "college": 21, "bachelor": 22, "postgraduate": 25,
}  # fmt: skip
HEADS_BORN = {
    "young_couple": (1971, 1980),
    "single": (1950, 1980),
    "couple": (1951, 1974),
    "other": (1951, 1965),
}
CHILDREN = {"couple_child": 1, "single_parent": 1, "couple_two_children": 2, "three_generations": 1}
ALONE = {
    "single": ("divorced", "divorced", "widowed", "single"),
    "single_parent": ("divorced", "divorced", "widowed"),
}
WISHED_PAY = {"old": (500, 600, 600, 700, 800), "young": (600, 800, 800, 1000, 1200)}
VILLAGES = 100
"""Codes of towns begin here; below stand street offices."""
OUT_REASONS = {"unwilling": 52.0, "unable": 22.0, "other": 6.0}


class Registrar:
    """Makes residents with numbers that nobody else has."""

    def __init__(self, rng: random.Random, ids: papers.IdOffice, village: bool) -> None:
        self.rng, self.ids, self.village = rng, ids, village

    def person(self, house: Household, relation: str, sex: str, born: date, family: str = "") -> Resident:
        rng = self.rng
        person = Resident(0, house.community, house.key, relation, sex, born, address=house.address)
        person.ethnicity = house.head.ethnicity if family else names.ethnicity(rng)
        foreign = names.minority(rng, sex)
        person.name = (family or names.surname(rng, person.ethnicity)) + names.given_name(rng, sex, born)
        if foreign and not family:
            person.name, person.ethnicity = foreign
        self._schooling(person)
        self._papers(person, house)
        self._body(person)
        self._kind(person)
        house.members.append(person)
        return person

    def _schooling(self, person: Resident) -> None:
        rng, year = self.rng, person.birth.year
        levels = OLD_EDUCATION if year < 1962 else MIDDLE_EDUCATION if year < 1978 else YOUNG_EDUCATION
        person.education = weighted(rng, levels)
        places = load("places")
        if year >= 1978:
            left = date(year + LEAVING_AGE[person.education], 7, rng.randrange(1, 11))
            if left > date(2006, 7, 15):
                person.out_reason = "student"
            else:
                person.graduated = left
            person.school = rng.choice(places["schools"][person.education])
            if person.education not in ("junior", "senior"):
                person.major = rng.choice(places["majors"])
        young = "young" if year >= 1976 else "old"
        person.skill = rng.choice(places["skills"][young])
        person.wish_occupation = rng.choice(places["wishes"][young])
        person.wish_training = rng.choice(places["trainings"][young]) if rng.random() < 0.45 else ""
        person.wish_pay = rng.choice(WISHED_PAY[young])
        person.wish_hours = rng.choice(places["wish_hours"])
        person.wish_distance = rng.choice(places["wish_distance"])

    def _papers(self, person: Resident, house: Household) -> None:
        rng, places = self.rng, load("places")
        prefix = "130103"
        draw = rng.random()
        if self.village and draw < 0.82:
            person.hukou_kind = "rural" if rng.random() < 0.62 else "urban"
        elif draw > 0.985:
            person.hukou_kind = "rural"
        if person.hukou_kind == "rural" and not self.village:
            prefix = rng.choice([code for code in places["counties"] if code not in places["near"]])
        elif rng.random() < 0.09:
            prefix = rng.choice(list(places["counties"]))
        person.id_number = self.ids.issue(rng, prefix, person.birth, person.sex)
        person.hukou_address = house.address
        if person.hukou_kind == "rural" and not self.village:
            county, town = places["counties"][prefix], rng.choice(places["towns"])
            template, village = rng.choice(places["address"]["elsewhere"]), rng.choice(places["villages"])
            person.hukou_address = template.format(county=county, town=town, village=village)
        if rng.random() < 0.72:
            person.mobile = papers.mobile(rng)
        person.landline = house.landline

    def _body(self, person: Resident) -> None:
        rng = self.rng
        person.health = weighted(rng, {"healthy": 88.0, "fair": 6.0, "chronic": 3.5, "disabled": 2.5})
        if person.health == "disabled":
            person.disability = rng.choice(load("places")["disabilities"])
        if person.age() >= 26 and rng.random() < 0.09:
            person.party = "member"
        elif person.age() < 28 and rng.random() < 0.3:
            person.party = "league"

    def _kind(self, person: Resident) -> None:
        rng, places = self.rng, load("places")
        if person.hukou_kind == "rural" and not self.village:
            person.kind = "rural_worker"
        elif person.hukou_kind == "rural":
            person.kind = "rural_worker" if rng.random() < 0.55 else "other"
        elif person.birth.year >= 1978:
            if person.graduated and person.graduated.year >= 2003:
                person.kind = "new_entrant"
        elif rng.random() < 0.66 and person.birth.year <= 1974:
            person.kind = "laid_off"
        if person.kind == "laid_off" or (person.birth.year < 1972 and person.hukou_kind == "urban"):
            person.former_unit = weighted(rng, places["former_units"]["old"])
            person.former_trade = rng.choice(places["former_units"]["crafts"])


def birthday(rng: random.Random, first: int, last: int) -> date:
    return date(rng.randrange(first, last + 1), 1, 1) + timedelta(rng.randrange(365))


def family(rng: random.Random, registrar: Registrar, house: Household, pattern: str) -> None:
    """Fill the household. The first member is its head; ages of couples and children fit each other."""
    sex = MALE if rng.random() < 0.74 else FEMALE
    head = registrar.person(house, "head", sex, birthday(rng, *HEADS_BORN.get(pattern, HEADS_BORN["other"])))
    if pattern in ALONE:
        head.marital = rng.choice(ALONE[pattern])
    else:
        gap = round(rng.gauss(-1.5 if sex == MALE else 1.5, 2))
        year = min(max(head.birth.year - gap, 1949), 1981)
        registrar.person(house, "spouse", FEMALE if sex == MALE else MALE, birthday(rng, year, year))
    father = next((member for member in house.members if member.sex == MALE), head)
    youngest_parent = max(member.birth.year for member in house.members)
    for _ in range(CHILDREN.get(pattern, 0)):
        born = birthday(rng, *_child_years(youngest_parent))
        name = father.name[: _surname_length(father.name)]
        child = registrar.person(house, "child", rng.choice((MALE, FEMALE)), born, name)
        child.marital = "married" if child.age() > 26 and rng.random() < 0.4 else "single"
    if pattern == "three_generations":
        old = birthday(rng, head.birth.year - 27, head.birth.year - 21)
        parent = registrar.person(house, "parent", rng.choice((MALE, FEMALE)), old)
        parent.out_reason, parent.graduated, parent.kind = "retired", None, "other"
    house.minors = int(pattern in ("couple", "young_couple") and rng.random() < 0.5)
    for member in house.members:
        _labour_force(rng, member)


def _child_years(mother_born: int) -> tuple[int, int]:
    first = min(max(mother_born + 23, 1974), 1988)
    return first, min(first + 5, 1989)


def _surname_length(name: str) -> int:
    return 2 if name[:2] in load("names")["compound_surnames"] else 1


def _labour_force(rng: random.Random, person: Resident) -> None:
    """Decide who neither can nor wants to work, and why."""
    age = person.age()
    limit = 60 if person.sex == MALE else 50
    if person.out_reason:
        pass
    elif age >= limit or (age >= limit - 5 and rng.random() < 0.05):
        person.out_reason = "retired"
    elif person.sex == MALE and 18 <= age <= 21 and rng.random() < 0.05:
        person.out_reason = "army"
    elif person.birth.year <= 1983 and rng.random() < (0.035 if person.sex == FEMALE else 0.012):
        person.out_reason = weighted(rng, OUT_REASONS)
    if person.out_reason in ("student", "army"):
        person.kind, person.marital, person.graduated = "other", "single", None
    person.able = person.out_reason not in ("unable", "student", "retired", "army")
    person.willing = not person.out_reason
    if person.out_reason == "unable":
        person.health = "disabled"
        person.disability = person.disability or rng.choice(load("places")["disabilities"])


def in_town(area: Area) -> bool:
    return area.code // 1000 % 1000 >= VILLAGES


class Addresses:
    """Dwellings of one community. `given` are those already lived in, here or next door."""

    def __init__(self, rng: random.Random, community: Area, given: set[str]) -> None:
        places = load("places")
        self.rng, self._given = rng, given
        rules = places["address"]
        road = re.match(rules["road"], community.name)
        self.stem = road.group(1) if road else re.sub(rules["trailing"], "", community.name)
        kind = "mill" if community.code in places["mills"] else "estate"
        kind = "village" if in_town(community) else kind
        self.templates = rules["on_road" if road else kind]
        self.doors = [rng.randrange(1, 99) for _ in range(6)]

    def next(self) -> str:
        while True:
            rng = self.rng
            made = rng.choice(self.templates).format(
                stem=self.stem, n=rng.choice(self.doors), b=rng.randrange(1, 19), u=rng.randrange(1, 6),
                room=rng.randrange(1, 7) * 100 + rng.randrange(1, 4),
            )  # fmt: skip
            if made not in self._given:
                self._given.add(made)
                return made
