"""Keeps the roll-up equal to the facts.

A merge takes the pending changes of some communities, counts them again from the facts and adds what differs
to every level above. One transaction does it all under a lock per community: a killed merge leaves everything
pending, a repeated one changes nothing, and a change committed meanwhile stays pending for the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Min, Q

from qiao.core.accounts.scope import Scope
from qiao.core.indicators import registry
from qiao.core.indicators.declarations import Tally
from qiao.core.indicators.facts import cells_sql, counting, rows_sql
from qiao.core.indicators.models import Rollup, Touched, Upto
from qiao.core.indicators.months import first_kept, kept, month_of
from qiao.core.indicators.windows import Window
from qiao.core.jobs.partitions import map_partitions, partitioned
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.codes import SPANS, Level

FEW = 2
"""So many communities a reader merges by himself before he reads."""

CHUNK = 10
LOCKS = 7_000_000_000_000_000
LEVELS = ", ".join(f"({level.value}, {SPANS[level]})" for level in Level if level is not Level.NATION)

DIFFERENCE = """
    WITH fresh AS ({cells}),
    dated AS (SELECT w."start" AS month, f.region, f.dimension, f.key, f.value
              FROM fresh AS f JOIN unnest(%s::int[], %s::date[]) AS w("no", "start") USING ("no")),
    held AS (SELECT month, region, dimension, key, value FROM indicators_rollup
             WHERE level = {level} AND dimension = ANY(%s) AND tally = %s AND month = ANY(%s) AND {range}),
    differing AS (SELECT month, region, dimension, key,
                         COALESCE(held.value, 0) AS held, COALESCE(dated.value, 0) AS counted
                  FROM dated FULL JOIN held USING (month, region, dimension, key)
                  WHERE COALESCE(held.value, 0) <> COALESCE(dated.value, 0))
"""

GATHER = """
    INSERT INTO figures_differing (tally, region, month, dimension, key, more)
    SELECT %s, region, month, dimension, key, counted - held FROM differing
"""

GATHERED = """
    CREATE TEMPORARY TABLE IF NOT EXISTS figures_differing
    (tally text, region bigint, month date, dimension text, key text, more bigint) ON COMMIT DELETE ROWS
"""

ADD = f"""
    INSERT INTO indicators_rollup AS r (tally, level, region, month, dimension, key, value)
    SELECT d.tally, l.level, d.region - mod(d.region, l.span), d.month, d.dimension, d.key, sum(d.more)
    FROM figures_differing AS d CROSS JOIN (VALUES {LEVELS}) AS l(level, span)
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(d.more) <> 0 ORDER BY 2 DESC, 5, 1, 4, 3, 6
    ON CONFLICT (level, dimension, tally, month, region, key) DO UPDATE SET value = r.value + EXCLUDED.value
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """The roll-up says `held` where the facts say `counted`."""

    tally: str
    region: int
    month: date
    dimension: str
    key: str
    held: int
    counted: int


def pending(scope: Scope) -> list[int]:
    """The communities with changes that wait, in order."""
    waiting = Touched.objects.filter(region__gte=scope.lo, region__lt=scope.hi)
    return list(waiting.order_by("region").values_list("region", flat=True).distinct())


def complete_to(scope: Scope) -> datetime | None:
    """The moment of the oldest change that waits; None when nothing waits."""
    waiting = Touched.objects.filter(region__gte=scope.lo, region__lt=scope.hi)
    oldest: datetime | None = waiting.aggregate(oldest=Min("at"))["oldest"]
    return oldest


def holds(scope: Scope) -> bool:
    """Whether anything was ever merged in a scope."""
    return Rollup.objects.filter(
        level=max(scope.level, 1), region__gte=scope.lo, region__lt=scope.hi
    ).exists()


def touch_all(since: date = date.min) -> None:
    """Every community that has facts is counted again from a month on."""
    tables = [model._meta.db_table for model in {tally.model for tally in registry.tallies().values()}]
    regions = " UNION ".join(
        ["SELECT region FROM indicators_rollup WHERE level = 5 AND dimension = ''"]
        + [f'SELECT DISTINCT region_id FROM "{table}"' for table in sorted(tables)]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO indicators_touched (region, since) "
            f"SELECT region, %s FROM ({regions}) AS r(region) ORDER BY 1",
            [since],
        )


def advance(today: date) -> None:
    """Carries the running month to a new business date: what the old date left open is counted again.
    Everything is counted again when the declarations changed."""
    wanted = {"day": today, "declared": declared()}
    if Upto.objects.filter(**wanted).exists():
        return
    with beyond_scope("the day changes for every region"), transaction.atomic():
        Upto.objects.get_or_create(pk=1, defaults={"day": date.min})
        state = Upto.objects.select_for_update().get(pk=1)
        if (state.day, state.declared) == (today, declared()):
            return
        gone = Q(month__gt=today) | Q(month__lt=first_kept(today)) | ~Q(tally__in=registry.tallies())
        Rollup.objects.filter(gone).delete()
        known = state.declared == declared() and first_kept(state.day) <= first_kept(today)
        touch_all(month_of(min(state.day, today)) if known else date.min)
        Upto.objects.filter(pk=1).update(**wanted)


@cache
def declared() -> str:
    """What the figures are counted by, in short: it changes when a declaration does."""
    queries = [(code, rows_sql(tally, Q(), tally.by)) for code, tally in sorted(registry.tallies().items())]
    return sha256(repr(queries).encode()).hexdigest()


def merge(communities: Iterable[int], today: date, wait: bool = True) -> bool:
    """Counts communities again where changes wait. Without `wait`, gives up when another merge is at work."""
    codes = sorted(set(communities))
    if not codes:
        return True
    with beyond_scope("a figure counts every fact of its region"), counting() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")
        if not _lock(codes, wait, cursor):
            return False
        cursor.execute("DELETE FROM indicators_touched WHERE region = ANY(%s) RETURNING since", [codes])
        since = min((row[0] for row in cursor.fetchall()), default=None)
        if since is not None and (windows := kept(today, since)):
            cursor.execute(GATHERED)
            cursor.execute("TRUNCATE figures_differing")
            for tally in registry.tallies().values():
                _count_again(tally, codes, windows, cursor)
            cursor.execute(ADD, [])
    return True


@partitioned
def merge_part(key: dict[str, Any]) -> None:
    """A few communities: {"communities": [code, ...], "today": "2006-08-31"}."""
    merge(key["communities"], date.fromisoformat(key["today"]))


def merge_all(scope: Scope, today: date, workers: bool = False) -> int:
    """Merges everything pending in a scope, a few communities at a time. Returns how many communities waited;
    with `workers` they have only been queued."""
    advance(today)
    waiting = pending(scope)
    parts = [waiting[place : place + CHUNK] for place in range(0, len(waiting), CHUNK)]
    if workers:
        keys = [{"communities": part, "today": today.isoformat()} for part in parts]
        map_partitions(merge_part, keys, name="figures", workers=True)
    else:
        for part in parts:
            merge(part, today)
    return len(waiting)


def freshen(scope: Scope, today: date) -> datetime | None:
    """For a reader: takes in few pending changes at once. Returns since when figures are behind, or None."""
    advance(today)
    if (waiting := pending(scope)) and len(waiting) <= FEW:
        merge(waiting, today, wait=False)
    return complete_to(scope) if waiting else None


def verify(scope: Scope, today: date) -> list[Difference]:
    """Compares each level of the roll-up with the facts. Empty unless something is wrong or pending."""
    windows, found = kept(today), []
    with beyond_scope("figures are held against every fact of the scope"), counting() as cursor:
        for tally in registry.tallies().values():
            for level in (one for one in Level if one >= max(scope.level, Level.PROVINCE)):
                condition = "region >= %s AND region < %s"
                sql, params = _difference(tally, scope.q(), windows, condition, (scope.lo, scope.hi), level)
                cursor.execute(
                    sql + "SELECT month, region, dimension, key, held, counted FROM differing", params
                )
                found += [
                    Difference(tally.code, region, month, dimension, key, held, counted)
                    for month, region, dimension, key, held, counted in cursor.fetchall()
                ]
    return found


def _lock(codes: list[int], wait: bool, cursor: CursorWrapper) -> bool:
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    cursor.execute(
        f"SELECT {function}(code) FROM (SELECT unnest(%s::bigint[]) AS code ORDER BY 1) AS c",
        [[LOCKS + code for code in codes]],
    )
    return wait or all(row[0] for row in cursor.fetchall())


def _difference(
    tally: Tally, within: Q, windows: list[Window], condition: str, values: tuple[Any, ...], level: Level
) -> tuple[str, tuple[Any, ...]]:
    cells, cell_values = cells_sql(tally, windows, within, tally.by, SPANS[level])
    starts = [one.start for one in windows]
    sql = DIFFERENCE.format(cells=cells, level=int(level), range=condition)
    dimensions = ["", *(one.code for one in tally.by)]
    return sql, (*cell_values, list(range(len(starts))), starts, dimensions, tally.code, starts, *values)


def _count_again(tally: Tally, codes: list[int], windows: list[Window], cursor: CursorWrapper) -> None:
    """Gathers what differs. It is added at the very end, so that merges hardly wait for each other above."""
    within, condition = Q(region__in=codes), "region = ANY(%s)"
    sql, params = _difference(tally, within, windows, condition, (codes,), Level.COMMUNITY)
    cursor.execute(sql + GATHER, (*params, tally.code))
