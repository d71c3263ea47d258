"""Who is looking: the user, where, with which rights, on which business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from qiao.core.accounts.access import post
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope


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

    @property
    def personal(self) -> bool:
        return self.can(Right.SHOW_PERSONAL)
