"""Figures quoted in a text: written as references, never typed.

``{people_placed:campaign}`` is the figure of that code in the window called ``campaign``; ``{relief_amount:half/10000}`` is
divided first; ``{people_placed:month~year_before}`` says in words how it changed from the second window to the first.
``{=place}`` is a word given with the report. Everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

import yaml

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.shown import names_url

REFERENCE = re.compile(r"\{(=?)([a-z0-9_]+)(?::([a-z0-9_]+))?(?:~([a-z0-9_]+))?(?:/(\d+))?\}")

Amount = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure, the name of its window, what it is divided by, and the window it is compared with."""

    code: str
    window: str
    divisor: int = 1
    against: str = ""

    def __str__(self) -> str:
        against = f"~{self.against}" if self.against else ""
        divisor = f"/{self.divisor}" if self.divisor != 1 else ""
        return f"{{{self.code}:{self.window}{against}{divisor}}}"

    @property
    def windows(self) -> tuple[str, ...]:
        return (self.window, self.against) if self.against else (self.window,)


@dataclass(frozen=True, slots=True)
class Word:
    name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure as it stands in a text: `text` as written, `value` as counted in `period`, `url` of the names behind."""

    reference: Reference
    text: str
    value: Amount
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
        word, code, window, against, divisor = found.groups()
        yield Word(code) if word else Reference(code, window or "now", int(divisor or 1), against or "")
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
    by_window: dict[str, dict[str, Indicator]] = {}
    for one in asked:
        for window in one.windows:
            if window not in windows:
                raise BadReference(window)
            by_window.setdefault(window, {})[one.code] = _indicator(one.code)
    amounts = {
        (code, window): amount
        for window, some in by_window.items()
        for code, amount in _amounts(some, windows[window], scope, as_of)
    }
    return {one: _quote(one, amounts, by_window, windows[one.window], scope) for one in asked}


def _amounts(
    some: Mapping[str, Indicator], period: Period, scope: Scope, as_of: date
) -> Iterator[tuple[str, Amount]]:
    table = figures.table(list(some.values()), scope, scope.level, [period], today=as_of, from_facts=True)
    for code, indicator in some.items():
        yield code, table.total(indicator).amount


def _quote(
    one: Reference,
    amounts: Mapping[tuple[str, str], Amount],
    by_window: Mapping[str, Mapping[str, Indicator]],
    period: Period,
    scope: Scope,
) -> Quote:
    indicator, value = by_window[one.window][one.code], amounts[one.code, one.window]
    rate = isinstance(indicator, Ratio)
    text = (
        changed(value, amounts[one.code, one.against], rate)
        if one.against
        else written(value, one.divisor, rate)
    )
    return Quote(one, text, value, indicator.name, period, names_url(indicator, scope.code, period))


def written(value: Amount, divisor: int = 1, rate: bool = False) -> str:
    """As official texts write numbers: no separators; rates with at most one decimal, others with two."""
    if value is None:
        return "–"
    exact = Fraction(value) / divisor
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{float(exact):.{1 if rate else 2}f}".rstrip("0").rstrip(".")


def changed(now: Amount, before: Amount, rate: bool) -> str:
    """How far something rose or fell, in words: rates by percentage points, others by percent."""
    words = _words()
    if now is None or before is None or (now and not before and not rate):
        return words["incomparable"]
    by = Fraction(now) - before
    if before and not rate:
        by = by * 100 / before
    by = Fraction(round(by * 10), 10)
    if not by:
        return words["same"]
    way = f"{'points' if rate else 'percent'}_{'up' if by > 0 else 'down'}"
    return words[way].format(by=written(abs(by), rate=True))


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((files("qiao.core.documents") / "quoting.yml").read_text("utf-8"))
    return found


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
