"""Which columns of which tables a declaration reads, found in its query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.expressions import Col
from django.db.models.sql import Query

from qiao.core.indicators.declarations import Tally
from qiao.core.indicators.windows import COLUMNS

Read = dict[type[Model], set[str]]


def read_by(tally: Tally) -> Read:
    """The columns a tally and its breakdowns depend on, by model; the region of each is among them."""
    keys = {f"by_{place}": tally.value(one, COLUMNS) for place, one in enumerate(tally.by)}
    amount = {"amount": tally.amount()} if tally.of else {}
    found: Read = defaultdict(set)
    for field in _fields(tally.rows(COLUMNS).annotate(**amount, **keys).query):
        found[field.model].add(field.column)
    for model, columns in found.items():
        region: Any = model._meta.get_field("region")
        columns.add(region.column)
    return dict(found)


def _fields(query: Query) -> Iterator[Any]:
    for part in (query.where, *query.annotations.values(), *query.select, *query.order_by):
        yield from _fields_of(part)
    for join in query.alias_map.values():
        if field := getattr(join, "join_field", None):
            yield from (getattr(field, "field", field),)


def _fields_of(part: Any) -> Iterator[Any]:
    if isinstance(part, Col):
        yield part.target
    elif isinstance(part, Query):
        yield from _fields(part)
    elif isinstance(getattr(part, "query", None), Query):
        yield from _fields(part.query)
    for child in (*getattr(part, "children", ()), *_sources(part)):
        yield from _fields_of(child)


def _sources(part: Any) -> list[Any]:
    sources = getattr(part, "get_source_expressions", None)
    return [one for one in sources() if one is not None] if sources else []
