"""Free text, and numbers that are names (certificates, household numbers)."""

from qiao.core.intake.cells import EXACT, EXPONENT, Cell, number_text, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing


def clean_text(cell: Cell, limit: int = 500) -> Cleaned:
    text = plain(cell)
    if not text:
        return NOTHING
    return _within(text, limit)


def _within(text: str, limit: int) -> Cleaned:
    if len(text) > limit:
        return text[:limit], (Note("text_cut", {"value": text, "limit": limit}),)
    return text, ()


def clean_code(cell: Cell, limit: int = 60) -> Cleaned:
    """Digits stay as they were typed; digits that a spreadsheet has lost are not made up."""
    if isinstance(cell, str) and len(cell) <= limit and cell.isascii() and cell.isdecimal():
        return cell, ()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        return doubt("code_digits_lost", number_text(cell)[:15] + "\u2026")
    text = plain(cell).lstrip("'\u2018\u2019").replace(" ", "")
    if says_nothing(text):
        return NOTHING
    if EXPONENT.match(text):
        return doubt("code_digits_lost", cell)
    return _within(text, limit)
