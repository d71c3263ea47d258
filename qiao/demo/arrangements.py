"""How lines are set out on sheets: one table, printed pages, a sheet for each status, family by family."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qiao.demo.model import Household, Resident
from qiao.demo.sheets import Cell, Sheet
from qiao.demo.words import load

HIDDEN, BLANK_LINE = 0.002, 0.004
SUMMARY_COLUMNS = 6
Columns = Mapping[str, str]


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
class Draft:
    """Sheets in the making. `texts` fill the slots of titles and footers."""

    rng: random.Random
    layout: dict[str, Any]
    texts: dict[str, str]
    sheets: list[Sheet] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, str]:
        return self.layout["columns"]

    def begin(self, name: str, columns: Columns, **texts: str) -> Sheet:
        """A new sheet with its title, the line of who filled it in, and the header."""
        sheet = Sheet(name)
        for part in ("title", "unit_line"):
            if part in self.layout:
                sheet.line(
                    self.layout[part].format(**self.texts | texts), len(columns), title=part == "title"
                )
        sheet.head(columns)
        sheet.hidden_columns = {at for at, code in enumerate(columns) if code in self.layout.get("hide", [])}
        self.sheets.append(sheet)
        return sheet

    def put(self, sheet: Sheet, columns: Columns, number: int, line: Line) -> None:
        sheet.rows.append([number if field == "seq" else line.cells.get(field) for field in columns])
        self.placed.append(Placed(sheet.name, len(sheet.rows), line.person.key, line.defects))

    def put_all(self, sheet: Sheet, columns: Columns, lines: list[Line], first: int = 1) -> None:
        """The lines one under the other, with an empty row or a hidden one now and then."""
        for number, line in enumerate(lines, first):
            if self.rng.random() < BLANK_LINE:
                sheet.rows.append([None] * len(columns))
            if self.rng.random() < HIDDEN:
                sheet.hidden_rows.add(len(sheet.rows))
                line.defects.append("row:hidden")
            self.put(sheet, columns, number, line)

    def end(self, sheet: Sheet, columns: Columns, count: int) -> None:
        words = load("layouts")["words"]
        for part in self.layout.get("footer", []):
            if part == "total":
                sheet.rows.append(counted(words["total"], count, len(columns)))
            else:
                sheet.line(words[part].format(n=count, **self.texts), len(columns))


def counted(word: str, count: int, columns: int) -> list[Cell]:
    return [word, count, *[None] * (columns - 2)]


def one_table(draft: Draft, lines: list[Line]) -> None:
    sheet = draft.begin(draft.layout.get("sheet", "Sheet1"), draft.columns)
    draft.put_all(sheet, draft.columns, lines)
    draft.end(sheet, draft.columns, len(lines))


def pages(draft: Draft, lines: list[Line]) -> None:
    """Each printed page repeats the header and ends with its own total."""
    length, columns = draft.layout["page"], draft.columns
    sheet = draft.begin(draft.layout["sheet"], columns)
    for start in range(0, len(lines), length):
        page = lines[start : start + length]
        if start:
            sheet.rows.append(list(columns.values()))
        draft.put_all(sheet, columns, page, start + 1)
        sheet.rows.append(counted(load("layouts")["words"]["page_total"], len(page), len(columns)))
    draft.end(sheet, columns, len(lines))


def categories(draft: Draft, lines: list[Line]) -> None:
    """A summary, a sheet for each status, and the sheet of codes that somebody hid."""
    words = load("layouts")["words"]
    summary = Sheet(words["summary_sheet"])
    draft.sheets.append(summary)
    summary.line(words["summary_title"].format(**draft.texts), SUMMARY_COLUMNS, title=True)
    for part in draft.layout["sheets"]:
        columns = {code: text for code, text in draft.columns.items() if code not in part["without"]}
        mine = [line for line in lines if line.person.now.state == part["state"]]
        sheet = draft.begin(part["name"], columns, sheet=part["name"])
        draft.put_all(sheet, columns, mine)
        draft.end(sheet, columns, len(mine))
        summary.rows.append([part["name"], len(mine)])
    summary.rows.append([words["total"], len(lines)])
    codes = [[spellings[0]] for spellings in load("words")["education"].values()]
    draft.sheets.append(Sheet(words["hidden_sheet"], codes, hidden=True))


def families(draft: Draft, lines: list[Line]) -> None:
    """Households one under the other: what they share is merged, or written once and then "the same"."""
    columns, merged = list(draft.columns), draft.layout.get("merge", [])
    sheet = draft.begin(draft.layout["sheet"], draft.columns)
    ditto = draft.rng.choice(load("words")["ditto"])
    number = 0
    for group in by_household(lines):
        top = len(sheet.rows)
        _share(group, merged, draft.layout.get("ditto", []), ditto)
        for line in group:
            number += 1
            draft.put(sheet, draft.columns, number, line)
        if len(group) > 1:
            sheet.merges += [
                (top, columns.index(code), len(sheet.rows) - 1, columns.index(code)) for code in merged
            ]
    draft.end(sheet, draft.columns, len(lines))


def _share(group: list[Line], merged: list[str], repeated: list[str], ditto: str) -> None:
    first = group[0].cells
    for line in group[1:]:
        line.cells |= dict.fromkeys(merged)
        same = [code for code in repeated if first[code] is not None and line.cells[code] == first[code]]
        line.cells |= dict.fromkeys(same, ditto)


def by_household(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and line.house is not group[-1].house:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


ARRANGEMENTS = {"family": families, "category": categories, "paged": pages, "table": one_table}
