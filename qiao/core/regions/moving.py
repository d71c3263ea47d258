"""Moves records from old codes to new ones by sets, past the guards that keep a record in its region.

A record whose model names `counted_between = ("from_field", "until_field")` counts in its region for a time. Such a
record is split at the day of the change: what lies before stays with the old code. A model with
`kept_where_made = True` is a book of the past, such as a journal of money: all of it stays with the old code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.db import connection

from qiao.core.records.models import Record

PAIRS = "(SELECT unnest(%s::bigint[]) AS old, unnest(%s::bigint[]) AS new) AS moved"
STILL = "({until} IS NULL OR {until} > %s)"


def registries() -> Iterator[type[Record]]:
    """Every model whose records live in a region and follow it."""
    for model in apps.get_models():
        if (
            issubclass(model, Record)
            and not model._meta.abstract
            and not getattr(model, "kept_where_made", False)
        ):
            yield model


def region_columns(model: type[Record]) -> tuple[str, ...]:
    return tuple(getattr(model, "region_columns", ("region_id",)))


def counted(model: type[Record]) -> tuple[str, str] | None:
    found: tuple[str, str] | None = getattr(model, "counted_between", None)
    return found


@contextmanager
def guard_lifted() -> Iterator[None]:
    """Must run inside a transaction; the database's guard on a record's region stands again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.moving = 'on'")
        yield
        cursor.execute("SET LOCAL qiao.moving = 'off'")


def counts(mapping: Mapping[int, int], on: date) -> list[tuple[str, int]]:
    """How many records of each kind would move, those kinds without any left out."""
    found = []
    with connection.cursor() as cursor:
        for model in registries():
            where, values = _condition(model, "region_id", on)
            cursor.execute(
                f"SELECT count(*) FROM {_table(model)} WHERE region_id = ANY(%s) AND {where}",
                [list(mapping), *values],
            )
            if number := cursor.fetchone()[0]:
                found.append((str(model._meta.verbose_name_plural or model.__name__), number))
    return found


def move(mapping: Mapping[int, int], on: date) -> int:
    """How many records moved. Must run beyond any scope."""
    total = 0
    with guard_lifted():
        for model in registries():
            if span := counted(model):
                total += _split(model, span, mapping, on)
            else:
                total += sum(_shift(model, column, mapping) for column in region_columns(model))
    return total


def _table(model: type[Record]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _condition(model: type[Record], column: str, on: date) -> tuple[str, list[date]]:
    if span := counted(model):
        return STILL.format(until=connection.ops.quote_name(_column(model, span[1]))), [on]
    return "true", []


def _column(model: type[Record], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def _shift(model: type[Record], column: str, mapping: Mapping[int, int]) -> int:
    quoted = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_table(model)} AS record SET {quoted} = moved.new "
            f"FROM {PAIRS} WHERE record.{quoted} = moved.old",
            [list(mapping), list(mapping.values())],
        )
        return int(cursor.rowcount)


def _split(model: type[Record], span: tuple[str, str], mapping: Mapping[int, int], on: date) -> int:
    """The record goes on under the new code; a copy that ends on the day keeps the time before."""
    quote = connection.ops.quote_name
    start, until = (quote(_column(model, name)) for name in span)
    kept = [
        quote(str(field.column))
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not field.generated
    ]
    values = {start: start, until: "%s::date"}
    columns = ", ".join(kept)
    past = ", ".join(values.get(column, column) for column in kept)
    still = f"region_id = ANY(%s) AND {STILL.format(until=until)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE recode_past ON COMMIT DROP AS SELECT {columns} FROM {_table(model)} "
            f"WHERE {still} AND {start} < %s",
            [list(mapping), on, on],
        )
        cursor.execute(
            f"UPDATE {_table(model)} AS record SET region_id = moved.new, {start} = greatest({start}, %s) "
            f"FROM {PAIRS} WHERE record.region_id = moved.old AND {STILL.format(until=until)}",
            [on, list(mapping), list(mapping.values()), on],
        )
        number = int(cursor.rowcount)
        cursor.execute(f"INSERT INTO {_table(model)} ({columns}) SELECT {past} FROM recode_past", [on])
        cursor.execute("DROP TABLE recode_past")
    return number
