"""What an indicator is. Each is declared once; tables, drill-down, roll-up and reports read the declaration.

A tally is a number of records, or the sum of a number they hold: of those for which `where` holds in a window.
A ratio is made of two tallies.
Records are counted at their own region, so that a region keeps what happened in it when somebody moves away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import F, Model, Q, QuerySet, aggregates
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.dimensions import Dimension, Text
from qiao.core.indicators.windows import Day, Window

YUAN = _("yuan")
"""The unit of money: counted in fen, shown in yuan."""
FEN_A_YUAN = 100
Condition = Q | Callable[[Window], Q]


class Accumulates(StrEnum):
    """How the figure of a long period follows from its months."""

    SUM = "sum"
    LAST = "last"
    AFRESH = "afresh"


@dataclass(frozen=True, eq=False)
class Indicator:
    code: str
    name: Text
    unit: Text
    definition: Text
    source: Text

    def tallies(self) -> Iterator[Tally]:
        raise NotImplementedError

    def dimension(self, code: str) -> Dimension | None:
        raise NotImplementedError

    @property
    def dimensions(self) -> Sequence[Dimension]:
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Tally(Indicator):
    model: type[Model]
    where: Callable[[Window], Q]
    day: Callable[[Window], Day]
    accumulates: Accumulates
    by: tuple[Dimension, ...]
    of: str = ""

    def __post_init__(self) -> None:
        if len({one.code for one in self.by}) < len(self.by):
            raise TypeError(f"{self.code}: two breakdowns bear one code")

    def tallies(self) -> Iterator[Tally]:
        yield self

    @property
    def dimensions(self) -> Sequence[Dimension]:
        return self.by

    def dimension(self, code: str) -> Dimension | None:
        return next((one for one in self.by if one.code == code), None)

    def rows(self, window: Window) -> QuerySet[Any]:
        """The living records counted in a window, everywhere. The caller narrows it to a scope."""
        living: QuerySet[Any] = self.model._default_manager.filter(self.where(window))
        return living.order_by()

    @property
    def scale(self) -> int:
        """How many of what is counted make one of the unit."""
        return FEN_A_YUAN if self.unit is YUAN else 1

    def amount(self) -> Coalesce:
        """What a record adds to a sum; one without the number adds nothing."""
        return Coalesce(F(self.of), 0)

    def total(self, rows: QuerySet[Any]) -> int:
        """What the tally makes of records it has opened to."""
        if not self.of:
            return rows.count()
        summed = rows.aggregate(total=aggregates.Sum(self.of))["total"]
        return int(summed or 0)

    def value(self, dimension: Dimension, window: Window) -> Any:
        return dimension.expression(self.day(window))


@dataclass(frozen=True, eq=False)
class Ratio(Indicator):
    """`numerator` counts some of the records of `denominator`; the others are who is missing. Of two sums, those
    are missing that add less above than below."""

    numerator: Tally
    denominator: Tally
    per: int = 100

    def __post_init__(self) -> None:
        if self.numerator.model is not self.denominator.model:
            raise TypeError(f"{self.code}: numerator and denominator count different records")

    def tallies(self) -> Iterator[Tally]:
        yield self.numerator
        yield self.denominator

    def whole(self, window: Window) -> QuerySet[Any]:
        """Records of the numerator that miss nothing of what they are in the denominator."""
        rows = self.numerator.rows(window)
        if self.numerator.of and self.denominator.of:
            rows = rows.filter(**{f"{self.numerator.of}__gte": F(self.denominator.of)})
        return rows

    @property
    def dimensions(self) -> Sequence[Dimension]:
        return [one for one in self.denominator.by if self.numerator.dimension(one.code)]

    def dimension(self, code: str) -> Dimension | None:
        return self.denominator.dimension(code) if self.numerator.dimension(code) else None


def _condition(where: Condition, window: Window) -> Q:
    return where if isinstance(where, Q) else where(window)


def Count(
    model: type[Model],
    *,
    at: str,
    code: str,
    name: Text,
    unit: Text,
    definition: Text,
    source: Text = "",
    where: Condition = Q(),  # noqa: B008 - a Q is never changed
    by: Sequence[Dimension] = (),
) -> Tally:
    """A flow: records whose date `at` lies in the period. Broken down as things stood on that date."""
    return Tally(
        code,
        name,
        unit,
        definition,
        source,
        model=model,
        where=lambda w: Q(**{f"{at}__gte": w.start, f"{at}__lt": w.end}) & _condition(where, w),
        day=lambda w: F(at),
        accumulates=Accumulates.SUM,
        by=tuple(by),
    )


def Sum(
    model: type[Model],
    *,
    of: str,
    at: str,
    code: str,
    name: Text,
    unit: Text,
    definition: Text,
    source: Text = "",
    where: Condition = Q(),  # noqa: B008
    by: Sequence[Dimension] = (),
) -> Tally:
    """A flow like `Count`, of the whole numbers the records hold in `of`: the openings of posts, people of a course."""
    counted = Count(
        model,
        at=at,
        code=code,
        name=name,
        unit=unit,
        definition=definition,
        source=source,
        where=where,
        by=by,
    )
    return replace(counted, of=of)


def Stock(
    model: type[Model],
    *,
    code: str,
    name: Text,
    unit: Text,
    definition: Text,
    source: Text = "",
    since: str = "",
    until: str = "",
    of: str = "",
    where: Condition = Q(),  # noqa: B008
    by: Sequence[Dimension] = (),
) -> Tally:
    """A state: records whose half-open spell `since`..`until` covers the last day of the period, or the sum of the
    whole numbers they hold in `of`."""

    def holds(w: Window) -> Q:
        begun = Q(**{f"{since}__lte": w.as_of}) if since else Q()
        lasting = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": w.as_of}) if until else Q()
        return begun & lasting & _condition(where, w)

    return Tally(
        code,
        name,
        unit,
        definition,
        source,
        model=model,
        where=holds,
        day=lambda w: w.as_of,
        accumulates=Accumulates.LAST,
        of=of,
        by=tuple(by),
    )


def Cohort(
    model: type[Model],
    *,
    code: str,
    name: Text,
    unit: Text,
    definition: Text,
    where: Callable[[Window], Q],
    source: Text = "",
    by: Sequence[Dimension] = (),
) -> Tally:
    """Records singled out by the whole period: its months do not add up, long ones are counted afresh."""
    return Tally(
        code,
        name,
        unit,
        definition,
        source,
        model=model,
        where=where,
        day=lambda w: w.as_of,
        accumulates=Accumulates.AFRESH,
        by=tuple(by),
    )
