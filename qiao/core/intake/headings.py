"""What the text above a column means: an alias, an alias among filler words, or something close to one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import WORDS, alternatives, squeeze, word_set

_H = WORDS["heading"]
_BRACKETS = re.compile(r"[(\[{<【〔《「].*?[)\]}>】〕》」]|[(\[【〔《「].*$")
_MARKS = re.compile(r"[*★●▲△※:、,。.!?？\"'“”‘’_|\-—]+")
_REQUIRED = re.compile(rf"\*|★|{alternatives(word_set(_H['required']))}")
_FILLERS = re.compile(rf"(?:{alternatives(word_set(_H['fillers']))}|\d+)+")
_JOINERS = re.compile(rf"[/\\,;+]|{alternatives(_H['joiners'])}")
_UNITS = {
    Kind.MONEY: {squeeze(word): float(factor) for word, factor in _H["money_units"].items()},
    Kind.DISTANCE: {squeeze(word): float(metres) for word, metres in WORDS["distance"]["units"].items()},
}
_UNIT = {
    kind: re.compile(
        rf"[(\[\u3010\u3014/:,\u3001]({alternatives(units)})(?:/[^)\]\u3011\u3015]*)?(?:[)\]\u3011\u3015]|$)"
    )
    for kind, units in _UNITS.items()
}

SURE = 0.6  # a column is mapped by itself from here on
_SIMILAR = 88


class Match(NamedTuple):
    field: str
    confidence: float


def bare(heading: str) -> str:
    """The heading without marks, brackets and white space, as aliases are compared."""
    return _MARKS.sub("", _BRACKETS.sub("", squeeze(heading)))


def unit(heading: str, kind: Kind) -> float | None:
    """How many yuan or metres one counts in this column, when its heading says so, in brackets."""
    found = _UNIT[kind].search(squeeze(heading)) if kind in _UNIT else None
    return _UNITS[kind][found[1]] if found else None


def meaning(parts: Sequence[str], vocabulary: Vocabulary) -> list[Match]:
    """What a heading of one to three levels may mean, the surest first. `parts` run from top to bottom."""
    return list(_meaning(tuple(parts), id(vocabulary), _Index.of(vocabulary)))


class _Index:
    """The aliases of a vocabulary, prepared for looking up."""

    _known: dict[int, "_Index"] = {}

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.exact = dict(vocabulary.aliases)
        self.bare: dict[str, str] = {}
        for alias, code in vocabulary.aliases.items():
            if stripped := bare(alias):
                self.bare.setdefault(stripped, code)
        self.contained = [alias for alias in self.bare if len(alias) > 1 and not alias.isdecimal()]
        self.sequence = {code for code, field in vocabulary.fields.items() if field.kind is Kind.SEQ}

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "_Index":
        index = cls._known.get(id(vocabulary))
        if index is None or index.vocabulary is not vocabulary:
            index = cls._known[id(vocabulary)] = cls(vocabulary)
        return index


@lru_cache(maxsize=20_000)
def _meaning(parts: tuple[str, ...], _identity: int, index: _Index) -> tuple[Match, ...]:
    best: dict[str, float] = {}
    for text, weight in _readings(parts):
        for field, confidence in _one(text, index):
            best[field] = max(best.get(field, 0), round(confidence * weight, 3))
    return tuple(sorted((Match(*item) for item in best.items()), key=lambda match: -match.confidence))


def _readings(parts: tuple[str, ...]) -> list[tuple[str, float]]:
    """The texts a heading may be read as, each with its weight: all together, then the lowest alone."""
    distinct = [part for number, part in enumerate(parts) if part and part not in parts[:number]]
    if not distinct:
        return []
    readings = [("".join(distinct), 1.0)]
    if len(distinct) > 1:
        readings += [(distinct[-1], 0.95), ("".join(distinct[-2:]), 0.97)]
    return readings


def _one(text: str, index: _Index) -> list[tuple[str, float]]:
    squeezed, stripped = squeeze(text), bare(text)
    if code := index.exact.get(squeezed):
        return [(code, 1.0)]
    without = _REQUIRED.sub("", stripped)
    for candidate in (stripped, without):
        if code := index.bare.get(candidate):
            return [(code, 0.98)]
    if not without or len(without) > 30:
        return []
    return _several(text, index) or _containing(without, index) or _similar(without, index)


def _several(text: str, index: _Index) -> list[tuple[str, float]]:
    """Two names of one field with a stroke or an "and" between them."""
    parts = [bare(part) for part in _JOINERS.split(squeeze(text))]
    fields = {index.bare.get(part) for part in parts}
    field = fields.pop() if len(parts) > 1 and len(fields) == 1 else None
    return [(field, 0.9)] if field else []


def _containing(text: str, index: _Index) -> list[tuple[str, float]]:
    """Aliases inside the text: sure when only filler words stand around them."""
    found: dict[str, float] = {}
    for alias in index.contained:
        if alias in text and index.bare[alias] not in index.sequence:
            around = text.replace(alias, "", 1)
            filler = not _FILLERS.sub("", around)
            share = len(alias) / len(text)
            confidence = 0.75 + 0.15 * share if filler else 0.55 * share
            code = index.bare[alias]
            found[code] = max(found.get(code, 0), confidence)
    return list(found.items())


def _similar(text: str, index: _Index) -> list[tuple[str, float]]:
    if len(text) < 4:
        return []
    close = process.extract(text, index.bare.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=3)
    return [
        (index.bare[alias], 0.7 * score / 100)
        for alias, score, _ in close
        if index.bare[alias] not in index.sequence
    ]
