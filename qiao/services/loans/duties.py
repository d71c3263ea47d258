"""What the second person owes to whoever asked for a booking."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import working_days
from qiao.services.loans.models import Order


@register
class ConfirmBooking(Duty):
    """A booking that needs two people waits until the second confirms it or says why not."""

    code = "confirm_booking"
    title = _("Bookings on loans to confirm")
    action = _("Look and decide")
    due = After("on", working_days("wd_loan_booking"))
    warn = 31
    owed_by = (Role.GUARANTEE_CENTRE, Role.LOAN_SECTION)
    who = Coalesce("loan__number", "fund__name")
    barred = "created_by"
    postponable = False
    rank = 20

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Order.objects.filter(state=Order.State.WAITING)
        return rows

    def url(self, target: int) -> str:
        return reverse("loan_order", args=[target])
