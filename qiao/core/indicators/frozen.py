"""Lays the figures kept of closed periods over those the records give now, and tells where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.db import connection
from django.db.models import BigIntegerField, F, Func, Q, QuerySet

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import closing
from qiao.core.indicators.declarations import Tally
from qiao.core.indicators.facts import cells_sql, counting
from qiao.core.indicators.models import Closing, Kept
from qiao.core.indicators.windows import window

Place = tuple[str, int, int, str]
Sight = Literal["shown", "now", "added", "gone"]
"""Of a closed period: the records counted when it was closed, those counted now, and the difference."""

KEPT = """
    SELECT k.tally, p.no, k.region - mod(k.region, %s), k.key, sum(k.value)
    FROM unnest(%s::bigint[], %s::int[]) AS p(closing, no)
    JOIN indicators_kept AS k ON k.closing_id = p.closing
    WHERE k.dimension = %s AND k.tally = ANY(%s) AND k.region >= %s AND k.region < %s
    GROUP BY 1, 2, 3, 4
"""
ROLLED = """
    SELECT r.tally, p.no, r.region - mod(r.region, %s), r.key, sum(r.value)
    FROM unnest(%s::text[], %s::int[], %s::date[]) AS p(tally, no, month)
    JOIN unnest(%s::int[], %s::bigint[], %s::bigint[]) AS c(no, lo, hi) ON c.no = p.no
    JOIN indicators_rollup AS r
      ON r.tally = p.tally AND r.month = p.month AND r.region >= c.lo AND r.region < c.hi
    WHERE r.level = 5 AND r.dimension = %s AND r.region >= %s AND r.region < %s
    GROUP BY 1, 2, 3, 4
"""


class Frozen:
    """The closings in force over the periods of a table."""

    def __init__(self, scope: Scope, periods: Sequence[Period], by: str) -> None:
        self.scope, self.periods, self.by = scope, periods, by
        found = closing.holding(scope, periods)
        numbers = {str(period): no for no, period in enumerate(periods)}
        self.closings = {
            numbers[text]: [one for one in found if one.period == text] for text in {c.period for c in found}
        }

    def __bool__(self) -> bool:
        return bool(self.closings)

    def keeps(self, tally: str, no: int) -> bool:
        """A tally declared after a closing goes on following the records."""
        return no in self.closings and all(f"{tally}:{self.by}" in one.kept for one in self.closings[no])

    def covers(self, no: int, region: int) -> bool:
        return any(one.scope.contains(region) for one in self.closings.get(no, ()))

    def moved(
        self, span: int, kept: list[tuple[str, int, date]], counted: Mapping[Tally, list[int]], today: date
    ) -> dict[Place, int]:
        """By how much the figures kept exceed those of the records now; only where they differ."""
        kept = [entry for entry in kept if self.keeps(entry[0], entry[1])]
        counted = {
            tally: chosen
            for tally, numbers in counted.items()
            if (chosen := [no for no in numbers if self.keeps(tally.code, no)])
        }
        more: dict[Place, int] = defaultdict(int)
        tallies = {entry[0] for entry in kept} | {tally.code for tally in counted}
        self._add_kept(more, span, sorted(tallies))
        self._take_rolled(more, span, kept)
        for tally, numbers in counted.items():
            self._take_counted(more, span, tally, numbers, today)
        return {place: value for place, value in more.items() if value}

    def _add_kept(self, more: dict[Place, int], span: int, tallies: list[str]) -> None:
        pairs = [(one.pk, no) for no, closings in self.closings.items() for one in closings]
        keys, numbers = (list(column) for column in zip(*pairs, strict=True))
        values = [span, keys, numbers, self.by, tallies, self.scope.lo, self.scope.hi]
        self._run(
            KEPT,
            values,
            lambda place, value: more.__setitem__(place, value) if self.keeps(*place[:2]) else None,
        )

    def _take_rolled(self, more: dict[Place, int], span: int, kept: list[tuple[str, int, date]]) -> None:
        if not kept:
            return
        ranges = [
            (no, one.scope.lo, one.scope.hi)
            for no, closings in self.closings.items()
            for one in closing.outermost(closings)
        ]
        entries = [list(column) for column in zip(*kept, strict=True)]
        covered = [list(column) for column in zip(*ranges, strict=True)]
        values = [span, *entries, *covered, self.by, self.scope.lo, self.scope.hi]

        def take(place: Place, value: int) -> None:
            more[place] -= value

        self._run(ROLLED, values, take)

    def _take_counted(
        self, more: dict[Place, int], span: int, tally: Tally, numbers: list[int], today: date
    ) -> None:
        """By communities: which of them are closed differs from period to period."""
        windows = [window(self.periods[no], today) for no in numbers]
        dimensions = [one for one in tally.by if one.code == self.by]
        sql, params = cells_sql(tally, windows, self.scope.q(), dimensions)
        with counting() as cursor:
            cursor.execute(sql, params)
            for at, region, dimension, key, value in cursor.fetchall():
                if dimension == self.by and self.covers(numbers[at], region):
                    more[tally.code, numbers[at], region - region % span, key] -= int(value)

    def _run(self, sql: str, values: list[Any], each: Callable[[Place, int], None]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for tally, no, region, key, value in cursor.fetchall():
                each((tally, no, region, key), int(value))


def records_at_closing(
    closings: Sequence[Closing], tally: Tally, lo: int, hi: int, by: str, value: str
) -> QuerySet[Any]:
    """The numbers of the records a tally counted when a period was closed."""
    found = Kept.objects.filter(
        closing__in=closings, tally=tally.code, dimension=by, region__gte=lo, region__lt=hi
    )
    unnested = Func(F("records"), function="unnest", output_field=BigIntegerField())
    return found.filter(key=value if by else "").order_by().values_list(unnested)


def as_seen(live: QuerySet[Any], at_closing: Q, closings: Sequence[Closing], sight: Sight) -> QuerySet[Any]:
    """The records behind a figure of a closed period. `live`: those it would count now."""
    covered = closing.within(closings)
    everything: QuerySet[Any] = live.model._base_manager.all()
    match sight:
        case "added":
            return live.filter(covered).exclude(at_closing)
        case "gone":
            return everything.filter(at_closing).exclude(pk__in=live.values("pk"))
        case "shown":
            return everything.filter(at_closing | Q(pk__in=live.exclude(covered).values("pk")))
    return live
