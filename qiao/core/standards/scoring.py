"""Score sheets: what each item gives for what was found, and what is missing. Pure.

Points are counted in tenths, so that half a point and a third of ten are whole numbers here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil

Tenths = int
PERCENT = 100


class Kind(StrEnum):
    """What an item makes of a number.

    VETO gives nothing and fails the whole sheet. BINARY gives all or nothing at its limit, STEPPED the points of
    the best step reached, PER_UNIT so much for each unit up to its most, PROPORTIONAL its share of the limit.
    DEDUCTION takes so much for each fault from its most. DISCRETIONARY is given the points somebody awards.
    """

    VETO = "veto"
    BINARY = "binary"
    STEPPED = "stepped"
    PER_UNIT = "per_unit"
    PROPORTIONAL = "proportional"
    DEDUCTION = "deduction"
    DISCRETIONARY = "discretionary"


class Fault(StrEnum):
    """What contradicts itself in an item or a sheet."""

    NO_LIMIT = "no_limit"
    NO_POINTS = "no_points"
    NO_EACH = "no_each"
    NO_SHARE = "no_share"
    DISORDERED = "disordered"
    TWICE = "twice"
    NO_ITEMS = "no_items"
    MARK_TOO_HIGH = "mark_too_high"


class BadSheet(ValueError):
    """`item` is the code of the item at fault, "" for the sheet."""

    def __init__(self, fault: Fault, item: str = "") -> None:
        super().__init__(f"{item}: {fault}")
        self.fault, self.item = fault, item


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: a number, or `above` of `below` as a percentage."""

    above: Fraction | int
    below: int | None = None

    @property
    def value(self) -> Fraction | None:
        """None where the group has nobody: then nobody in it is missing."""
        if self.below is None:
            return Fraction(self.above)
        return Fraction(self.above) * PERCENT / self.below if self.below else None


@dataclass(frozen=True, slots=True)
class Step:
    at: Fraction
    points: Tenths


@dataclass(frozen=True)
class Item:
    """`lower`: the limit may not be exceeded; else it has to be reached. A veto and a binary item have one step,
    a proportional one the step at which it is full."""

    code: str
    kind: Kind
    most: Tenths = 0
    steps: tuple[Step, ...] = ()
    each: Tenths = 0
    lower: bool = False

    def __post_init__(self) -> None:
        if fault := self._fault():
            raise BadSheet(fault, self.code)

    def _fault(self) -> Fault | None:
        stepped = self.kind in (Kind.VETO, Kind.BINARY, Kind.STEPPED, Kind.PROPORTIONAL)
        if stepped and not self.steps:
            return Fault.NO_LIMIT
        if (self.kind is Kind.VETO) != (self.most == 0) or self.most < 0:
            return Fault.NO_POINTS
        if self.kind in (Kind.PER_UNIT, Kind.DEDUCTION) and self.each <= 0:
            return Fault.NO_EACH
        if self.kind is Kind.PROPORTIONAL and (self.lower or self.steps[0].at <= 0):
            return Fault.NO_SHARE
        rising = sorted(self.steps, key=lambda step: step.at, reverse=self.lower)
        points = [step.points for step in rising]
        if points != sorted(set(points)) or (points and (points[0] < 0 or points[-1] != self.most)):
            return Fault.DISORDERED
        return None

    @property
    def falls(self) -> bool:
        """Whether less of what is counted is better."""
        return self.lower or self.kind is Kind.DEDUCTION

    def _reaches(self, value: Fraction, at: Fraction) -> bool:
        return value <= at if self.lower else value >= at

    def passes(self, reading: Reading | None) -> bool:
        """Only a veto fails a sheet: when its limit is not kept, or is not known to be."""
        if self.kind is not Kind.VETO:
            return True
        if reading is None:
            return False
        value = reading.value
        return value is None or self._reaches(value, self.steps[0].at)

    def points(self, reading: Reading | None) -> Tenths:
        """Between 0 and `most`. What is not known gives nothing."""
        if reading is None:
            return 0
        value = reading.value
        if value is None:
            return self.most
        match self.kind:
            case Kind.PER_UNIT:
                given = int(value) * self.each
            case Kind.PROPORTIONAL:
                given = int(self.most * value / self.steps[0].at)
            case Kind.DEDUCTION:
                given = self.most - ceil(value) * self.each
            case Kind.DISCRETIONARY:
                given = int(value * 10)
            case _:
                given = max((one.points for one in self.steps if self._reaches(value, one.at)), default=0)
        return max(0, min(self.most, given))

    def needed(self, reading: Reading | None, enough: Callable[[Reading], bool]) -> int | None:
        """By how many of what is counted the reading has to get better until it is enough; None when it never is."""
        if reading is None:
            return None
        if enough(reading):
            return 0
        low, high = 0, self._room(reading)
        if not enough(self.better(reading, high)):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(self.better(reading, middle)) else (middle, high)
        return high

    def better(self, reading: Reading, by: int) -> Reading:
        return replace(reading, above=reading.above - by if self.falls else reading.above + by)

    def _room(self, reading: Reading) -> int:
        """How far the reading can get better, or beyond which it gives no more."""
        if self.kind is Kind.DISCRETIONARY:
            return 0
        if self.falls:
            return int(reading.above)
        if reading.below is not None:
            return max(0, reading.below - ceil(reading.above))
        full = (
            ceil(self.most / self.each) if self.kind is Kind.PER_UNIT else max(one.at for one in self.steps)
        )
        return max(0, ceil(full - reading.above))


@dataclass(frozen=True)
class Sheet:
    items: tuple[Item, ...]
    pass_mark: Tenths

    def __post_init__(self) -> None:
        if not self.items:
            raise BadSheet(Fault.NO_ITEMS)
        if len({item.code for item in self.items}) < len(self.items):
            raise BadSheet(Fault.TWICE)
        if not 0 <= self.pass_mark <= self.most:
            raise BadSheet(Fault.MARK_TOO_HIGH)

    @property
    def most(self) -> Tenths:
        return sum(item.most for item in self.items)


@dataclass(frozen=True)
class Line:
    item: Item
    reading: Reading | None
    points: Tenths
    passes: bool

    @property
    def lost(self) -> Tenths:
        return self.item.most - self.points

    @cached_property
    def missing(self) -> int | None:
        """How many of what is counted are missing to the full points; None when that cannot be said."""
        item = self.item
        return item.needed(self.reading, lambda made: item.passes(made) and item.points(made) == item.most)

    @property
    def met(self) -> bool | None:
        return None if self.reading is None else self.passes and not self.lost


@dataclass(frozen=True)
class Result:
    sheet: Sheet
    lines: tuple[Line, ...]

    @property
    def points(self) -> Tenths:
        return sum(line.points for line in self.lines)

    @property
    def failed(self) -> list[Line]:
        """The vetoes that stand against it."""
        return [line for line in self.lines if not line.passes]

    @property
    def open(self) -> list[Line]:
        """What nobody has judged yet."""
        return [line for line in self.lines if line.reading is None]

    @property
    def attainable(self) -> Tenths:
        """The points if all that is open were given in full."""
        return self.points + sum(line.item.most for line in self.open)

    @property
    def passes(self) -> bool:
        return not self.failed and self.points >= self.sheet.pass_mark


def score(sheet: Sheet, readings: Mapping[str, Reading]) -> Result:
    found = ((item, readings.get(item.code)) for item in sheet.items)
    return Result(sheet, tuple(Line(one, made, one.points(made), one.passes(made)) for one, made in found))
