"""How a duty is declared. It is computed from records; nothing about it is typed, and a record closes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Exists, F, Func, Q, QuerySet
from django.db.models.expressions import BaseExpression
from django.http import HttpRequest
from django.utils.functional import Promise

from qiao.core.accounts.access import post
from qiao.core.accounts.models import Appointment
from qiao.core.accounts.scope import Scope
from qiao.core.duties.spans import FixedSpan, Span, Unit

Text = str | Promise
AT_ONCE = FixedSpan(0, Unit.DAYS)


@dataclass(frozen=True, slots=True)
class After:
    """Due a span after a date of the fact. The date is a field or an expression over the fact."""

    of: str | BaseExpression
    span: Span | None = None

    @property
    def expression(self) -> Any:
        return F(self.of) if isinstance(self.of, str) else self.of

    def fixed(self, scope: Scope, on: date) -> FixedSpan:
        return self.span.fixed(scope.code, on) if self.span else AT_ONCE


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, where, and on which day."""

    appointment: Appointment
    today: date

    @classmethod
    def of(cls, request: HttpRequest) -> Viewer:
        """Raises PermissionDenied for a person without any valid appointment."""
        return cls(post(request), request.today)  # type: ignore[attr-defined]

    @property
    def scope(self) -> Scope:
        return self.appointment.scope

    @property
    def role(self) -> str:
        return self.appointment.role

    @property
    def user_id(self) -> int:
        return self.appointment.user_id


class Duty:
    """Declare one by subclassing and `register`. Paths are looked up from the fact.

    `facts`: the records the duty arises from. `due`: when. `met_by`: the record that closes it; the fact
    leaving `facts` closes it too. `owed_by`: the roles that owe it; `overseen_by`: those that see it once it
    is overdue. `person`: the path to the user responsible, if one is. `who`: the path to the name shown, or an expression of it.
    `region`: the path to the region it is owed in. `target`: the path to the id `url` needs. `warn`: how many
    days ahead it appears. `barred`: the path to a user who may not be the one to do it. `parameters`: codes
    that `facts` reads.
    """

    code: ClassVar[str]
    title: ClassVar[Text]
    action: ClassVar[Text]
    due: ClassVar[After]
    owed_by: ClassVar[Iterable[str]]
    overseen_by: ClassVar[Iterable[str]] = ()
    person: ClassVar[str] = ""
    who: ClassVar[str | Func]
    region: ClassVar[str] = "region"
    target: ClassVar[str] = "pk"
    warn: ClassVar[int] = 7
    barred: ClassVar[str] = ""
    postponable: ClassVar[bool] = True
    parameters: ClassVar[Sequence[str]] = ()
    rank: ClassVar[int] = 50

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        raise NotImplementedError

    def met_by(self, viewer: Viewer) -> Exists | Q | None:
        return None

    def url(self, target: int) -> str:
        raise NotImplementedError

    def within(self, scope: Scope) -> Q:
        if self.region == "region":
            return scope.q()
        return Q(**{f"{self.region}__gte": scope.lo, f"{self.region}__lt": scope.hi})

    def owed(self, role: str) -> bool:
        return role in self.owed_by

    def seen(self, role: str) -> bool:
        return role in self.owed_by or role in self.overseen_by

    def horizon(self, viewer: Viewer) -> date:
        """The last due date the viewer is shown: ahead for who owes it, past for who oversees it."""
        return viewer.today + timedelta(days=self.warn if self.owed(viewer.role) else -1)


_registered: dict[str, Duty] = {}


def register(declared: type[Duty]) -> type[Duty]:
    """Class decorator."""
    _registered[declared.code] = declared()
    return declared


def duties() -> list[Duty]:
    return sorted(_registered.values(), key=lambda duty: (duty.rank, duty.code))


def duty(code: str) -> Duty:
    """Raises KeyError."""
    return _registered[code]
