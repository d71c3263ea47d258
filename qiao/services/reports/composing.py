"""A report put together: its passages with their numbers, the table, and the Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.documents.official import Official
from qiao.core.documents.quoting import Quote, Reference, filled, quoted, references, written
from qiao.core.indicators import closing, figures, registry
from qiao.core.indicators.declarations import Ratio
from qiao.core.indicators.shown import region_names
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region
from qiao.services.reports import templates

Texts = Sequence[tuple[int, str]]
"""Level and text of each passage: 0 a paragraph, 1 and more a heading."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Composed:
    """`note` is said where the period is not closed yet."""

    title: str
    note: str
    passages: list[tuple[int, str]]
    tables: list[Table]
    signed: str
    day: str
    quotes: Mapping[Reference, Quote]


def composed(kind: str, region: Region, as_of: date, texts: Texts | None = None) -> Composed:
    """With the numbers of the records as of a day; `texts` in place of those of the template. Raises BadReference."""
    given, texts = templates.template(kind), texts or templates.template(kind).passages
    words = templates.words(kind, region, as_of)
    windows = templates.windows(kind, region, as_of)
    scope = Scope(region.code)
    quotes = quoted(references(text for _level, text in texts), windows, scope, as_of)
    return Composed(
        filled(given.title, quotes, words),
        "" if closed(scope, as_of) else filled(given.open, quotes, words),
        [(level, said) for level, text in texts if (said := filled(text, quotes, words))],
        [_table(asked, scope, windows, as_of) for asked in given.tables],
        filled(given.signed, quotes, words),
        templates.day(as_of),
        quotes,
    )


def closed(scope: Scope, as_of: date) -> bool:
    """Whether the month of the day is closed for the region."""
    with beyond_scope("a closing above the scope holds in it"):
        found = closing.holding(scope, [Period.of("month", as_of)])
    return any(one.scope.contains(scope.code) for one in found)


def as_word(made: Composed) -> bytes:
    """The file."""
    document = Official()
    document.title(made.title)
    if made.note:
        document.paragraph(made.note)
    for level, text in made.passages:
        if level:
            document.heading(text, level)
        else:
            for line in text.splitlines():
                document.paragraph(line)
    for one in made.tables:
        document.table(one.title, one.head, one.rows)
    document.signed(made.signed, made.day)
    return document.content()


def _table(asked: Mapping[str, Any], scope: Scope, windows: Mapping[str, Period], as_of: date) -> Table:
    indicators = [registry.get(code) for code in asked["figures"]]
    period = windows[asked["window"]]
    found = figures.table(indicators, scope, None, [period], today=as_of, from_facts=True)
    names = region_names(sorted(found.regions()))
    rows = [
        [name, *(written(found.at(one, region).amount, rate=isinstance(one, Ratio)) for one in indicators)]
        for region, name in sorted(names.items())
    ]
    return Table(asked["title"], [asked["head"], *(str(one.name) for one in indicators)], rows)
