"""Everybody who signs in: three in each street office, one in each station, the district's own people."""

import random
from datetime import date

from pypinyin import lazy_pinyin

from qiao.demo import papers
from qiao.demo.district import communities, district, streets
from qiao.demo.model import Community
from qiao.demo.names import given_name, surname
from qiao.demo.registers import Row, table, word
from qiao.demo.sheets import Sheet
from qiao.demo.words import load


def sign_in(short: str) -> str:
    return "".join(lazy_pinyin(short))


def staff(seed: int, homes: list[Community]) -> list[Row]:
    """One row a person, from the district down."""
    rng = random.Random(f"{seed}:staff")
    return [*_district(rng), *_offices(rng, homes), *_stations(rng, homes)]


def sheet(people: list[Row]) -> Sheet:
    form = load("staff")
    return table(form["title"], None, form["columns"], people)


def of_offices(people: list[Row]) -> dict[int, list[str]]:
    """The names of each street office's people, by the code of the street."""
    found: dict[int, list[str]] = {}
    for one in people:
        if one["role"] == "office":
            found.setdefault(int(str(one["region_code"])), []).append(str(one["name"]))
    return found


def _person(rng: random.Random, **facts: str | int) -> Row:
    sex = rng.choice(("male", "female"))
    name = surname(rng, "") + given_name(rng, sex, date(rng.randrange(1955, 1980), 1, 1))
    return {"name": name, "sex": word("sex", sex), "phone": papers.mobile(rng), **facts}


def _district(rng: random.Random) -> list[Row]:
    return [_person(rng, region_code=str(district().code), **entry) for entry in load("staff")["district"]]


def _offices(rng: random.Random, homes: list[Community]) -> list[Row]:
    """Each of an office's three carries one community, the full-employment ones first."""
    form, rows = load("staff"), []
    for street in streets():
        own = [home for home in homes if home.code // 1000 * 1000 == street.code]
        own.sort(key=lambda home: (not home.good, home.code))
        for number, post in enumerate(form["office_posts"], 1):
            rows.append(_person(
                rng, role="office", region_code=str(street.code), post=post,
                unit=form["office_unit"].format(place=street.name),
                sign_in=f"{sign_in(street.short)}{number}", contracted=own[number - 1].name,
            ))  # fmt: skip
    return rows


def _stations(rng: random.Random, homes: list[Community]) -> list[Row]:
    form = load("staff")
    workers = {home.code: home.station_worker for home in homes}
    return [
        _person(
            rng, role="station", region_code=str(area.code), post=form["station_post"],
            unit=form["station_unit"].format(place=area.short), sign_in=sign_in(area.short),
        ) | {"name": workers[area.code]}
        for area in communities()
    ]  # fmt: skip
