"""Lists of words that a district keeps for itself, such as the classes of posts.

An app states the first words in `dictionaries.yml`; people change, add and retire them in the settings. A
`Dictionary` reads as a mapping of code to words, in the language of the moment.

A classification that others keep stands in a table beside it (`table: name.csv` with code, zh, en) and has
`editions`, each with the first and last day on which it is given; the codes of an edition begin with its name.
"""

from __future__ import annotations

import csv
from collections.abc import ItemsView, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.signals import request_finished, request_started

from qiao.core.calendars.clock import today
from qiao.core.glossary.models import Entry
from qiao.core.glossary.wording import Words, files, load

_read: ContextVar[dict[str, list[Entry]] | None] = ContextVar("dictionaries_read", default=None)
_day: ContextVar[date | None] = ContextVar("dictionaries_day", default=None)


@dataclass(frozen=True, slots=True)
class Declared:
    code: str
    name: Words
    definition: Words
    entries: Mapping[str, Words]
    editions: Mapping[str, tuple[date, date | None]] = field(default_factory=dict)

    def holds(self, code: str, on: date) -> bool:
        """Whether a word is given on a day; one without an edition always is."""
        if not self.editions:
            return True
        first, last = self.editions[code.partition("-")[0]]
        return first <= on and (last is None or on <= last)


@cache
def declared() -> Mapping[str, Declared]:
    found: dict[str, Declared] = {}
    for path in files("dictionaries.yml"):
        for code, given in load(path).items():
            if code in found:
                raise ValueError(f"{path}: dictionary {code!r} is stated twice")
            table = _table(path.parent / given["table"]) if "table" in given else given["entries"]
            words = {str(key): Words.read(entry) for key, entry in table.items()}
            editions = {str(name): (first, last) for name, (first, last) in given.get("editions", {}).items()}
            name, definition = Words.read(given["name"]), Words.read(given["definition"])
            found[code] = Declared(code, name, definition, words, editions)
    return found


def _table(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row.pop("code"): row for row in csv.DictReader(lines)}


class Dictionary(Mapping[str, Words]):
    """Every word ever known, by code, so that what is recorded can be named; `offered` are those to choose."""

    def __init__(self, code: str) -> None:
        self.code = code

    def _all(self) -> dict[str, tuple[Words, bool]]:
        found = {key: (words, False) for key, words in declared()[self.code].entries.items()}
        return found | {one.code: (one.words, one.retired) for one in _entries().get(self.code, [])}

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: str) -> Words:
        return self._all()[key][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> ItemsView[str, Words]:
        """All at once: the inherited one would look each up."""
        return {key: words for key, (words, _retired) in self._all().items()}.items()

    def offered(self, on: date | None = None) -> list[tuple[str, Words]]:
        """Those given on a day, today when left out, and not retired."""
        day, mine = on or _day.get() or today(), declared()[self.code]
        return [
            (key, words)
            for key, (words, retired) in self._all().items()
            if not retired and mine.holds(key, day)
        ]

    def meant(self, text: str) -> str:
        """The code of what somebody typed: the code itself or the words in any language, with or without the
        sign before them ("C13 Food"); one that is offered before one that is not. "" when nothing is meant."""
        wanted = _plain(text)
        if not wanted or text in self:
            return text if wanted else ""
        found = [code for code, words in self.items() if wanted in _spoken(code, words)]
        offered = {code for code, _words in self.offered()} if len(found) > 1 else set()
        return next((code for code in found if code in offered), found[0] if found else "")


@cache
def _spoken(code: str, words: Words) -> frozenset[str]:
    """How a word may be typed; "2017-C13" stands before its words as C13 and may be left out."""
    signed = [said.partition(" ") for said in words.spoken()]
    bare = (rest for sign, _space, rest in signed if sign and code.endswith(f"-{sign}"))
    return frozenset(_plain(said) for said in (*words.spoken(), *bare))


def _plain(text: str) -> str:
    """Without spaces and marks, in small letters: 农、林、牧、渔业 is 农林牧渔业."""
    return "".join(one for one in text.lower() if one.isalnum())


def _entries() -> dict[str, list[Entry]]:
    """Within one request the lists are read once."""
    known = _read.get()
    if known:
        return known
    found = _stored()
    if known is not None:
        _read.set(found)
    return found


def _stored() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {"": []}
    for entry in Entry.objects.order_by("id"):
        found.setdefault(entry.dictionary, []).append(entry)
    return found


@contextmanager
def held() -> Iterator[None]:
    """Long work reads the lists and the day once, before it begins; within it a word is looked up without a query."""
    lists, day = _read.set(_stored()), _day.set(today())
    try:
        yield
    finally:
        _read.reset(lists)
        _day.reset(day)


def put(dictionary: str, code: str, by: Any, **values: Any) -> Entry:
    """Adds a word or changes the one that stands under the code."""
    entry, _new = Entry.objects.update_or_create(
        dictionary=dictionary, code=code, defaults={**values, "changed_by": by}
    )
    if _read.get() is not None:
        _read.set({})
    return entry


def _begin(**_: Any) -> None:
    _read.set({})


def _end(**_: Any) -> None:
    _read.set(None)


request_started.connect(_begin, dispatch_uid="qiao.dictionaries.begin")
request_finished.connect(_end, dispatch_uid="qiao.dictionaries.end")
