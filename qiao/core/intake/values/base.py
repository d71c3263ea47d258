"""The common shape of cleaners."""

from collections.abc import Callable
from typing import Any, TypeAlias

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.words import WORDS, squeeze, word_set

Notes: TypeAlias = tuple[Note, ...]
Cleaned: TypeAlias = tuple[Any, Notes]  # what was made of the cell (None: nothing), and why
Cleaner: TypeAlias = Callable[[Cell], Cleaned]

NOTHING: Cleaned = (None, ())
_BLANK_WORDS = word_set(WORDS["blank"])
_LONGEST = max(map(len, _BLANK_WORDS)) * 2  # with spaces between the letters


def says_nothing(text: str) -> bool:
    """Dashes, "unknown" and other ways to leave a field empty."""
    return not text or (len(text) <= _LONGEST and squeeze(text) in _BLANK_WORDS)


def doubt(code: str, cell: Cell, made: Any = None, **params: Any) -> Cleaned:
    """A value with one note that quotes what was read."""
    return made, (Note(code, {"value": plain(cell), **params}),)
