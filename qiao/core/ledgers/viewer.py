"""Who is looking: the user, where, with which rights, on which business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from qiao.core.accounts.access import post
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.records.models import Record, RecordQuerySet


@dataclass(frozen=True, slots=True)
class Viewer:
    user: User
    appointment: Appointment
    scope: Scope
    today: date

    @classmethod
    def of(cls, request: HttpRequest) -> Viewer:
        """Raises PermissionDenied for a person without any valid appointment."""
        appointment = post(request)
        return cls(request.user, appointment, appointment.scope, request.today)  # type: ignore[attr-defined, arg-type]

    def can(self, right: Right) -> bool:
        return self.appointment.can(right)

    def reach(self, model: type[Record]) -> RecordQuerySet:
        """The records that a link may lead to: those in scope, of the whole district where it shares them."""
        shared = getattr(model, "shared_in_district", False)
        rows: RecordQuerySet = model.objects.within(self.scope.district if shared else self.scope)
        return rows

    @property
    def personal(self) -> bool:
        return self.can(Right.SHOW_PERSONAL)
