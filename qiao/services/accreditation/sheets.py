"""The live score sheets of communities: what the records give for each item, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.figures import Figure, Table
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region
from qiao.core.standards import api as standards
from qiao.core.standards.scorecards import Card, Row
from qiao.core.standards.scoring import Item, Kind, Reading, Result, score
from qiao.core.standards.what_if import Plan, least_to_pass

SHEET = "community_sheet"


@dataclass(frozen=True)
class Sheet:
    """One community's sheet as its records give it. Items that somebody judges are open."""

    region: Region
    card: Card
    period: Period
    readings: Mapping[str, Reading]

    @cached_property
    def result(self) -> Result:
        return score(self.card.sheet, self.readings)

    @cached_property
    def at_best(self) -> Result:
        """The result if all that is open were judged in full."""
        given = {row.code: best(row.item) for row in self.card.rows if row.code not in self.readings}
        return score(self.card.sheet, {**self.readings, **given})

    @cached_property
    def plan(self) -> Plan | None:
        """The least that the records have to get better by, judged items given in full."""
        return least_to_pass(self.at_best, [row.code for row in self.card.rows if measured(row)])

    @property
    def missing(self) -> int:
        """Tenths of points to the pass mark, judged items given in full."""
        return max(0, self.card.pass_mark - self.at_best.points)


def measured(row: Row) -> bool:
    """Whether an indicator gives the item's number. A sheet may name one that this version no longer has: then
    somebody has to judge."""
    known = {one.code: one for one in registry.indicators()}.get(row.figure)
    return known is not None and (not row.by or known.dimension(row.by) is not None)


def best(item: Item) -> Reading:
    """What gives an item in full."""
    if item.kind is Kind.DISCRETIONARY:
        return Reading(item.most // 10 + bool(item.most % 10))
    if item.falls:
        return Reading(0)
    return Reading(max(one.at for one in item.steps) if item.steps else -(-item.most // item.each))


def card_of(scope: Scope, today: date) -> Card | None:
    """The sheet that holds in a place of at most a district; districts may have their own."""
    card: Card | None = standards.value_or_none(SHEET, scope.code, today)
    return card


def live(scope: Scope, card: Card, today: date) -> list[Sheet]:
    """The sheets of all communities of the scope, in a number of queries that grows with none of them."""
    period = Period.of("year", today) if card.begins == "01-01" else card.year(today)
    communities = Region.objects.under(scope.code).on(today).filter(level=Level.COMMUNITY).order_by("code")
    read = _reader(card.rows, scope, period, today)
    return [Sheet(one, card, period, dict(read(one.code))) for one in communities]


def _reader(
    rows: Iterable[Row], scope: Scope, period: Period, today: date
) -> Callable[[int], Iterable[tuple[str, Reading]]]:
    by_breakdown: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if measured(row):
            by_breakdown[row.by].append(row)
    tables = {
        by: figures.table(_indicators(some), scope, Level.COMMUNITY, [period], by, today)
        for by, some in by_breakdown.items()
    }

    def read(community: int) -> Iterable[tuple[str, Reading]]:
        for by, some in by_breakdown.items():
            for row in some:
                yield row.code, reading(_figure(tables[by], row, community))

    return read


def _indicators(rows: Iterable[Row]) -> list[Indicator]:
    return [registry.get(code) for code in dict.fromkeys(row.figure for row in rows)]


def _figure(table: Table, row: Row, community: int) -> Figure:
    return table.at(registry.get(row.figure), community, key=row.value if row.by else "")


def reading(figure: Figure) -> Reading:
    if figure.denominator is not None:
        return Reading(figure.numerator or 0, figure.denominator)
    return Reading(figure.amount or 0)
