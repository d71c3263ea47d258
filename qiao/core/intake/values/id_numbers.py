"""Citizen identity numbers: GB 11643-1999 (18 characters) and its forerunner of 15 digits."""

import re
from datetime import date
from operator import mul
from typing import NamedTuple

from qiao.core.intake.cells import EXACT, EXPONENT, Cell, number_text, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing
from qiao.core.intake.words import squeeze

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_PLACES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]")
# Letters and signs that stand for the X of the check digit.
_X = str.maketrans(
    {"\u00d7": "X", "\u0425": "X", "\u0445": "X", "\u2573": "X", "\u2715": "X", "\u2716": "X", "*": "X"}
)
_DECORATION = re.compile(r"[\s'\"`\u2018\u2019\u201c\u201d\uff07\u00b4.,;:_\-\u2014\u3002\uff0c]")
_LABEL = re.compile(r"^[^0-9A-Za-z]{2,}")
_ASCII = ord("0") * sum(_WEIGHTS)


class Facts(NamedTuple):
    """What an ID number tells about its holder. `sex` is "male" or "female"."""

    birth: date
    sex: str


def check_digit(first17: str) -> str:
    return _CHECKS[(sum(map(mul, first17.encode(), _WEIGHTS)) - _ASCII) % 11]


def facts(number: str) -> Facts:
    """Birth and sex out of 18 valid characters."""
    return Facts(date.fromisoformat(number[6:14]), "male" if ord(number[16]) & 1 else "female")


def is_valid(number: str, on: date | None = None) -> bool:
    return _FORM.fullmatch(number) is not None and _fault(number, on or date.max) is None


def clean_id_number(cell: Cell, as_of: date) -> Cleaned:
    """18 valid characters, or None and the reason. Lost digits are never guessed."""
    if isinstance(cell, str) and _FORM.fullmatch(cell):
        return _judged(cell, as_of, ())
    if cell is None:
        return NOTHING
    if isinstance(cell, bool):
        return doubt("id_characters", cell)
    if isinstance(cell, int | float):
        return _from_number(cell, as_of)
    if not isinstance(cell, str):
        return doubt("id_characters", cell)
    return _from_text(cell, as_of)


def _from_number(cell: float, as_of: date) -> Cleaned:
    if (
        cell != cell
        or abs(cell) == float("inf")
        or cell <= 0
        or (isinstance(cell, float) and not cell.is_integer())
    ):
        return doubt("id_characters", str(cell))
    if cell >= EXACT:
        lost = "id_digits_lost"
        return None, (Note(lost, {"value": f"{int(cell)}"[:15] + "…", "first15": f"{int(cell)}"[:15]}),)
    return _from_text(number_text(cell), as_of)


def _from_text(cell: str, as_of: date) -> Cleaned:
    text = squeeze(cell).upper()
    if says_nothing(text):
        return NOTHING
    if EXPONENT.match(text):
        return doubt("id_digits_lost", cell, first15="")
    number = _DECORATION.sub("", _LABEL.sub("", text)).translate(_X)
    notes: tuple[Note, ...] = () if number == plain(cell).upper() else (Note("id_tidied", {"value": cell}),)
    if len(number) == 15 and number.isdecimal() and number.isascii():
        number = number[:6] + "19" + number[6:]
        number += check_digit(number)
        return _judged(number, as_of, (*notes, Note("id_from_15", {"value": plain(cell), "made": number})))
    if _FORM.fullmatch(number):
        return _judged(number, as_of, notes)
    if number[:-1].isdecimal() and number.isascii() and len(number) > 8:
        return doubt("id_length" if len(number) != 18 else "id_characters", cell, count=len(number))
    return doubt("id_characters", cell)


def _judged(number: str, as_of: date, notes: tuple[Note, ...]) -> Cleaned:
    fault = _fault(number, as_of)
    if number.endswith("000"):
        if fault is None:
            return number, (*notes, Note("id_ends_000", {"value": number}))
        if fault.code == "id_check_digit":
            return None, (Note("id_digits_lost", {"value": number[:15] + "…", "first15": number[:15]}),)
    return (number, notes) if fault is None else (None, (fault,))


def _fault(number: str, as_of: date) -> Note | None:
    if not _PLACES.match(number):
        return Note("id_region", {"value": number[:2], "read": number})
    try:
        birth = date.fromisoformat(number[6:14])
    except ValueError:
        birth = None
    if birth is None or birth > as_of or birth.year < 1875:
        return Note("id_birth", {"value": f"{number[6:10]}-{number[10:12]}-{number[12:14]}", "read": number})
    if check_digit(number) != number[17]:
        return Note("id_check_digit", {"value": number, "read": number})
    return None
