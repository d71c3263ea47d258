"""Lists of words that a district keeps for itself, such as the classes of posts.

An app states the first words in `dictionaries.yml`; people change, add and retire them in the settings. A
`Dictionary` reads as a mapping of code to words, in the language of the moment.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started

from qiao.core.glossary.models import Entry
from qiao.core.glossary.wording import Words, files, load

_read: ContextVar[dict[str, list[Entry]] | None] = ContextVar("dictionaries_read", default=None)


@dataclass(frozen=True, slots=True)
class Declared:
    code: str
    name: Words
    definition: Words
    entries: Mapping[str, Words]


@cache
def declared() -> Mapping[str, Declared]:
    found: dict[str, Declared] = {}
    for path in files("dictionaries.yml"):
        for code, given in load(path).items():
            if code in found:
                raise ValueError(f"{path}: dictionary {code!r} is stated twice")
            words = {str(key): Words.read(entry) for key, entry in given["entries"].items()}
            found[code] = Declared(code, Words.read(given["name"]), Words.read(given["definition"]), words)
    return found


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

    def offered(self) -> list[tuple[str, Words]]:
        return [(key, words) for key, (words, retired) in self._all().items() if not retired]


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
    """Long work reads the lists once, before it begins; within it a word is looked up without a query."""
    token = _read.set(_stored())
    try:
        yield
    finally:
        _read.reset(token)


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
