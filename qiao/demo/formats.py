"""Sheets into files: xlsx, xls, separated text and the page that a web system calls xls. Same sheets, same bytes."""

import csv
import html
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from qiao.demo.sheets import Sheet
from qiao.demo.words import load

MADE = datetime(2006, 8, 25, 9, 30)  # noqa: DTZ001
FILLS = {"red": "#F8CBAD", "blue": "#BDD7EE", "green": "#C6E0B4"}


def display_width(text: object) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in str(text))


def widths(sheet: Sheet) -> list[int]:
    """Columns as wide as their usual content, in half-width characters."""
    sample = [row for number, row in enumerate(sheet.rows) if number >= sheet.header.start][:60]
    inner = [row for row in sample if sum(cell is not None for cell in row) > 2]
    return [
        min(34, max([5, *(display_width(row[c]) + 1 for row in inner if c < len(row) and row[c] is not None)]))
        for c in range(sheet.width)
    ]


def xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": MADE, "author": load("layouts")["author"]})
    body = book.add_format({"border": 1, "font_size": 10, "valign": "vcenter"})
    styles = {
        "body": body,
        "day": book.add_format({"border": 1, "font_size": 10, "valign": "vcenter", "num_format": "yyyy-mm-dd", "align": "left"}),
        "head": book.add_format({"border": 1, "bold": True, "font_size": 10, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_size": 10}),
        "merged": book.add_format({"border": 1, "font_size": 10, "align": "center", "valign": "vcenter", "text_wrap": True}),
        **{
            colour: book.add_format({"border": 1, "bold": True, "font_size": 10, "align": "center", "valign": "vcenter", "bg_color": fill, "text_wrap": True})
            for colour, fill in FILLS.items()
        },
    }  # fmt: skip
    for sheet in sheets:
        _xlsx_sheet(book.add_worksheet(sheet.name), sheet, styles)
    book.close()


def _xlsx_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    lines = {first for first, left, last, right in sheet.merges if left == 0 and right == sheet.width - 1}
    for number, row in enumerate(sheet.rows):
        place = _place(sheet, number, lines)
        for column, cell in enumerate(row):
            style = styles[sheet.colours.get(column, "head") if place == "head" else place]
            if isinstance(cell, str):
                page.write_string(number, column, cell, style)
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, styles["day"])
            elif cell is not None:
                page.write_number(number, column, cell, style)
            elif place in ("body", "head"):
                page.write_blank(number, column, None, style)
    for first, left, last, right in sheet.merges:
        place = _place(sheet, first, lines)
        style = styles[sheet.colours.get(left, "head") if place == "head" else "merged" if place == "body" else place]
        page.merge_range(first, left, last, right, "", style)
        value = sheet.rows[first][left]
        if value is not None:
            page.write(first, left, value, style)
    for column, width in enumerate(widths(sheet)):
        page.set_column(column, column, width)
    for number in sorted(sheet.hidden_rows):
        page.set_row(number, None, None, {"hidden": True})
    for number in sorted(sheet.titles):
        page.set_row(number, 28)
    for column, choices in sheet.lists.items():
        page.data_validation(sheet.header.stop, column, sheet.header.stop + 2000, column, {"validate": "list", "source": choices, "error_type": "warning"})  # fmt: skip
    if sheet.header:
        page.freeze_panes(sheet.header.stop, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(sheet.header.start, sheet.header.stop - 1)
    if sheet.hidden:
        page.hide()


def _place(sheet: Sheet, number: int, lines: set[int]) -> str:
    if number in sheet.titles:
        return "title"
    if number in sheet.header:
        return "head"
    return "line" if number in lines or number < sheet.header.start else "body"


def xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    borders = "borders: left thin, right thin, top thin, bottom thin; "
    styles = {
        "body": xlwt.easyxf(borders),
        "head": xlwt.easyxf(borders + "font: bold on; align: horiz center, vert center, wrap on"),
        "title": xlwt.easyxf("font: bold on, height 320; align: horiz center"),
        "line": xlwt.easyxf(""),
        "day": xlwt.easyxf(borders, num_format_str="yyyy-mm-dd"),
    }
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        lines = {first for first, left, last, right in sheet.merges if left == 0 and right == sheet.width - 1}
        covered = {(r, c) for first, left, last, right in sheet.merges for r in range(first, last + 1) for c in range(left, right + 1)}
        for first, left, last, right in sheet.merges:
            page.write_merge(first, last, left, right, sheet.rows[first][left] or "", styles[_place(sheet, first, lines)])
        for number, row in enumerate(sheet.rows):
            place = _place(sheet, number, lines)
            for column, cell in enumerate(row):
                if (number, column) not in covered and (cell is not None or place in ("body", "head")):
                    page.write(number, column, "" if cell is None else cell, styles["day" if isinstance(cell, date) else place])
        for column, width in enumerate(widths(sheet)):
            page.col(column).width = 256 * width
        for number in sheet.hidden_rows:
            page.row(number).hidden = True
    book.save(str(path))


def separated(path: Path, sheets: list[Sheet], encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        for row in sheets[0].rows:
            writer.writerow(["" if cell is None else cell for cell in row])


def page(path: Path, sheets: list[Sheet]) -> None:
    """An HTML table in GBK under the name .xls, as old web systems hand out."""
    sheet = sheets[0]
    lines = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>']
    lines.append('<table border="1" cellspacing="0">')
    for number, row in enumerate(sheet.rows):
        tag = "th" if number in sheet.header else "td"
        if number in sheet.titles or (number > sheet.header.stop and all(cell is None for cell in row[1:])):
            lines.append(f'<tr><td colspan="{sheet.width}" align="center">{html.escape(str(row[0]))}</td></tr>')
            continue
        cells = "".join(f"<{tag}>{'&nbsp;' if cell is None else html.escape(str(cell))}</{tag}>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</table></body></html>")
    path.write_text("\r\n".join(lines), encoding="gb18030", newline="")


Writer = Callable[[Path, list[Sheet]], None]


def writer(layout: dict[str, Any]) -> Writer:
    if layout["format"] == "csv":
        return lambda path, sheets: separated(path, sheets, layout["encoding"], layout["delimiter"])
    return {"xlsx": xlsx, "xls": xls, "html": page}[layout["format"]]
