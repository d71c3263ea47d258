"""Reads a demo file the plain way: sheet name -> rows of cells, nothing skipped."""

import csv
from pathlib import Path

from lxml import html
from python_calamine import CalamineWorkbook


def cells(path: Path) -> dict[str, list[list[object]]]:
    head = path.read_bytes()[:8]
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    if head.startswith(b"<html"):
        page = html.fromstring(path.read_bytes().decode("gb18030"))
        return {"": [[cell.text_content() for cell in row.iter("td", "th")] for row in page.iter("tr")]}
    encoding, delimiter = next((found, mark) for start, found, mark in ENCODINGS if head.startswith(start))
    with path.open(encoding=encoding, newline="") as file:
        return {"": list(csv.reader(file, delimiter=delimiter))}


ENCODINGS = ((b"\xff\xfe", "utf-16", "\t"), (b"\xef\xbb\xbf", "utf-8-sig", ","), (b"", "gb18030", ","))
