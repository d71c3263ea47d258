"""SQL over staged rows: which model column comes from which field of the roster, as one expression each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from qiao.core.records.models import Record


@dataclass(frozen=True, slots=True)
class ColumnSql:
    """`value` is the staged value in the column's type; `given` whether the row says anything about it."""

    column: str
    value: str
    given: str


def columns_of(model: type[models.Model], mapping: Mapping[str, str], alias: str = "i") -> list[ColumnSql]:
    """`mapping`: model field name -> roster field code. Staged rows stand under `alias`."""
    found = []
    for name, code in mapping.items():
        field = model._meta.get_field(name)
        assert isinstance(field, models.Field)
        given = f"{alias}.values ? '{code}'"
        text = f"({alias}.values->>'{code}')"
        value = _linked(field, text, alias) if called_by(field) else _cast(field, text, given)
        found.append(ColumnSql(quoted(str(field.column)), value, given))
    return found


def called_by(field: models.Field[object, object]) -> str:
    """The field by whose value people name the record that a link leads to; "" where there is none."""
    other = field.related_model if isinstance(field, models.ForeignKey) else None
    return str(getattr(other, "called_by", ""))


def _linked(field: models.Field[object, object], text: str, alias: str) -> str:
    """The record of the row's district that bears the name."""
    other: Any = field.related_model
    name = quoted(other._meta.get_field(called_by(field)).column)
    return (
        f"(SELECT max(r.id) FROM {quoted(other._meta.db_table)} AS r WHERE r.{name} = {text}"
        f" AND r.district = {alias}.region_id / 1000000 AND r.deleted_at IS NULL)"
    )


def _cast(field: models.Field[object, object], text: str, given: str) -> str:
    """The text in the column's type; what the model gives a new record where the row is silent."""
    match field:
        case models.CharField() | models.TextField():
            width = f"left({text}, {field.max_length})" if field.max_length else text
            return f"COALESCE({width}, {_literal(_default(field, ''))})"
        case models.BooleanField():
            return f"COALESCE({text}::boolean, {_literal(_default(field, None if field.null else False))})"
        case models.DateField():
            return f"NULLIF({text}, '')::date"
    value = f"NULLIF({text}, '')::{field.db_type(connection)}"
    default = _default(field, None)
    return value if default is None else f"COALESCE({value}, {_literal(default)})"


def _default(field: models.Field[object, object], otherwise: Any) -> Any:
    return otherwise if not field.has_default() or callable(field.default) else field.default


def _literal(value: Any) -> str:
    """A constant of a model as SQL; percent signs as a statement with parameters wants them."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def differs(columns: list[ColumnSql], table: str) -> str:
    """True when a given value is not what the record holds."""
    tests = [f"({one.given} AND {table}.{one.column} IS DISTINCT FROM {one.value})" for one in columns]
    return "(" + (" OR ".join(tests) or "false") + ")"


def assignments(columns: list[ColumnSql], table: str) -> str:
    """SET list that writes what is given and leaves the rest."""
    return ", ".join(
        f"{one.column} = CASE WHEN {one.given} THEN {one.value} ELSE {table}.{one.column} END"
        for one in columns
    )


def before(columns: list[ColumnSql], table: str) -> str:
    """The record's values that an update will replace, as jsonb for the undo."""
    pairs = ", ".join(f"'{one.column.strip(chr(34))}', {table}.{one.column}" for one in columns)
    return f"jsonb_build_object({pairs})"


def numbers(table: str, many: int) -> Iterator[int]:
    """Identity numbers of a table, reserved at once, so that rows know theirs before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many]
        )
        return iter([number for (number,) in cursor.fetchall()])


def write_back(model: type[models.Model], names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Updates many records in one statement; each row holds "id" and every column of `names`.

    A record's `changed_at` becomes the time of the transaction.
    """
    if not rows:
        return 0
    fields = {name: model._meta.get_field(name) for name in names}
    shape = ", ".join(f"{quoted(name)} {field.db_type(connection)}" for name, field in fields.items())
    written = ", ".join(f"{quoted(name)} = n.{quoted(name)}" for name in names)
    if issubclass(model, Record):
        written += ", changed_at = now()"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(model._meta.db_table)} AS t SET {written} "
            f"FROM jsonb_to_recordset(%s::jsonb) AS n(id bigint, {shape}) WHERE t.id = n.id",
            [json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False)],
        )
        return int(cursor.rowcount)
