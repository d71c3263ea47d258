"""Figures quoted in a text: written as references, never typed.

``{people_placed:campaign}`` is the figure of that code in the window called ``campaign``; ``{relief_amount:half/10000}`` is
divided first. ``{=place}`` is a word given with the report. Everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.shown import names_url

REFERENCE = re.compile(r"\{(=?)([a-z0-9_]+)(?::([a-z0-9_]+))?(?:/(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure, the name of its window, and what it is divided by."""

    code: str
    window: str
    divisor: int = 1

    def __str__(self) -> str:
        return f"{{{self.code}:{self.window}{f'/{self.divisor}' if self.divisor != 1 else ''}}}"


@dataclass(frozen=True, slots=True)
class Word:
    name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure as it stands in a text: `text` as written, `value` as counted, `url` of the names behind it."""

    reference: Reference
    text: str
    value: int | Fraction | None
    name: object
    period: Period
    url: str


class BadReference(ValueError):
    """The text refers to a figure or a window that does not exist. The message says which."""


Part = str | Reference | Word


def parsed(text: str) -> Iterator[Part]:
    """Text, references and words in order."""
    end = 0
    for found in REFERENCE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        word, code, window, divisor = found.groups()
        yield Word(code) if word else Reference(code, window or "now", int(divisor or 1))
        end = found.end()
    if end < len(text):
        yield text[end:]


def references(texts: Iterable[str]) -> list[Reference]:
    """Each once, in order."""
    return list(dict.fromkeys(part for text in texts for part in parsed(text) if isinstance(part, Reference)))


def quoted(
    asked: Sequence[Reference], windows: Mapping[str, Period], scope: Scope, as_of: date
) -> dict[Reference, Quote]:
    """Every figure from the records, one table a window. Raises BadReference."""
    by_window: dict[str, list[Reference]] = {}
    for one in asked:
        if one.window not in windows:
            raise BadReference(one.window)
        by_window.setdefault(one.window, []).append(one)
    found: dict[Reference, Quote] = {}
    for window, some in by_window.items():
        period = windows[window]
        indicators = {one.code: _indicator(one.code) for one in some}
        table = figures.table(
            list(indicators.values()), scope, scope.level, [period], today=as_of, from_facts=True
        )
        for one in some:
            indicator = indicators[one.code]
            value = table.total(indicator).amount
            found[one] = Quote(
                one,
                written(value, one.divisor),
                value,
                indicator.name,
                period,
                names_url(indicator, scope.code, period),
            )
    return found


def written(value: int | Fraction | None, divisor: int = 1) -> str:
    """As official texts write numbers: no separators, at most two decimals."""
    if value is None:
        return "–"
    exact = Fraction(value) / divisor
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{float(exact):.{1 if isinstance(value, Fraction) else 2}f}".rstrip("0").rstrip(".")


def filled(text: str, quotes: Mapping[Reference, Quote], words: Mapping[str, str]) -> str:
    """The text with its numbers and words."""
    return "".join(_text(part, quotes, words) for part in parsed(text))


def _text(part: Part, quotes: Mapping[Reference, Quote], words: Mapping[str, str]) -> str:
    if isinstance(part, Reference):
        return quotes[part].text
    if isinstance(part, Word):
        return words.get(part.name, "")
    return part


def _indicator(code: str) -> Indicator:
    try:
        return registry.get(code)
    except registry.UnknownIndicator:
        raise BadReference(code) from None
