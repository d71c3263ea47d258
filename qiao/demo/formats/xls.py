"""Workbooks of Excel 97-2003."""

from datetime import date
from pathlib import Path

import xlwt

from qiao.demo.sheets import Sheet

_BOX = "borders: left thin, right thin, top thin, bottom thin; "
_WIDTH_UNIT = 256


def xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    styles = {
        "body": xlwt.easyxf(_BOX),
        "head": xlwt.easyxf(_BOX + "font: bold on; align: horiz center, vert center, wrap on"),
        "title": xlwt.easyxf("font: bold on, height 320; align: horiz center"),
        "line": xlwt.easyxf(""),
        "day": xlwt.easyxf(_BOX, num_format_str="yyyy-mm-dd"),
    }
    for sheet in sheets:
        _sheet(book.add_sheet(sheet.name), sheet, styles)
    book.save(str(path))


def _sheet(page: xlwt.Worksheet, sheet: Sheet, styles: dict[str, xlwt.XFStyle]) -> None:
    merged = set()
    for first, left, last, right in sheet.merges:
        page.write_merge(first, last, left, right, sheet.rows[first][left], styles[sheet.place(first)])
        merged |= {(row, column) for row in range(first, last + 1) for column in range(left, right + 1)}
    for number, row in enumerate(sheet.rows):
        place = sheet.place(number)
        for column, cell in enumerate(row):
            if (number, column) not in merged:
                page.write(number, column, cell, styles["day" if isinstance(cell, date) else place])
    for column, width in enumerate(sheet.widths()):
        page.col(column).width = _WIDTH_UNIT * width
        page.col(column).hidden = column in sheet.hidden_columns
    for number in sheet.hidden_rows:
        page.row(number).hidden = True
    page.portrait = False
    page.fit_num_pages, page.fit_width_to_pages, page.fit_height_to_pages = 1, 1, 0
