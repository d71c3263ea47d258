"""The 59 community rosters: who stands in them, in which layout, with which slips."""

import random
from dataclasses import dataclass
from typing import Any

from qiao.demo.arrangements import ARRANGEMENTS, Draft, Line, Placed, by_household
from qiao.demo.facts import present
from qiao.demo.model import Community, Household, Resident
from qiao.demo.pen import Pen
from qiao.demo.population import District
from qiao.demo.sheets import Sheet
from qiao.demo.words import load

TWICE, ELSEWHERE = 0.005, 0.003
COLOURED = {"red": "required", "blue": "unemployed", "green": "employed"}
Visitor = tuple[Resident, Household, Community]
"""Somebody of another community's roster, with the household and the community they really belong to."""


@dataclass(frozen=True, slots=True)
class Roster:
    layout: str
    file_name: str
    sheets: list[Sheet]
    placed: list[Placed]


def layout_plan(seed: int, codes: list[int]) -> dict[int, str]:
    """A layout for each community, all in use as evenly as can be."""
    names = sorted(load("layouts")["layouts"])
    order = [names[number % len(names)] for number in range(len(codes))]
    random.Random(f"{seed}:layouts").shuffle(order)
    return dict(zip(codes, order, strict=True))


def visitors(seed: int, district: District) -> dict[int, list[Visitor]]:
    """People who also stand in another community's roster: they moved, or their papers did."""
    rng = random.Random(f"{seed}:visitors")
    homes = {community.code: community for community in district.communities}
    found: dict[int, list[Visitor]] = {code: [] for code in homes}
    for house in district.households:
        for person in house.members:
            if rng.random() < ELSEWHERE and not house.zero:
                other = rng.choice([code for code in homes if code != house.community])
                found[other].append((person, house, homes[house.community]))
    return found


def roster(rng: random.Random, name: str, home: Community, guests: list[Visitor]) -> Roster:
    """One community's roster in the layout `name`."""
    layout = load("layouts")["layouts"][name]
    draft = Draft(rng, layout, _texts(rng, home))
    ARRANGEMENTS[layout.get("arrange", "table")](draft, _lines(rng, Pen(rng, layout), home, guests))
    if layout.get("extras"):
        _extras(draft.sheets, layout)
    return Roster(name, layout["file"].format(**draft.texts), draft.sheets, draft.placed)


def _texts(rng: random.Random, home: Community) -> dict[str, str]:
    return {
        "street": home.street,
        "short": home.short,
        "full": load("layouts")["full"].format(short=home.short),
        "worker": home.station_worker,
        "leader": rng.choice(home.residents).name,
        "phone": f"8{rng.randrange(10**7):07}",
        "sheet": "",
    }


def _lines(rng: random.Random, pen: Pen, home: Community, guests: list[Visitor]) -> list[Line]:
    lines: list[Line] = []
    again: list[Line] = []
    for house in home.households:
        for person in house.members:
            facts = present(person, house, home)
            lines.append(Line(person, house, *pen.row(facts)))
            if rng.random() < TWICE:
                lines[-1].defects.append("row:twice_in_file")
                cells, defects = pen.row(facts)
                again.append(Line(person, house, cells, [*defects, "row:twice_in_file"]))
    for person, house, origin in guests:
        elsewhere = {"community": home.name, "street": home.street, "household_no": None}
        note = {"note": load("words")["papers_elsewhere"]}
        cells, defects = pen.row(present(person, house, origin) | elsewhere | note)
        again.append(Line(person, house, cells, [*defects, "row:in_two_communities"]))
    groups = list(by_household(lines))
    for line in again:
        groups.insert(rng.randrange(len(groups) + 1), [line])
    return [line for group in groups for line in group]


def _extras(sheets: list[Sheet], layout: dict[str, Any]) -> None:
    """Coloured headers, drop-down lists and the sheet of instructions of a form that an office issued."""
    texts, words, columns = load("layouts")["words"], load("words"), list(layout["columns"])
    for colour, group in COLOURED.items():
        sheets[0].colours |= {columns.index(code): colour for code in layout[group]}
    for code in layout["lists"]:
        choices = words["flags"][0].values() if code == "registered" else [w[0] for w in words[code].values()]
        sheets[0].lists[columns.index(code)] = list(choices)
    sheets.append(Sheet(texts["help_sheet"], [[text] for text in texts["help"]]))
