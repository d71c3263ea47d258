"""Workbooks of Excel 2007 and later, with a fixed date of making so that nothing changes from run to run."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from qiao.demo.sheets import Cell, Sheet
from qiao.demo.words import load

MADE = datetime(2006, 8, 25, 9, 30)  # noqa: DTZ001 (workbooks hold no time zone)
FILLS = {"red": "#F8CBAD", "blue": "#BDD7EE", "green": "#C6E0B4"}
A3, A4, WIDE = 8, 9, 24
TITLE_HEIGHT, LIST_LENGTH = 28, 2000
_CELL = {"border": 1, "font_size": 10, "valign": "vcenter"}
_HEAD = {**_CELL, "bold": True, "align": "center", "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "body": _CELL,
    "day": {**_CELL, "num_format": "yyyy-mm-dd", "align": "left"},
    "merged": {**_CELL, "align": "center", "text_wrap": True},
    "head": _HEAD,
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "line": {"font_size": 10},
    **{colour: {**_HEAD, "bg_color": fill} for colour, fill in FILLS.items()},
}


def xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": MADE, "author": load("layouts")["author"]})
    styles = {name: book.add_format(style) for name, style in _STYLES.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _cells(page, sheet, styles)
        _look(page, sheet)
    book.close()


def _cells(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for number, row in enumerate(sheet.rows):
        place = sheet.place(number)
        if place in ("title", "line"):
            continue
        for column, cell in enumerate(row):
            _cell(page, number, column, cell, styles[_style(sheet, place, column)], styles["day"])
    for first, left, last, right in sheet.merges:
        place = sheet.place(first)
        style = styles["merged" if place == "body" else _style(sheet, place, left)]
        page.merge_range(first, left, last, right, sheet.rows[first][left], style)


def _style(sheet: Sheet, place: str, column: int) -> str:
    return sheet.colours.get(column, place) if place == "head" else place


def _cell(page: Any, row: int, column: int, cell: Cell, style: Any, day: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, style)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif cell is None:
        page.write_blank(row, column, None, style)
    else:
        page.write_number(row, column, cell, style)


def _look(page: Any, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths()):
        page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
    for number in sorted(sheet.hidden_rows):
        page.set_row(number, None, None, {"hidden": True})
    for number in sorted(sheet.titles):
        page.set_row(number, TITLE_HEIGHT)
    for column, choices in sheet.lists.items():
        rule = {"validate": "list", "source": choices, "error_type": "warning"}
        page.data_validation(sheet.header.stop, column, sheet.header.stop + LIST_LENGTH, column, rule)
    if sheet.header:
        page.freeze_panes(sheet.header.stop, 0)
        page.repeat_rows(sheet.header.start, sheet.header.stop - 1)
    page.set_landscape()
    page.set_paper(A3 if sheet.columns > WIDE else A4)
    page.fit_to_pages(1, 0)
    if sheet.hidden:
        page.hide()
