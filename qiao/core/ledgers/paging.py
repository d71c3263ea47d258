"""Paging by key: a page begins after a record, not at a count; the last page costs what the first does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.signing import b64_decode, b64_encode
from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from qiao.core.ledgers.parts import Sort


@dataclass(frozen=True, slots=True)
class Order:
    """`descending` turns the sort round; records without a value come last either way."""

    sort: Sort
    descending: bool


class Cursor(NamedTuple):
    """A page that lies after a record, or with `back` before it."""

    back: bool
    value: Any
    id: int

    def written(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date | datetime) else self.value
        return b64_encode(json.dumps([int(self.back), value, self.id]).encode()).decode()

    @classmethod
    def read(cls, text: str, rows: QuerySet[Any], order: Order) -> Cursor | None:
        """None for what is no cursor of this list: it then begins at its head."""
        try:
            back, value, number = json.loads(b64_decode(text.encode()))
            field = rows.model._meta.get_field(order.sort.field)
            cursor = cls(bool(back), None if value is None else field.to_python(value), int(number))
        except (ValueError, TypeError, UnicodeError, OverflowError, ValidationError):
            return None
        known = cursor.value is not None or order.sort.nullable
        return cursor if known and abs(cursor.id) < 2**63 and "\0" not in str(cursor.value) else None


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    previous: str
    following: str


def page(rows: QuerySet[Any], order: Order, start: Cursor | None, size: int) -> Page:
    back = bool(start and start.back)
    found: list[Any] = []
    for part in _parts(rows, order, start):
        found += part[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    before, after = (more, True) if back else (start is not None, more)
    field = order.sort.field

    def cursor(record: Any, backwards: bool) -> str:
        return Cursor(backwards, getattr(record, field), record.pk).written()

    return Page(
        found,
        cursor(found[0], True) if found and before else "",
        cursor(found[-1], False) if found and after else "",
    )


def _parts(rows: QuerySet[Any], order: Order, start: Cursor | None) -> list[QuerySet[Any]]:
    """What follows the cursor: records with a value, then those without; in reverse when going back."""
    field, back = order.sort.field, bool(start and start.back)
    down = order.descending != back
    sign = "-" if down else ""
    if field in ("id", "pk"):
        ordered = rows.order_by(f"{sign}id")
        return [ordered.filter(_beyond(down, "id", start.id)) if start else ordered]
    known = rows.filter(**{f"{field}__isnull": False}) if order.sort.nullable else rows
    known = known.order_by(f"{sign}{field}", f"{sign}id")
    if start and start.value is not None:
        compare = TupleLessThan if down else TupleGreaterThan
        known = known.filter(compare((field, "id"), (start.value, start.id)))
    if not order.sort.nullable:
        return [known]
    unknown = rows.filter(**{field: None}).order_by(f"{sign}id")
    if start and start.value is None:
        unknown = unknown.filter(_beyond(down, "id", start.id))
        return [unknown, known] if back else [unknown]
    return [known] if back else [known, unknown]


def _beyond(down: bool, field: str, value: Any) -> Q:
    return Q(**{f"{field}__{'lt' if down else 'gt'}": value})
