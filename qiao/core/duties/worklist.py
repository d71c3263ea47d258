"""What is owed: the rows of one duty, and all duties of a person in one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from qiao.core.accounts.models import Appointment
from qiao.core.duties.declaration import Duty, Viewer, duties
from qiao.core.duties.models import Handover, Postponement
from qiao.core.duties.spans import ONE_DAY, Shifted
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import codes
from qiao.core.standards import api as standards

CAP = 100
SHOWN = 5
REGION = 2
NOBODY = Cast(Value(None), BigIntegerField())
COLUMNS = "pk", "owed_region", "owed_since", "owed_target", "owed_who", "owed_person", "owed_due"


class View(StrEnum):
    MINE = "mine"
    ALL = "all"
    OVERDUE = "overdue"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed. `since` is the date it runs from; with `id` it is the key of its place in the list."""

    id: int
    region: int
    since: date
    target: int
    who: str
    person: int | None
    due: date
    overdue: bool
    url: str
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A duty with its first rows. `count` and `late` stop at CAP."""

    duty: Duty
    count: int
    late: int
    rows: list[Row] = field(default_factory=list)

    @property
    def shown_count(self) -> str:
        return f"{CAP - 1}+" if self.count >= CAP else str(self.count)

    @property
    def shown_late(self) -> str:
        return f"{CAP - 1}+" if self.late >= CAP else str(self.late)


def colleagues(viewer: Viewer, roles: Sequence[str]) -> list[int]:
    """Who else holds one of the roles at a region that shares records with the viewer's, on this day."""
    scope = viewer.scope
    here = Q(region__gte=scope.lo, region__lt=scope.hi) | Q(
        region__in=[scope.code, *codes.ancestors(scope.code)]
    )
    held = Appointment.objects.on(viewer.today).filter(here, role__in=roles)
    return list(held.exclude(user=viewer.user_id).order_by().values_list("user", flat=True).distinct())


def owed_rows(
    duty: Duty,
    viewer: Viewer,
    view: View = View.MINE,
    others: Sequence[int] | None = None,
    name_person: bool = True,
) -> QuerySet[Any]:
    """The facts of a duty as the viewer is shown them, soonest first, with the columns of COLUMNS.

    A duty of a colleague who still holds the role here is not mine; one whose owner has left is.
    """
    span = duty.due.fixed(viewer.scope, viewer.today)
    horizon = viewer.today - ONE_DAY if view is View.OVERDUE else duty.horizon(viewer)
    rows = (
        duty.facts(viewer)
        .filter(duty.within(viewer.scope))
        .annotate(
            owed_since=Cast(duty.due.expression, DateField()),
            owed_region=F(duty.region),
            owed_target=F(duty.target),
            owed_who=Cast(duty.who, CharField()),
            owed_person=person_of(duty) if name_person else NOBODY,
        )
        .filter(owed_since__lte=span.latest(horizon))
        .annotate(owed_due=Shifted(F("owed_since"), span))
    )
    if (met := duty.met_by(viewer)) is not None:
        rows = rows.filter(~met)
    if duty.owed(viewer.role):
        rows = _as_owed(rows, duty, viewer, view, others)
    ordered: QuerySet[Any] = rows.order_by("owed_since", "pk")
    return ordered


def _as_owed(
    rows: QuerySet[Any], duty: Duty, viewer: Viewer, view: View, others: Sequence[int] | None
) -> QuerySet[Any]:
    waiting = Exists(
        Postponement.objects.filter(duty=duty.code, record_id=OuterRef("pk"), until__gt=viewer.today)
    )
    if view is View.POSTPONED:
        return rows.filter(waiting)
    if view is not View.OVERDUE and duty.postponable:
        rows = rows.filter(~waiting)
    if duty.barred:
        rows = rows.exclude(**{duty.barred: viewer.user_id})
    if view is View.MINE:
        if others is None:
            others = colleagues(viewer, list(duty.owed_by))
        rows = rows.filter(Q(owed_person=None) | ~Q(owed_person__in=others))
    return rows


def person_of(duty: Duty) -> Any:
    handed = Subquery(
        Handover.objects.filter(duty=duty.code, record_id=OuterRef("pk")).order_by("-id").values("to_id")[:1]
    )
    own = F(duty.person) if duty.person else NOBODY
    return Coalesce(handed, own, output_field=BigIntegerField())


def rows_of(duty: Duty, viewer: Viewer, found: Sequence[Sequence[Any]]) -> Iterator[Row]:
    """Rows from value lists of COLUMNS, with an optional region name after them."""
    for pk, region, since, target, who, person, due, *name in found:
        late = due < viewer.today
        yield Row(pk, region, since, target, who, person, due, late, duty.url(target), *(name or [""]))


BRANCH = """(
SELECT %s::text AS duty, found.*, region.name, count(*) OVER () AS owed,
       count(*) FILTER (WHERE owed_due < %s) OVER () AS late
FROM ({rows}) AS found (id, owed_region, owed_since, owed_target, owed_who, owed_person, owed_due)
JOIN regions_region AS region ON region.code = owed_region
ORDER BY owed_since, found.id LIMIT %s)"""


def worklist(viewer: Viewer, shown: int = SHOWN, among: Sequence[Duty] | None = None) -> list[Group]:
    """Every duty, or those `among` which is asked, that the viewer owes or oversees and that has something in
    it: one query over all of them."""
    asked = [duty for duty in (duties() if among is None else among) if duty.seen(viewer.role)]
    if not asked:
        return []
    _read_parameters(asked, viewer)
    others = colleagues(viewer, sorted({role for duty in asked for role in duty.owed_by}))
    branches: list[str] = []
    params: list[Any] = []
    for duty in asked:
        rows = owed_rows(duty, viewer, View.MINE, others, duty.owed(viewer.role)).values_list(*COLUMNS)[:CAP]
        sql, given = rows.query.sql_with_params()
        branches.append(BRANCH.format(rows=sql))
        params += [duty.code, viewer.today, *given, shown]
    with (
        beyond_scope(
            "each branch is narrowed to the viewer's scope; the policy's range would hide it from the planner"
        ),
        connection.cursor() as cursor,
    ):
        cursor.execute(" UNION ALL ".join(branches), params)
        answer = [row for row in cursor.fetchall() if viewer.scope.contains(row[REGION])]
    return list(_grouped(asked, viewer, answer))


def _read_parameters(asked: Sequence[Duty], viewer: Viewer) -> None:
    """Within a request they are then at hand, read in one query."""
    spans = [duty.due.span.amount for duty in asked if duty.due.span]
    codes_needed = {amount for amount in spans if isinstance(amount, str)}
    standards.values(
        codes_needed.union(*(duty.parameters for duty in asked)), viewer.scope.code, viewer.today
    )


def _grouped(asked: Sequence[Duty], viewer: Viewer, answer: Sequence[Sequence[Any]]) -> Iterator[Group]:
    for duty in asked:
        mine = [row for row in answer if row[0] == duty.code]
        if mine:
            rows = list(rows_of(duty, viewer, [row[1:-2] for row in mine]))
            yield Group(duty, mine[0][-2], mine[0][-1], rows)
