"""Supply and demand: what the posts of a period offer against what those who seek work wish, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, FloatField, Q, QuerySet, Value

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator, Tally
from qiao.core.indicators.dimensions import UNKNOWN, Dimension, Text
from qiao.core.indicators.shown import names_url
from qiao.core.indicators.windows import window
from qiao.core.records.binding import beyond_scope
from qiao.services.market.medians import Median

DEMAND, SUPPLY, OUT_OF_WORK = "posts_created", "job_seekers", "unemployed"
BY = "occupation"
WAITING_BY = "kind", "age", "4050", "sex", "education"
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """A group of occupations. Pay is the median of yuan a month, asked by people and offered by posts; None where
    nobody states any."""

    name: Text
    demand: int
    supply: int
    demand_url: str
    supply_url: str
    asked: float | None
    offered: float | None
    recorded: bool

    @property
    def ratio(self) -> Fraction | None:
        """Openings for each person who seeks such work."""
        return Fraction(self.demand, self.supply) if self.supply else None

    @property
    def short(self) -> int:
        """Openings for which nobody seeks such work; below zero, people for whom there is no opening."""
        return self.demand - self.supply


@dataclass(frozen=True, slots=True)
class Waiting:
    """People out of work on the last day, alike in one respect, and the median of days since that began."""

    respect: Text
    name: Text
    people: int
    days: int
    url: str


@dataclass(frozen=True, slots=True)
class Point:
    """A quarter of the Beveridge curve: of all who work or seek work, how many percent seek; of all work done or
    offered, how many percent is offered."""

    period: Period
    unemployed: int
    openings: int
    unemployed_url: str
    openings_url: str
    unemployment: float | None
    vacancy: float | None


def groups(scope: Scope, period: Period, today: date) -> list[Group]:
    """The groups in which anybody offers or seeks work, the largest demand first."""
    demand, supply = registry.get(DEMAND), registry.get(SUPPLY)
    table = figures.table([demand, supply], scope, scope.level, [period], BY, today)
    dimension = _dimension(demand, BY)
    offered = _median(demand, BY, "pay_from_fen", scope, period, today, Q(pay_unit="month"))
    asked = _median(supply, BY, "resident__wish_pay_fen", scope, period, today)

    def group(key: str) -> Group:
        return Group(
            dimension.label(key),
            int(table.total(demand, 0, key).value or 0),
            int(table.total(supply, 0, key).value or 0),
            names_url(demand, scope.code, period, BY, key),
            names_url(supply, scope.code, period, BY, key),
            asked.get(key),
            offered.get(key),
            key != UNKNOWN,
        )

    return sorted(
        map(group, table.keys()), key=lambda one: (not one.recorded, -one.demand, -one.supply, str(one.name))
    )


def shortages(found: Sequence[Group], most: int = 10) -> list[Group]:
    """The groups with most openings for which nobody seeks such work. What is not recorded is no shortage."""
    short = [one for one in found if one.recorded and one.short > 0]
    return sorted(short, key=lambda one: -one.short)[:most]


def waits(scope: Scope, period: Period, today: date, least: int = 5) -> list[Waiting]:
    """Which groups wait longest; groups smaller than `least` say little and are left out."""
    indicator = registry.get(OUT_OF_WORK)
    as_of = window(period, today).as_of
    length = ExpressionWrapper(Value(as_of) - F("since"), DurationField())
    found = []
    for code in WAITING_BY:
        dimension = _dimension(indicator, code)
        rows = _by(indicator, code, scope, period, today)
        rows = rows.annotate(people=Count("pk"), days=Median(length, output_field=DurationField()))
        with beyond_scope("a region's past figures tell of people who have moved away since"):
            found += [
                Waiting(
                    dimension.name,
                    dimension.label(row["key"]),
                    row["people"],
                    row["days"].days,
                    names_url(indicator, scope.code, period, code, row["key"]),
                )
                for row in rows
                if row["people"] >= least and row["key"] != UNKNOWN
            ]
    return sorted(found, key=lambda one: (-one.days, -one.people))


def curve(scope: Scope, period: Period, today: date) -> list[Point]:
    """The quarters up to a period, oldest first."""
    last = Period.of("quarter", min(period.as_of, today))
    quarters = last.series(QUARTERS)
    demand, out, employed = (registry.get(code) for code in (DEMAND, OUT_OF_WORK, "employed"))
    table = figures.table([demand, out, employed], scope, scope.level, quarters, today=today)

    def point(no: int, quarter: Period) -> Point:
        openings, seeking, working = (int(table.total(one, no).value or 0) for one in (demand, out, employed))
        return Point(
            quarter,
            seeking,
            openings,
            names_url(out, scope.code, quarter),
            names_url(demand, scope.code, quarter),
            _percent(seeking, working + seeking),
            _percent(openings, working + openings),
        )

    return [point(no, quarter) for no, quarter in enumerate(quarters)]


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _dimension(indicator: Indicator, code: str) -> Dimension:
    found = indicator.dimension(code)
    if found is None:
        raise figures.NoBreakdown(f"{indicator.code} {code}")
    return found


def _by(indicator: Indicator, code: str, scope: Scope, period: Period, today: date) -> QuerySet[Any]:
    """The records of a figure, grouped by a breakdown as `key`."""
    (tally,) = indicator.tallies()
    span = window(period, today)
    rows = figures.drill(indicator, scope, period, today=today).order_by()
    return rows.annotate(key=_value(tally, code, span)).values("key")


def _value(tally: Tally, code: str, span: Any) -> Any:
    return tally.value(_dimension(tally, code), span)


def _median(
    indicator: Indicator,
    code: str,
    column: str,
    scope: Scope,
    period: Period,
    today: date,
    where: Q = Q(),  # noqa: B008 - a Q is never changed
) -> dict[str, float]:
    """Yuan, from a column of fen, by each value of a breakdown."""
    rows = _by(indicator, code, scope, period, today).filter(where, **{f"{column}__gt": 0})
    rows = rows.annotate(middle=Median(column, output_field=FloatField()))
    with beyond_scope("a region's past figures tell of people who have moved away since"):
        return {row["key"]: row["middle"] / 100 for row in rows}


__all__ = ["Group", "Point", "Waiting", "curve", "groups", "shortages", "waits"]
