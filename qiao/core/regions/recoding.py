"""What a re-code of the tree would do: which codes end, which begin, and what succeeds what.

Moving a street moves its communities with it, each keeping its last digits; a row of its own says otherwise.
A region above that has no unit left ends too, and is succeeded by the regions its units went to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region, Succession


class CannotRecode(ValueError):
    """`problems` says, line by line, what is wrong with the mapping and what to do."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Move:
    """Everything at code `old` goes to code `new`. `existing`: the new region was there before."""

    old: Region
    new: int
    name: str
    existing: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`emptied`: regions above that end because no unit is left, with the codes that succeed them."""

    on: date
    moves: tuple[Move, ...]
    emptied: tuple[tuple[Region, tuple[int, ...]], ...] = ()
    mapping: Mapping[int, int] = field(default_factory=dict)

    def successions(self) -> Iterator[Succession]:
        arriving = Counter(self.mapping.values())
        for move in self.moves:
            merged = move.existing or arriving[move.new] > 1
            kind = Succession.Kind.MERGE if merged else Succession.Kind.RECODE
            yield Succession(old=move.old, new_id=move.new, on=self.on, kind=kind)
        for region, heirs in self.emptied:
            kind = Succession.Kind.SPLIT if len(heirs) > 1 else Succession.Kind.MERGE
            for heir in heirs:
                yield Succession(old=region, new_id=heir, on=self.on, kind=kind)


def shown(code: int) -> str:
    return f"{code:012}"


def plan(mapping: Mapping[int, int], on: date, names: Mapping[int, str] | None = None) -> Plan:
    """Raises CannotRecode."""
    problems = list(_wrong_pairs(mapping))
    if problems:
        raise CannotRecode(problems)
    living = _living_under(mapping, on)
    problems = [
        _("%(code)s is not in use on %(day)s. Take its row out or correct it.")
        % {"code": shown(old), "day": on}
        for old in mapping
        if old not in living
    ]
    if problems:
        raise CannotRecode(problems)
    full = {code: _target(code, mapping) for code in living}
    there = Region.objects.in_bulk(list(full.values()))
    names = names or {}
    moves = tuple(
        Move(
            living[old],
            new,
            names.get(new) or (there[new].name if new in there else living[old].name),
            new in there,
        )
        for old, new in sorted(full.items())
    )
    problems = [*_wrong_targets(mapping, full, there, on), *_wrong_dates(living.values(), on)]
    if problems:
        raise CannotRecode(problems)
    return Plan(on, moves, tuple(_emptied(full, on)), full)


def _wrong_pairs(mapping: Mapping[int, int]) -> Iterator[str]:
    if not mapping:
        yield _("No rows: write the old code and the new code of each region that changes.")
    for old, new in mapping.items():
        pair = {"old": shown(old), "new": shown(new)}
        if old == new:
            yield _("%(old)s stays what it is. Take its row out.") % pair
        elif codes.level_of(old) != codes.level_of(new):
            yield _("%(old)s and %(new)s are not of the same level.") % pair
        elif new in mapping:
            yield _("%(new)s is left and entered at once. Do it in two steps on two days.") % pair
        elif any(codes.contains(left, new) for left in mapping):
            yield _("%(new)s lies in a region that ends. Give it a place in another one.") % pair


def _living_under(mapping: Mapping[int, int], on: date) -> dict[int, Region]:
    found: dict[int, Region] = {}
    for code in mapping:
        found |= {region.code: region for region in Region.objects.under(code).on(on)}
    return found


def _target(code: int, mapping: Mapping[int, int]) -> int:
    nearest = max(old for old in (code, *codes.ancestors(code)) if old in mapping)
    return mapping[nearest] + (code - nearest)


def _wrong_targets(
    stated: Mapping[int, int], full: Mapping[int, int], there: Mapping[int, Region], on: date
) -> Iterator[str]:
    arriving = Counter(full.values())
    for old, new in sorted(full.items()):
        pair = {"old": shown(old), "new": shown(new)}
        ended = there[new].valid_to if new in there else None
        if ended is not None and ended <= on:
            yield _("%(new)s has ended. Choose a code that is in use or new.") % pair
        elif old not in stated and (new in there or arriving[new] > 1):
            yield _("%(old)s would fall on %(new)s, which is taken. Give %(old)s a row of its own.") % pair
    parents = {codes.parent_of(new) for new in full.values()} - set(full.values()) - {codes.NATION}
    for missing in sorted(code for code in parents if code) if parents else ():
        if not Region.objects.on(on).filter(code=missing).exists():
            yield _("%(code)s, above one of the new codes, is not in use. Add it first.") % {
                "code": shown(missing)
            }


def _wrong_dates(living: object, on: date) -> Iterator[str]:
    for region in living:  # type: ignore[attr-defined]
        if region.valid_from and region.valid_from >= on:
            yield _("%(code)s begins only on %(day)s. Choose a later day for the change.") % {
                "code": shown(region.code),
                "day": region.valid_from,
            }


def _emptied(full: Mapping[int, int], on: date) -> Iterator[tuple[Region, tuple[int, ...]]]:
    """From the streets upward: regions whose every living unit is among those that leave."""
    gone = set(full)
    entered = set(full.values())
    for level in (Level.STREET, Level.DISTRICT, Level.CITY, Level.PROVINCE):
        above = {codes.at_level(code, level) for code in gone} - gone
        for region in Region.objects.on(on).filter(code__in=above, level=level).order_by("code"):
            units = set(Region.objects.under(region.code).on(on).values_list("code", flat=True)) - {
                region.code
            }
            if units - gone or any(codes.contains(region.code, new) for new in entered):
                continue
            heirs = {codes.at_level(full[code], level) for code in units if code in full}
            gone.add(region.code)
            yield region, tuple(sorted(heirs))
