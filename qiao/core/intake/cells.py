"""Cells as the readers return them, and their plain text."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta | None

# Control, zero-width, directional and private "not a character" code points.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\uffff]"
)
_SPACES = re.compile(r"\s+")
_UNUSUAL = re.compile(r"[^!-~\u4e00-\u9fff\u3001-\u3015\uff08\uff09\uff0c\uff1a\u00b7]")
_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
# A number that Excel or WPS has written as text: "1.30103E+17". Its digits are gone.
EXPONENT = re.compile(r"^'?\s*\d(?:\.\d+)?[eE]\+\d{1,3}$")
# Excel keeps 15 significant digits; a float beyond holds digits that nobody typed.
EXACT = 10**15
_LARGEST = 1e300


def plain(cell: Cell) -> str:
    """The cell as one line of clean text. Full-width letters and digits become ordinary ones."""
    if isinstance(cell, str):
        if not _UNUSUAL.search(cell):
            return cell
        text = INVISIBLE.sub("", cell).translate(_WIDE)
        return _SPACES.sub(" ", text).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def number_text(number: float) -> str:
    """`5.0` as "5", `1.5` as "1.5"; never in exponent form."""
    if number != number or abs(number) > _LARGEST:
        return ""
    return str(int(number)) if number == int(number) else format(number, ".10f").rstrip("0").rstrip(".")


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not plain(cell))


def letter(column: int) -> str:
    """0 -> A, 26 -> AA: the name of a column in a spreadsheet."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
