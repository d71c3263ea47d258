"""Names of streets and communities: full, short, or with another word for the same body at the end."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, Cleaner, doubt, says_nothing
from qiao.core.intake.words import WORDS, alternatives, squeeze

Places: TypeAlias = Mapping[str, int | Sequence[int]]  # name -> code, or codes when several bear it
# Some names of the national list bear the word twice.
_ENDINGS = re.compile(rf"({alternatives(WORDS['place_endings'])})\1*$")


def short(name: str) -> str:
    """The name without the word for its body: every form of it compares equal."""
    squeezed = squeeze(name)
    return _ENDINGS.sub("", squeezed) or squeezed


def place_cleaner(places: Places | None) -> Cleaner:
    """The region's code. Without a list of places the text is kept. A code already is one."""
    if places is None:
        return _as_text
    full, shortened = _index(places, squeeze), _index(places, short)
    known = {code for codes in full.values() for code in codes}

    def clean(cell: Cell) -> Cleaned:
        text = plain(cell)
        if says_nothing(text):
            return NOTHING
        if text.isdecimal() and len(text) == 12 and int(text) in known:
            return int(text), ()
        codes = full.get(squeeze(text)) or shortened.get(short(text)) or _ending(text, shortened)
        if not codes:
            return doubt("place_unknown", text)
        if len(codes) > 1:
            return None, (Note("place_ambiguous", {"value": text, "codes": sorted(codes)}),)
        return next(iter(codes)), ()

    return clean


def _index(places: Places, form: Callable[[str], str]) -> dict[str, set[int]]:
    index: dict[str, set[int]] = {}
    for name, codes in places.items():
        index.setdefault(form(name), set()).update([codes] if isinstance(codes, int) else codes)
    return index


def _ending(text: str, shortened: Mapping[str, set[int]]) -> set[int]:
    """The name may stand behind those of the places around it: district, street, community."""
    squeezed = short(text)
    for start in range(1, len(squeezed) - 1):
        if codes := shortened.get(squeezed[start:]):
            return codes
    return set()


def _as_text(cell: Cell) -> Cleaned:
    text = plain(cell)
    return NOTHING if says_nothing(text) else (text[:100], ())
