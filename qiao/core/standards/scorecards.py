"""A score sheet as it is kept and typed: the words and figures of its items around the pure sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.core.calendars.periods import Period
from qiao.core.glossary.wording import Words
from qiao.core.standards.scoring import BadSheet, Fault, Item, Kind, Sheet, Step, Tenths

LARGEST = 100_000
LIMITS = {"at_least": False, "at_most": True}
PLAIN = ("figure", "by", "value")
NONE = Words()
BEGINS = re.compile(r"(0[1-9]|1[0-2])-01")

KIND_NAMES = {
    Kind.VETO: gettext_lazy("Veto"),
    Kind.BINARY: gettext_lazy("All or nothing"),
    Kind.STEPPED: gettext_lazy("By steps"),
    Kind.PER_UNIT: gettext_lazy("So much for each, up to the most"),
    Kind.PROPORTIONAL: gettext_lazy("By the share reached"),
    Kind.DEDUCTION: gettext_lazy("So much off for each fault"),
    Kind.DISCRETIONARY: gettext_lazy("Points awarded on evidence"),
}
FAULTS = {
    Fault.NO_LIMIT: gettext_lazy("“%(item)s” has no limit. Give the number from which points are given."),
    Fault.NO_POINTS: gettext_lazy("“%(item)s”: a veto gives no points, every other item gives more than 0."),
    Fault.NO_EACH: gettext_lazy("“%(item)s”: say how many points each one counts."),
    Fault.NO_SHARE: gettext_lazy("“%(item)s”: say at which number the points are given in full."),
    Fault.DISORDERED: gettext_lazy(
        "“%(item)s”: the better the step, the more points; the best step gives all of them."
    ),
    Fault.TWICE: gettext_lazy("Two items have the same code. Give each its own."),
    Fault.NO_ITEMS: gettext_lazy("A score sheet needs at least one item."),
    Fault.MARK_TOO_HIGH: gettext_lazy(
        "The pass mark is higher than all points together. Lower it or add items."
    ),
}


class BadCard(ValueError):
    """The message says which item is wrong, and what to do."""


@dataclass(frozen=True)
class Row:
    """An item with its words. `figure` is the code of the indicator that gives its value, `by` and `value` one
    part of a breakdown; without a figure somebody judges, and names the evidence."""

    item: Item
    name: Words
    group: Words = NONE
    evidence: Words = NONE
    figure: str = ""
    by: str = ""
    value: str = ""

    @property
    def code(self) -> str:
        return self.item.code


@dataclass(frozen=True)
class Card:
    """`begins`: the first day of its year, as 11-01. Figures are counted from there to the day of scoring."""

    name: Words
    rows: tuple[Row, ...]
    pass_mark: Tenths
    begins: str = "01-01"

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(tuple(row.item for row in self.rows), self.pass_mark)

    def year(self, day: date) -> Period:
        """From the last day on which a year of this sheet began, up to `day`."""
        month = int(self.begins[:2])
        start = date(day.year if day.month >= month else day.year - 1, month, 1)
        return Period.between(start, day)

    def __str__(self) -> str:
        return str(self.name)


def number(tenths: Tenths) -> str:
    """Points as people write them: 85 or 8.5."""
    return f"{tenths / 10:.1f}".removesuffix(".0")


def shown(card: Card) -> str:
    return _("%(name)s: %(most)s points, passed with %(mark)s") % {
        "name": card.name,
        "most": number(card.sheet.most),
        "mark": number(card.pass_mark),
    }


def parse(text: str) -> Card:
    """A sheet typed as YAML. Raises BadCard."""
    try:
        typed = yaml.safe_load(text)
    except yaml.YAMLError:
        raise BadCard(_("This is not readable as YAML. Check indents and colons.")) from None
    return read(typed)


def typed(card: Card) -> str:
    text: str = yaml.safe_dump(keep(card), allow_unicode=True, sort_keys=False, width=1000)
    return text


def read(kept: Any) -> Card:
    """Raises BadCard."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("items"), list):
        raise BadCard(_("A score sheet has a name, a pass mark and a list of items."))
    begins = str(kept.get("begins", "01-01"))
    if not BEGINS.fullmatch(begins):
        raise BadCard(_("The year of a sheet begins on the first of a month, written 01-01 or 11-01."))
    try:
        card = Card(
            _words(kept.get("name")),
            tuple(_row(entry) for entry in kept["items"]),
            _tenths(kept.get("pass_mark")),
            begins,
        )
        card.sheet  # noqa: B018 - checks it
    except BadSheet as bad:
        raise BadCard(str(FAULTS[bad.fault]) % {"item": bad.item}) from bad
    if not card.name:
        raise BadCard(_("Give the sheet a name."))
    return card


def _row(entry: Any) -> Row:
    if not isinstance(entry, Mapping) or not re.fullmatch(r"[a-z0-9_]{1,40}", str(entry.get("code", ""))):
        raise BadCard(_("Each item has a code of small letters, digits and underscores."))
    code = str(entry["code"])
    if entry.get("kind") not in set(Kind):
        known = ", ".join(Kind)
        raise BadCard(_("“%(item)s”: the kind is one of %(known)s.") % {"item": code, "known": known})
    most = _tenths(entry.get("points", 0))
    limits = [name for name in LIMITS if name in entry]
    if len(limits) > 1:
        raise BadCard(_("“%(item)s” has either at_least or at_most, not both.") % {"item": code})
    steps = _steps(entry[limits[0]], most) if limits else ()
    item = Item(
        code,
        Kind(entry["kind"]),
        most,
        steps,
        _tenths(entry.get("each", 0)),
        bool(limits) and LIMITS[limits[0]],
    )
    name = _words(entry.get("name"))
    if not name:
        raise BadCard(_("“%(item)s” has no name.") % {"item": code})
    plain = {key: str(entry.get(key, "")) for key in PLAIN}
    return Row(item, name, _words(entry.get("group")), _words(entry.get("evidence")), **plain)


def _steps(given: Any, most: Tenths) -> tuple[Step, ...]:
    """A limit at which all points are given, or limits with the points of each."""
    if isinstance(given, Mapping):
        return tuple(Step(_limit(at), _tenths(points)) for at, points in given.items())
    return (Step(_limit(given), most),)


def _limit(given: Any) -> Fraction:
    try:
        limit = Fraction(str(given).strip().rstrip("%"))
    except (ValueError, ZeroDivisionError):
        raise BadCard(_("“%(given)s” is no number.") % {"given": given}) from None
    if not 0 <= limit <= LARGEST:
        raise BadCard(_("“%(given)s” is too large or negative.") % {"given": given})
    return limit


def _tenths(given: Any) -> Tenths:
    tenths = _limit(given) * 10
    if tenths.denominator != 1:
        raise BadCard(_("Points have at most one decimal: %(given)s.") % {"given": given})
    return int(tenths)


def _words(given: Any) -> Words:
    """Words in English and Chinese; a plain text counts as Chinese."""
    if isinstance(given, Mapping):
        return Words.read({key: str(given[key]) for key in ("en", "zh") if given.get(key)})
    return Words.read({"zh": str(given)}) if given else Words()


def keep(card: Card) -> dict[str, Any]:
    """As JSON, which `read` reads back."""
    return {
        "name": _kept_words(card.name),
        "pass_mark": _plain(card.pass_mark),
        "begins": card.begins,
        "items": [_kept_row(row) for row in card.rows],
    }


def _kept_row(row: Row) -> dict[str, Any]:
    item = row.item
    entry: dict[str, Any] = {
        "code": item.code,
        "name": _kept_words(row.name),
        "group": _kept_words(row.group),
        "kind": str(item.kind),
        "points": _plain(item.most),
        "each": _plain(item.each),
        **{key: getattr(row, key) for key in PLAIN},
        "evidence": _kept_words(row.evidence),
    }
    if item.steps:
        limit = "at_most" if item.lower else "at_least"
        steps = {limit_text(step.at): _plain(step.points) for step in item.steps}
        entry[limit] = steps if item.kind is Kind.STEPPED else limit_text(item.steps[0].at)
    return {key: value for key, value in entry.items() if value}


def limit_text(limit: Fraction) -> str:
    """A limit as people write it: 95, 2.5 or 200/3."""
    exact = f"{float(limit):.6f}".rstrip("0").rstrip(".")
    return exact if Fraction(exact) == limit else str(limit)


def _plain(tenths: Tenths) -> int | float:
    return tenths / 10 if tenths % 10 else tenths // 10


def _kept_words(words: Words) -> dict[str, str]:
    return {key: text for key in ("en", "zh") if (text := getattr(words, key))}
