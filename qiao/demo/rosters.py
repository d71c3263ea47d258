"""The 59 community rosters: who stands in them, in which order, under which header, with which lines around."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qiao.demo.facts import present
from qiao.demo.model import Community, Household, Resident
from qiao.demo.pen import Cell, Pen
from qiao.demo.population import District
from qiao.demo.sheets import Sheet
from qiao.demo.words import load

TWICE, ELSEWHERE, HIDDEN, BLANK_LINE = 0.005, 0.003, 0.002, 0.004


@dataclass(slots=True)
class Line:
    """One person's line in a roster: what it holds and what is wrong with it."""

    person: Resident
    house: Household
    cells: dict[str, Cell]
    defects: list[str]


@dataclass(slots=True)
class Placed:
    """Where a line ended up. `row` counts from 1, as spreadsheets do."""

    sheet: str
    row: int
    key: int
    defects: list[str]


@dataclass(slots=True)
class Roster:
    layout: str
    file_name: str
    sheets: list[Sheet] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)


def layout_plan(seed: int, codes: list[int]) -> dict[int, str]:
    """A layout for each community: all in use, neighbours alike no more than by chance."""
    names = sorted(load("layouts")["layouts"])
    order = [names[number % len(names)] for number in range(len(codes))]
    random.Random(f"{seed}:layouts").shuffle(order)
    return dict(zip(codes, order, strict=True))


def strangers(seed: int, district: District) -> dict[int, list[tuple[Resident, Household, Community]]]:
    """People who also stand in another community's roster: they moved, or their papers did."""
    rng = random.Random(f"{seed}:strangers")
    homes = {community.code: community for community in district.communities}
    found: dict[int, list[tuple[Resident, Household, Community]]] = {code: [] for code in homes}
    for house in district.households:
        for person in house.members:
            if rng.random() < ELSEWHERE and not house.zero:
                other = rng.choice([code for code in homes if code != house.community])
                found[other].append((person, house, homes[house.community]))
    return found


def roster(
    rng: random.Random, name: str, home: Community, visitors: list[tuple[Resident, Household, Community]]
) -> Roster:
    """One community's roster in the layout `name`."""
    layout = load("layouts")["layouts"][name]
    texts = _texts(rng, home)
    made = Roster(name, layout["file"].format(**texts))
    pen = Pen(rng, layout)
    lines = _lines(rng, pen, home, visitors)
    arrange: dict[str, Callable[..., None]] = {"family": _family, "category": _category, "paged": _paged}
    arrange.get(layout.get("arrange", ""), _flat)(rng, made, layout, texts, lines)
    if layout.get("extras"):
        _extras(made, layout)
    return made


def _texts(rng: random.Random, home: Community) -> dict[str, str]:
    full = load("layouts")["full"].format(short=home.short)
    phone = f"8{rng.randrange(10**7):07}"
    return {
        "street": home.street, "short": home.short, "full": full, "worker": home.station_worker,
        "leader": rng.choice(home.residents).name, "phone": phone, "sheet": "",
    }  # fmt: skip


def _lines(
    rng: random.Random, pen: Pen, home: Community, visitors: list[tuple[Resident, Household, Community]]
) -> list[Line]:
    lines, again = [], []
    for house in home.households:
        for person in house.members:
            facts = present(person, house, home)
            lines.append(Line(person, house, *pen.row(facts)))
            if rng.random() < TWICE:
                lines[-1].defects.append("row:twice_in_file")
                cells, defects = pen.row(facts)
                again.append(Line(person, house, cells, [*defects, "row:twice_in_file"]))
    for person, house, origin in visitors:
        facts = present(person, house, origin) | {"community": home.name, "street": home.street, "household_no": None}
        facts["note"] = load("words")["papers_elsewhere"]
        cells, defects = pen.row(facts)
        again.append(Line(person, house, cells, [*defects, "row:in_two_communities"]))
    groups = list(_households(lines))
    for line in again:
        groups.insert(rng.randrange(len(groups) + 1), [line])
    return [line for group in groups for line in group]


def _top(sheet: Sheet, layout: dict[str, Any], texts: dict[str, str], columns: dict[str, str]) -> None:
    if "title" in layout:
        sheet.line(layout["title"].format(**texts), len(columns), title=True)
    if "unit_line" in layout:
        sheet.line(layout["unit_line"].format(**texts), len(columns))
    sheet.head(columns)


def _put(rng: random.Random, made: Roster, sheet: Sheet, columns: dict[str, str], lines: list[Line], first: int = 1) -> None:
    for number, line in enumerate(lines, first):
        if rng.random() < BLANK_LINE:
            sheet.rows.append([None] * len(columns))
        if rng.random() < HIDDEN:
            sheet.hidden_rows.add(len(sheet.rows))
            line.defects.append("row:hidden")
        sheet.rows.append([number if field == "seq" else line.cells.get(field) for field in columns])
        made.placed.append(Placed(sheet.name, len(sheet.rows), line.person.key, line.defects))


def _bottom(sheet: Sheet, layout: dict[str, Any], texts: dict[str, str], columns: dict[str, str], count: int) -> None:
    words = load("layouts")["words"]
    for part in layout.get("footer", []):
        if part == "total":
            sheet.rows.append(_count_row(columns, words["total"], count))
        else:
            sheet.line(words[part].format(n=count, **texts), len(columns))


def _count_row(columns: dict[str, str], word: str, count: int) -> list[Cell]:
    row: list[Cell] = [None] * len(columns)
    row[0], row[1] = word, count
    return row


def _flat(rng: random.Random, made: Roster, layout: dict[str, Any], texts: dict[str, str], lines: list[Line]) -> None:
    sheet = Sheet(layout.get("sheet", "Sheet1"))
    _top(sheet, layout, texts, layout["columns"])
    _put(rng, made, sheet, layout["columns"], lines)
    _bottom(sheet, layout, texts, layout["columns"], len(lines))
    made.sheets.append(sheet)


def _paged(rng: random.Random, made: Roster, layout: dict[str, Any], texts: dict[str, str], lines: list[Line]) -> None:
    """Each printed page repeats the header and ends with its own total."""
    words, columns = load("layouts")["words"], layout["columns"]
    sheet = Sheet(layout["sheet"])
    _top(sheet, layout, texts, columns)
    for start in range(0, len(lines), layout["page"]):
        part = lines[start : start + layout["page"]]
        if start:
            sheet.rows.append(list(columns.values()))
        _put(rng, made, sheet, columns, part, start + 1)
        sheet.rows.append(_count_row(columns, words["page_total"], len(part)))
    _bottom(sheet, layout, texts, columns, len(lines))
    made.sheets.append(sheet)


def _category(rng: random.Random, made: Roster, layout: dict[str, Any], texts: dict[str, str], lines: list[Line]) -> None:
    """A sheet for each status, a summary in front and the code sheet that somebody hid."""
    words = load("layouts")["words"]
    summary = Sheet(words["summary_sheet"])
    made.sheets.append(summary)
    summary.line(layout["title"].format(**texts | {"sheet": words["summary_sheet"]}), 2, title=True)
    for part in layout["sheets"]:
        columns = {field: text for field, text in layout["columns"].items() if field not in part["without"]}
        mine = [line for line in lines if line.person.now.state == part["state"]]
        sheet = Sheet(part["name"])
        _top(sheet, layout, texts | {"sheet": part["name"]}, columns)
        _put(rng, made, sheet, columns, mine)
        _bottom(sheet, layout, texts, columns, len(mine))
        made.sheets.append(sheet)
        summary.rows.append([part["name"], len(mine)])
    summary.rows.append([words["total"], len(lines)])
    codes = Sheet(words["hidden_sheet"], hidden=True)
    codes.rows += [[word] for spellings in load("words")["education"].values() for word in spellings[:1]]
    made.sheets.append(codes)


def _family(rng: random.Random, made: Roster, layout: dict[str, Any], texts: dict[str, str], lines: list[Line]) -> None:
    """Households one under the other: what is common is merged, or written once and then "the same"."""
    columns = list(layout["columns"])
    sheet = Sheet(layout["sheet"])
    _top(sheet, layout, texts, layout["columns"])
    ditto = rng.choice(load("words")["ditto"])
    number = 0
    for group in _households(lines):
        head = group[0].cells
        for line in group[1:]:
            common = [field for field in layout.get("merge", []) + layout.get("ditto", []) if field in head]
            for column in common:
                same = line.cells.get(column) == head.get(column) or column in layout.get("merge", [])
                if same and head.get(column) is not None:
                    line.cells[column] = None if column in layout.get("merge", []) else ditto
        top = len(sheet.rows)
        for line in group:
            number += 1
            sheet.rows.append([number if field == "seq" else line.cells.get(field) for field in columns])
            made.placed.append(Placed(sheet.name, len(sheet.rows), line.person.key, line.defects))
        if len(group) > 1:
            sheet.merges += [(top, columns.index(f), top + len(group) - 1, columns.index(f)) for f in layout.get("merge", [])]
    _bottom(sheet, layout, texts, layout["columns"], len(lines))
    made.sheets.append(sheet)


def _households(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and line.house is not group[-1].house:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _extras(made: Roster, layout: dict[str, Any]) -> None:
    """Coloured headers, drop-down lists and the sheet of instructions of a form that an office issued."""
    texts, words = load("layouts")["words"], load("words")
    sheet, columns = made.sheets[0], list(layout["columns"])
    for colour, group in (("red", "required"), ("blue", "unemployed"), ("green", "employed")):
        sheet.colours |= {columns.index(field): colour for field in layout[group]}
    for name in layout["lists"]:
        values = words["flags"][0].values() if name == "registered" else [w[0] for w in words[name].values()]
        sheet.lists[columns.index(name)] = list(values)
    made.sheets.append(Sheet(texts["help_sheet"], rows=[[text] for text in texts["help"]]))
