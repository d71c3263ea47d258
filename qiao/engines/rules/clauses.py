"""What a clause may ask of a row. Each test is data and compiles to one expression over columns.

A test is true, false or, where a column it needs is null, null: not known. Kleene's logic holds throughout:
"a or b" is true when a is, however little is known of b.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from qiao.engines.rules.days import latest, shifted

Values = Mapping[str, Any]
Number = int | float
FEMALE, MALE = "F", "M"


@dataclass(frozen=True, slots=True)
class Param:
    """The value of a parameter, multiplied by `times` (12 makes months of years)."""

    code: str
    times: int = 1

    def read(self, values: Values) -> Any:
        """Raises KeyError where no value holds."""
        value = values[self.code]
        return int(value * self.times) if self.times != 1 else value


@dataclass(frozen=True, slots=True)
class BySex:
    """One value for women and one for men."""

    female: int | Param
    male: int | Param


def _read(given: Any, values: Values) -> Any:
    return given.read(values) if isinstance(given, Param) else given


class Test:
    """`columns` are those it reads by the values that hold, `params` the codes of its parameters."""

    __slots__ = ()

    def columns(self, values: Values) -> Iterator[str]:
        raise NotImplementedError

    def params(self) -> Iterator[str]:
        return iter(())

    def expr(self, on: date, values: Values) -> pl.Expr:
        raise NotImplementedError


def _codes(*given: Any) -> Iterator[str]:
    for one in given:
        if isinstance(one, Param):
            yield one.code
        elif isinstance(one, BySex):
            yield from _codes(one.female, one.male)


@dataclass(frozen=True, slots=True)
class Flag(Test):
    """A yes-or-no column is as `wanted`."""

    column: str
    wanted: bool = True

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.col(self.column) if self.wanted else ~pl.col(self.column)


@dataclass(frozen=True, slots=True)
class AnyFlag(Test):
    """One of the yes-or-no columns that a parameter names is true: the groups a policy is for, here and now."""

    named: Param

    def columns(self, values: Values) -> Iterator[str]:
        yield from self.named.read(values)

    def params(self) -> Iterator[str]:
        return _codes(self.named)

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.any_horizontal([pl.col(name) for name in self.named.read(values)])


@dataclass(frozen=True, slots=True)
class IsOneOf(Test):
    """A text column holds one of the entries, given here or by a parameter that is a list."""

    column: str
    entries: Sequence[str] | Param

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column

    def params(self) -> Iterator[str]:
        return _codes(self.entries)

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.col(self.column).is_in(list(_read(self.entries, values)))


@dataclass(frozen=True, slots=True)
class AtLeast(Test):
    """A number is at least so much."""

    column: str
    least: Number | Param

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column

    def params(self) -> Iterator[str]:
        return _codes(self.least)

    def expr(self, on: date, values: Values) -> pl.Expr:
        found: pl.Expr = pl.col(self.column) >= _read(self.least, values)
        return found


@dataclass(frozen=True, slots=True)
class AtMost(Test):
    """A number is at most so much: an income, the times a help was had before."""

    column: str
    most: Number | Param

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column

    def params(self) -> Iterator[str]:
        return _codes(self.most)

    def expr(self, on: date, values: Values) -> pl.Expr:
        found: pl.Expr = pl.col(self.column) <= _read(self.most, values)
        return found


@dataclass(frozen=True, slots=True)
class Elapsed(Test):
    """Since the day in `column`, at least `months` have passed: an age, the length of a spell, the age of a shop.

    With `BySex` the months differ for women and men, read from `sex`; where that is not recorded the test is
    known only if it comes out the same for both.
    """

    column: str
    months: int | Param | BySex
    sex: str = "sex"

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column
        if isinstance(self.months, BySex):
            yield self.sex

    def params(self) -> Iterator[str]:
        return _codes(self.months)

    def expr(self, on: date, values: Values) -> pl.Expr:
        if not isinstance(self.months, BySex):
            return self._since(self.months, on, values)
        women = self._since(self.months.female, on, values)
        men = self._since(self.months.male, on, values)
        return (
            pl.when(pl.col(self.sex) == FEMALE)
            .then(women)
            .when(pl.col(self.sex) == MALE)
            .then(men)
            .otherwise(pl.when(women == men).then(women))
        )

    def _since(self, months: int | Param, on: date, values: Values) -> pl.Expr:
        return pl.col(self.column) <= latest(on, _read(months, values))


@dataclass(frozen=True, slots=True)
class Within(Test):
    """The day in `column` lies no more than `months` ahead: retirement, the end of a help."""

    column: str
    months: int | Param

    def columns(self, values: Values) -> Iterator[str]:
        yield self.column

    def params(self) -> Iterator[str]:
        return _codes(self.months)

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.col(self.column) <= shifted(on, _read(self.months, values))


@dataclass(frozen=True, slots=True)
class Not(Test):
    test: Test

    def columns(self, values: Values) -> Iterator[str]:
        return self.test.columns(values)

    def params(self) -> Iterator[str]:
        return self.test.params()

    def expr(self, on: date, values: Values) -> pl.Expr:
        return ~self.test.expr(on, values)


class _Several(Test):
    __slots__ = ("tests",)

    def __init__(self, *tests: Test) -> None:
        self.tests = tests

    def columns(self, values: Values) -> Iterator[str]:
        for test in self.tests:
            yield from test.columns(values)

    def params(self) -> Iterator[str]:
        for test in self.tests:
            yield from test.params()


class AnyOf(_Several):
    __slots__ = ()

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.any_horizontal([test.expr(on, values) for test in self.tests])


class AllOf(_Several):
    __slots__ = ()

    def expr(self, on: date, values: Values) -> pl.Expr:
        return pl.all_horizontal([test.expr(on, values) for test in self.tests])
