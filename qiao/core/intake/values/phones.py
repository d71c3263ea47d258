"""Telephone numbers: mobile, landline with area code and extension; several in one cell are all kept."""

import re

from qiao.core.intake.cells import EXPONENT, Cell, number_text, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing
from qiao.core.intake.words import WORDS, alternatives, squeeze

_P = WORDS["phone"]
_AREA = r"0(?:10|2[0-9]|[3-9][0-9][0-9])"
_TIDY = re.compile(rf"1[3-9][0-9]{{9}}|{_AREA}-[2-9][0-9]{{6,7}}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_AT = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LANDLINE_EXT = re.compile(rf"(?:({_AREA})-?)?([2-9][0-9]{{6,7}})-([0-9]{{1,5}})")
_LANDLINE_ONLY = re.compile(rf"(?:({_AREA})-?)?([2-9][0-9]{{6,7}})")
_SERVICE = re.compile(r"[48]00-?[0-9]{3}-?[0-9]{4}|1[0-9]{2,4}")
_SPLIT = re.compile(r"[/\\;,|\n\u3001\uff0c\uff1b&]+|\u6216")
_LABELS = re.compile(rf"(?:{alternatives(_P['labels'])})+", re.I)
_EXTENSION = re.compile(rf"(?:{alternatives(_P['extension'])})\.?", re.I)
_NOISE = re.compile(r"[\s()\u2010-\u2015\u2212\uff0d\uff08\uff09.'_+*]+")
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212\uff0d~]")
_PREFIXED = re.compile(r"(?:\+?0{0,2}86-?|0)(1[3-9][0-9]{9})")


def clean_phone(cell: Cell) -> Cleaned:
    """One or more numbers joined by "/", the landlines as 0311-86012345 or 0311-86012345-8."""
    if isinstance(cell, str) and _TIDY.fullmatch(cell):
        return cell, ()
    if cell is None:
        return NOTHING
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    text = plain(cell)
    if says_nothing(text):
        return NOTHING
    if EXPONENT.match(squeeze(text).upper()):
        return doubt("digits_lost", cell)
    return _from_text(text)


def _from_number(cell: float) -> Cleaned:
    digits = number_text(cell)
    if _MOBILE.fullmatch(digits):
        return digits, ()
    if len(digits) in (10, 11) and (found := _LANDLINE_ONLY.fullmatch("0" + digits)) and found[1]:
        made = f"{found[1]}-{found[2]}"
        return made, (Note("phone_area", {"value": digits, "made": made}),)
    return _from_text(digits)


def _from_text(text: str) -> Cleaned:
    made: list[str] = []
    notes: list[Note] = []
    for piece in _pieces(text):
        number, note = _one(piece)
        if number and number not in made:
            made.append(number)
        if note and note not in notes:
            notes.append(note)
    return ("/".join(made) or None), tuple(notes)


def _pieces(text: str) -> list[str]:
    pieces = [piece for piece in _SPLIT.split(text) if piece.strip()]
    spread: list[str] = []
    for piece in pieces:
        words = _HYPHENS.sub("-", piece).split()
        if len(words) > 1 and all(len(re.sub(r"[^0-9]", "", word)) >= 7 for word in words):
            spread += words
        elif len(_MOBILE_AT.findall(piece)) > 1:
            spread += _MOBILE_AT.findall(piece)
        else:
            spread.append(piece)
    return spread


def _one(piece: str) -> tuple[str, Note | None]:
    text = _EXTENSION.sub("-", _LABELS.sub("", _HYPHENS.sub("-", piece)))
    opened = re.sub(r"^\s*[(\uff08](0[0-9]{2,3})[)\uff09]", r"\1-", text)
    number = _NOISE.sub("", opened).strip("-")
    digits = number.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits, None
    if found := _PREFIXED.fullmatch(number) or _PREFIXED.fullmatch(digits):
        return found[1], Note("phone_zero", {"value": piece.strip(), "made": found[1]})
    if found := _LANDLINE_EXT.fullmatch(number) or _LANDLINE_ONLY.fullmatch(digits):
        parts = [part for part in found.groups() if part]
        return "-".join(parts), None
    if _SERVICE.fullmatch(number):
        return number, None
    kept = " ".join(piece.split())[:60]
    return kept, Note("phone_odd", {"value": kept})
