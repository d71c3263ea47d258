"""Gives each request its appointment and scope, and binds the database connection to that scope."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from qiao.core.accounts.models import Appointment
from qiao.core.calendars.clock import today
from qiao.core.records import binding

SESSION_KEY = "appointment"


def current_appointment(request: HttpRequest) -> Appointment | None:
    """The chosen appointment while it holds; else the person's first. Read afresh at every request,
    so that a role taken away ends at once."""
    if not request.user.is_authenticated:
        return None
    held = list(
        Appointment.objects.on(request.today)  # type: ignore[attr-defined]
        .filter(user=request.user.pk)
        .select_related("region")
        .order_by("region_id", "id")
    )
    request.appointments = held  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in held if one.pk == chosen), held[0] if held else None)


class ScopeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = today()  # type: ignore[attr-defined]
        request.appointments = []  # type: ignore[attr-defined]
        appointment = current_appointment(request)
        request.appointment = appointment  # type: ignore[attr-defined]
        request.scope = appointment.scope if appointment else None  # type: ignore[attr-defined]
        binding.bind(request.scope)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            binding.release()
