"""What a person has done and begun: read from the records that keep who did it, never typed a second time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.core.signing import b64_decode, b64_encode
from django.db import connection
from django.db.models import CharField, DateTimeField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise

from qiao.core.duties.declaration import Viewer
from qiao.core.records.binding import beyond_scope

Text = str | Promise
PAGE = 25


class Side(StrEnum):
    DONE = "done"
    STARTED = "started"


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of deed. `rows()` are the records of it; the rest are paths from such a record, or
    expressions over it: `by` the user, `at` the date or moment, `who` the name shown, `state` a code that
    `states` puts into words, `regions` where it counts as the viewer's (the first is shown), `target` the id
    that `url` needs."""

    code: str
    side: Side
    title: Text
    rows: Callable[[], QuerySet[Any]]
    by: str
    at: str
    who: Any
    url: Callable[[int], str]
    state: str = ""
    states: Mapping[Any, Text] = field(default_factory=dict)
    regions: tuple[str, ...] = ("region",)
    target: str = "pk"


class Place(NamedTuple):
    """Where a page begins: strictly after this deed, newest first."""

    at: datetime
    kind: int
    id: int

    def written(self) -> str:
        return b64_encode(json.dumps([self.at.isoformat(), self.kind, self.id]).encode()).decode()

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None for what is no place: the list then begins at its head."""
        try:
            at, kind, number = json.loads(b64_decode(text.encode()))
            place = cls(datetime.fromisoformat(at), int(kind), int(number))
        except (ValueError, TypeError, UnicodeError):
            return None
        return place if place.at.tzinfo and 0 < place.id < 2**63 and 0 <= place.kind < 2**31 else None


@dataclass(frozen=True, slots=True)
class Line:
    on: date
    title: Text
    who: str
    region: str
    state: Text
    url: str


_registered: dict[str, Deed] = {}


def register(*declared: Deed) -> None:
    """In a service's `deeds.py`. A code is declared once."""
    for deed in declared:
        if deed.code in _registered:
            raise ValueError(f"deed {deed.code!r} is declared twice")
        _registered[deed.code] = deed


BRANCH = """(
SELECT found.*, region.name FROM ({rows}) AS found (at, kind, id, region, target, who, state)
JOIN regions_region AS region ON region.code = found.region)"""
ORDER = " ORDER BY 1 DESC, 2, 3 DESC LIMIT %s"


def page(viewer: Viewer, side: Side, start: Place | None) -> tuple[list[Line], Place | None]:
    """One page of the viewer's deeds in the present scope, newest first, and where the next page begins.
    One query, whatever has been declared."""
    deeds = [_registered[code] for code in sorted(_registered) if _registered[code].side is side]
    branches: list[str] = []
    params: list[Any] = []
    for kind, deed in enumerate(deeds):
        sql, given = _rows(deed, viewer, kind, start)[: PAGE + 1].query.sql_with_params()
        branches.append(BRANCH.format(rows=sql))
        params += given
    if not branches:
        return [], None
    with (
        beyond_scope("each branch is narrowed to the scope; who moved away is still named"),
        connection.cursor() as cursor,
    ):
        cursor.execute(" UNION ALL ".join(branches) + ORDER, [*params, PAGE + 1])
        found = cursor.fetchall()
    more = Place(*found[PAGE - 1][:3]) if len(found) > PAGE else None
    return [_line(deeds, row) for row in found[:PAGE]], more


def _rows(deed: Deed, viewer: Viewer, kind: int, start: Place | None) -> QuerySet[Any]:
    scope = viewer.scope
    here = (Q(**{f"{path}__gte": scope.lo, f"{path}__lt": scope.hi}) for path in deed.regions)
    mine = {deed.by: viewer.user_id, f"{deed.at}__isnull": False}
    rows = deed.rows().filter(reduce(or_, here), **mine)
    rows = rows.annotate(deed_at=Cast(F(deed.at), DateTimeField()))
    if start:
        older, same = Q(deed_at__lt=start.at), Q(deed_at=start.at)
        if kind == start.kind:
            same &= Q(pk__lt=start.id)
        rows = rows.filter(older | same if kind >= start.kind else older)
    who = F(deed.who) if isinstance(deed.who, str) else deed.who
    ordered: QuerySet[Any] = rows.order_by("-deed_at", "-pk").values_list(
        "deed_at",
        _constant(kind),
        "pk",
        F(deed.regions[0]),
        F(deed.target),
        Cast(who, CharField()),
        Cast(F(deed.state), CharField()) if deed.state else _constant(""),
    )
    return ordered


def _constant(value: int | str) -> Any:
    return Value(value, output_field=IntegerField() if isinstance(value, int) else CharField())


def _line(deeds: Sequence[Deed], row: Sequence[Any]) -> Line:
    at, kind, _id, _region, target, who, state, name = row
    deed = deeds[kind]
    return Line(
        timezone.localtime(at).date(),
        deed.title,
        who or "",
        name,
        deed.states.get(state, state),
        deed.url(target),
    )
