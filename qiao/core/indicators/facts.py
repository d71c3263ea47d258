"""From declarations to SQL over the facts: one statement counts a tally in many windows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from qiao.core.indicators.declarations import Tally
from qiao.core.indicators.dimensions import Dimension
from qiao.core.indicators.windows import COLUMNS, Window

NOTHING = "SELECT NULL::bigint {columns} WHERE false"


def rows_sql(
    tally: Tally, within: Q, dimensions: Sequence[Dimension], identified: bool = False
) -> tuple[str, tuple[Any, ...]]:
    """A query of each record's region, its number if `identified`, its amount if amounts are summed, and
    values of the dimensions; it refers to a relation `w`."""
    amount = {"amount": tally.amount()} if tally.of else {}
    keys = {f"by_{place}": tally.value(one, COLUMNS) for place, one in enumerate(dimensions)}
    number = ["pk"] if identified else []
    chosen = tally.rows(COLUMNS).filter(within).annotate(**amount, **keys)
    rows = chosen.values_list("region_id", *number, *amount, *keys)
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        numbers = len(number) + len(amount)
        return NOTHING.format(columns=", NULL::bigint" * numbers + ", NULL::text" * len(keys)), ()
    return sql, tuple(params)


def windows_sql(windows: Sequence[Window]) -> tuple[str, tuple[Any, ...]]:
    """The relation `w(no, start, finish, as_of)`."""
    row = "(%s::int, %s::date, %s::date, %s::date)"
    values = [value for no, one in enumerate(windows) for value in (no, one.start, one.end, one.as_of)]
    return f'(VALUES {", ".join([row] * len(windows))}) AS w("no", "start", finish, as_of)', tuple(values)


def cells_sql(
    tally: Tally, windows: Sequence[Window], within: Q, dimensions: Sequence[Dimension], span: int = 1
) -> tuple[str, tuple[Any, ...]]:
    """Rows (no, region, dimension, key, value): the whole and every breakdown, by regions of a span."""
    moments, moment_values = windows_sql(windows)
    rows, row_values = rows_sql(tally, within, dimensions)
    keys = [f"k{place}" for place, _ in enumerate(dimensions)]
    parts = ["('', '')", *(f"(%s, g.{key})" for key in keys)]
    columns = ["region", *(["amount"] if tally.of else []), *keys]
    measure = "sum(f.amount)" if tally.of else "count(*)"
    grouped = ", ".join(['w."no"', f"f.region - f.region %% {span}", *(f"f.{key}" for key in keys)])
    places = ", ".join(str(place) for place in range(1, 3 + len(keys)))
    sql = (
        "SELECT g.no, g.region, d.dimension, d.key, sum(g.value)::bigint AS value "
        f"FROM (SELECT {grouped}, {measure} FROM {moments} "
        f"CROSS JOIN LATERAL ({rows}) AS f({', '.join(columns)}) GROUP BY {places}) "
        f"AS g({', '.join(['no', 'region', *keys, 'value'])}) "
        f"CROSS JOIN LATERAL (VALUES {', '.join(parts)}) AS d(dimension, key) GROUP BY 1, 2, 3, 4"
    )
    return sql, (*moment_values, *row_values, *(one.code for one in dimensions))


def records_sql(tally: Tally, period: Window, within: Q) -> tuple[str, tuple[Any, ...]]:
    """Rows (region, dimension, key, value, records): of each community the whole and every breakdown, with the
    numbers of the records behind them."""
    moments, moment_values = windows_sql([period])
    rows, row_values = rows_sql(tally, within, tally.by, identified=True)
    keys = [f"k{place}" for place, _ in enumerate(tally.by)]
    columns = ["region", "record", *(["amount"] if tally.of else []), *keys]
    parts = ["('', '')", *(f"(%s, f.{key})" for key in keys)]
    sql = (
        f"SELECT f.region, d.dimension, d.key, {'sum(f.amount)' if tally.of else 'count(*)'}::bigint AS value, "
        f"array_agg(f.record ORDER BY f.record) AS records FROM {moments} "
        f"CROSS JOIN LATERAL ({rows}) AS f({', '.join(columns)}) "
        f"CROSS JOIN LATERAL (VALUES {', '.join(parts)}) AS d(dimension, key) GROUP BY 1, 2, 3"
    )
    return sql, (*moment_values, *row_values, *(one.code for one in tally.by))


@contextmanager
def counting() -> Iterator[CursorWrapper]:
    """A cursor in a transaction fit for counting: room to aggregate in memory, no time lost in compiling."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL jit = off")
        yield cursor
