"""Words out of a closed list, and yes or no."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, Cleaner, doubt, says_nothing
from qiao.core.intake.words import WORDS, squeeze, word_set

_YES, _NO = word_set(WORDS["affirm"]), word_set(WORDS["deny"])
_BRACKETS = re.compile(r"[(\uff08\[\u3010].*?[)\uff09\]\u3011]")
_NUMBERED = re.compile(r"^[(\uff08]?\d{1,2}[)\uff09.\u3001\uff0e:-]\s*(?=\D)|^[\u2460-\u2473]")
_TICKED = re.compile(r"[\u2611\u2713\u2714\u221a\u25a0]\s*([^\s\u25a1\u2610\u2611\u2713\u2714\u221a\u25a0]+)")
_OPEN_BOX = re.compile(r"[\u25a1\u2610]")
SIMILAR = 90


def choice_cleaner(choices: Mapping[str, tuple[str, ...]]) -> Cleaner:
    """The value whose word the cell holds; close words are proposed, never taken silently."""
    exact = {squeeze(word): value for value, words in choices.items() for word in (value, *words)}
    first = {value: words[0] if words else value for value, words in choices.items()}
    similar = _closest(tuple(exact))

    def clean(cell: Cell) -> Cleaned:
        if cell is None:
            return NOTHING
        text = plain(cell)
        word = squeeze(text)
        if (value := exact.get(word)) is not None:
            return value, ()
        if says_nothing(text):
            return NOTHING
        for candidate in _variants(text):
            if (value := exact.get(squeeze(candidate))) is not None:
                return value, ()
        if close := similar(word):
            value = exact[close]
            return value, (Note("choice_similar", {"value": text, "made": first[value], "choice": value}),)
        return doubt("choice_unknown", text)

    return clean


def _variants(text: str) -> list[str]:
    """The word without a number before it, without brackets, or the ticked one of several boxes."""
    variants = [_NUMBERED.sub("", text), _BRACKETS.sub("", text), text.rstrip("\u3002.\uff0c,;\uff1b\u3001*")]
    if _OPEN_BOX.search(text) and len(ticked := _TICKED.findall(text)) == 1:
        variants.append(ticked[0])
    return [variant for variant in variants if variant.strip() and variant != text]


def _closest(words: tuple[str, ...]) -> Callable[[str], str | None]:
    @lru_cache(maxsize=2000)
    def closest(word: str) -> str | None:
        if len(word) < 2:
            return None
        found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=SIMILAR)
        return found[0] if found else None

    return closest


def clean_boolean(cell: Cell) -> Cleaned:
    if isinstance(cell, bool):
        return cell, ()
    if cell is None:
        return NOTHING
    word = squeeze(plain(cell))
    if word in _YES:
        return True, ()
    if word in _NO:
        return False, ()
    if says_nothing(word):
        return NOTHING
    return doubt("boolean_unknown", cell)
