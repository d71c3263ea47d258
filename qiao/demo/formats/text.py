"""Separated text, and the HTML table that old web systems hand out under the name .xls."""

import csv
import html
from pathlib import Path

from qiao.demo.sheets import Cell, Sheet

GBK = "gb18030"
HEAD = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'


def separated(path: Path, sheet: Sheet, encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        lines = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        lines.writerows(["" if cell is None else cell for cell in row] for row in sheet.rows)


def html_page(path: Path, sheets: list[Sheet]) -> None:
    sheet = sheets[0]
    rows = [_row(sheet, number, row) for number, row in enumerate(sheet.rows)]
    page = [HEAD, '<table border="1" cellspacing="0">', *rows, "</table></body></html>"]
    path.write_text("\r\n".join(page), encoding=GBK, newline="")


def _row(sheet: Sheet, number: int, row: list[Cell]) -> str:
    place = sheet.place(number)
    if place in ("title", "line"):
        return f'<tr><td colspan="{sheet.columns}" align="center">{_text(row[0])}</td></tr>'
    tag = "th" if place == "head" else "td"
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in row) + "</tr>"


def _text(cell: Cell) -> str:
    return "&nbsp;" if cell is None else html.escape(str(cell))
