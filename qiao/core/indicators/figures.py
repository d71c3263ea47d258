"""Figures on demand: one figure, a table of them, and the very records behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from django.db import connection
from django.db.models import Q, QuerySet

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.clock import today as business_date
from qiao.core.calendars.periods import Period
from qiao.core.indicators import closing, rollup
from qiao.core.indicators.declarations import Accumulates, Indicator, Ratio, Tally
from qiao.core.indicators.facts import cells_sql, counting
from qiao.core.indicators.frozen import Frozen, Place, Sight, as_seen, records_at_closing
from qiao.core.indicators.models import Closing
from qiao.core.indicators.months import months_for
from qiao.core.indicators.windows import NotBegun, window
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.codes import SPANS, Level

Part = Literal["numerator", "denominator", "missing"]

FROM_ROLLUP = """
    SELECT r.tally, p.no, r.region, r.key, sum(r.value)
    FROM unnest(%s::text[], %s::int[], %s::date[]) AS p(tally, no, month)
    JOIN indicators_rollup AS r ON r.tally = p.tally AND r.month = p.month
    WHERE r.level = %s AND r.dimension = %s AND r.region >= %s AND r.region < %s
    GROUP BY 1, 2, 3, 4
"""


class NoBreakdown(ValueError):
    """The indicator is not declared with this breakdown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is a number of records or a sum, or the exact ratio of two; None where there is nothing to divide by.
    `scale` of what is counted make one of the unit: 100 fen a yuan."""

    value: int | Fraction | None
    numerator: int | None = None
    denominator: int | None = None
    scale: int = 1

    @property
    def amount(self) -> int | Fraction | None:
        """In the unit of the indicator."""
        if self.value is None or self.scale == 1:
            return self.value
        return Fraction(self.value, self.scale)


@dataclass
class Table:
    """Figures of regions of one level. `behind_since`: changes from then on are not counted yet.

    A place of `cells` is (tally, number of the period, region, value of the breakdown or ""). Of closed periods
    they are as kept; `now` holds what the records say by now, where that differs.
    """

    scope: Scope
    level: Level
    periods: Sequence[Period]
    by: str
    behind_since: datetime | None = None
    cells: dict[Place, int] = field(default_factory=dict)
    now: dict[Place, int] = field(default_factory=dict)
    closings: Sequence[Closing] = ()

    def regions(self) -> set[int]:
        return {region for _, _, region, _ in self.cells}

    def keys(self) -> set[str]:
        return {key for _, _, _, key in self.cells} if self.by else {""}

    def at(self, indicator: Indicator, region: int, period: int = 0, key: str = "") -> Figure:
        return _figure(indicator, lambda tally: self.cells.get((tally.code, period, region, key), 0))

    def total(self, indicator: Indicator, period: int = 0, key: str | None = "") -> Figure:
        """Of the whole scope; with `key` None, of all values of the breakdown."""

        def summed(tally: Tally) -> int:
            return sum(
                value
                for (code, no, _, found), value in self.cells.items()
                if code == tally.code and no == period and key in (None, found)
            )

        return _figure(indicator, summed)

    def as_of_now(self) -> Table:
        """The same, following the records in closed periods too."""
        return replace(self, cells=self.cells | self.now, now={})


def _figure(indicator: Indicator, count: Any) -> Figure:
    if isinstance(indicator, Ratio):
        above, below = count(indicator.numerator), count(indicator.denominator)
        return Figure(Fraction(above * indicator.per, below) if below else None, above, below)
    (tally,) = indicator.tallies()
    return Figure(count(tally), scale=tally.scale)


def child_level(scope: Scope) -> Level:
    return Level(min(scope.level + 1, Level.COMMUNITY))


def table(
    indicators: Sequence[Indicator],
    scope: Scope,
    level: Level | None = None,
    periods: Sequence[Period] = (),
    by: str = "",
    today: date | None = None,
    from_facts: bool = False,
) -> Table:
    """One level of the tree x periods x indicators, in a number of queries that grows with none of them:
    one over the roll-up, and one a tally for periods the roll-up does not hold; as many again, and two, where
    periods are closed."""
    today = today or business_date()
    level = child_level(scope) if level is None else max(level, scope.level)
    if late := next((period for period in periods if period.start > today), None):
        raise NotBegun(str(late))
    if wrong := next((one for one in indicators if by and not one.dimension(by)), None):
        raise NoBreakdown(f"{wrong.code} {by}")
    behind = None if from_facts else rollup.freshen(scope, today)
    if behind and not rollup.holds(scope):
        from_facts, behind = True, None
    result = Table(scope, level, periods, by, behind)
    kept, counted = _sources(indicators, periods, today, from_facts)
    with beyond_scope("a region's past figures tell of people who have moved away since"):
        _read(result, kept)
        for tally, numbers in counted.items():
            _count(result, tally, numbers, today)
        frozen = Frozen(scope, periods, by)
        result.closings = [one for closings in frozen.closings.values() for one in closings]
        if frozen:
            moved = frozen.moved(SPANS[max(level, Level.PROVINCE)], kept, counted, today)
            for place, more in moved.items():
                result.now[place] = result.cells.get(place, 0)
                result.cells[place] = result.now[place] + more
    return result


def figure(indicator: Indicator, scope: Scope, period: Period, today: date | None = None) -> Figure:
    """One figure, from the facts."""
    return table([indicator], scope, scope.level, [period], today=today, from_facts=True).total(indicator)


def drill(
    indicator: Indicator,
    scope: Scope,
    period: Period,
    by: str = "",
    value: str = "",
    part: Part = "numerator",
    today: date | None = None,
    sight: Sight = "shown",
    own: bool = False,
) -> QuerySet[Any]:
    """Exactly the records a figure counts, oldest first. A ratio opens to its numerator, its denominator,
    or those of the denominator that the numerator misses; a figure of a closed period to the records of the
    closing, to those counted now, or to what came and went since (`sight`). `own`: records of the region itself,
    none from below. To be read `beyond_scope`: the scope is in the query, and a person counted here may live
    elsewhere by now."""
    span = window(period, today or business_date())
    tally = indicator.denominator if isinstance(indicator, Ratio) else next(indicator.tallies())
    if isinstance(indicator, Ratio) and part == "numerator":
        tally = indicator.numerator
    missing = indicator if isinstance(indicator, Ratio) and part == "missing" else None
    rows = tally.rows(span)
    if missing:
        rows = rows.exclude(pk__in=missing.whole(span).values("pk"))
    if by:
        if not (dimension := tally.dimension(by)):
            raise NoBreakdown(f"{indicator.code} {by}")
        rows = rows.annotate(by_value=tally.value(dimension, span)).filter(by_value=value)
    rows = scope.filter(rows)
    lo, hi = (scope.code, scope.code + 1) if own else (scope.lo, scope.hi)
    if own:
        rows = rows.filter(region=scope.code)
    with beyond_scope("a closing above the scope holds in it"):
        frozen = Frozen(scope, [period], by)
    if all(frozen.keeps(one.code, 0) for one in indicator.tallies()):
        closings = frozen.closings[0]
        held = Q(pk__in=records_at_closing(closings, tally, lo, hi, by, value))
        if missing:
            held &= ~Q(pk__in=records_at_closing(closings, missing.numerator, lo, hi, by, value))
        rows = as_seen(rows, held, closing.outermost(closings), sight)
    elif sight in ("added", "gone"):
        rows = rows.none()
    return rows.order_by("pk")


def _sources(
    indicators: Iterable[Indicator], periods: Sequence[Period], today: date, from_facts: bool
) -> tuple[list[tuple[str, int, date]], dict[Tally, list[int]]]:
    """Which (tally, period, month) the roll-up answers, and which tallies' periods only the facts do."""
    kept: list[tuple[str, int, date]] = []
    counted: dict[Tally, list[int]] = {}
    for tally in dict.fromkeys(tally for indicator in indicators for tally in indicator.tallies()):
        for no, period in enumerate(periods):
            months = None if from_facts else months_for(period, today)
            if months is None or (tally.accumulates is Accumulates.AFRESH and len(months) > 1):
                counted.setdefault(tally, []).append(no)
            else:
                chosen = months if tally.accumulates is Accumulates.SUM else months[-1:]
                kept += [(tally.code, no, month) for month in chosen]
    return kept, counted


def _read(result: Table, kept: list[tuple[str, int, date]]) -> None:
    if kept:
        tallies, numbers, months = (list(column) for column in zip(*kept, strict=True))
        scope = result.scope
        with connection.cursor() as cursor:
            cursor.execute(
                FROM_ROLLUP, [tallies, numbers, months, max(result.level, 1), result.by, scope.lo, scope.hi]
            )
            for tally, no, region, key, value in cursor.fetchall():
                result.cells[tally, no, region, key] = int(value)


def _count(result: Table, tally: Tally, numbers: list[int], today: date) -> None:
    windows = [window(result.periods[no], today) for no in numbers]
    dimensions = [dimension for dimension in tally.by if dimension.code == result.by]
    sql, params = cells_sql(
        tally, windows, result.scope.q(), dimensions, SPANS[max(result.level, Level.PROVINCE)]
    )
    with counting() as cursor:
        cursor.execute(sql, params)
        for place, region, dimension, key, value in cursor.fetchall():
            if dimension == result.by:
                result.cells[tally.code, numbers[place], region, key] = int(value)
