"""Becoming unwilling or unable to work: asked by one person with a reason, agreed to by another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.services.people.actions import status
from qiao.services.people.models import Answer, Resident, WillingnessChange
from qiao.services.people.models.choices import Reason, State

REASONS = {WillingnessChange.What.UNWILLING: Reason.UNWILLING, WillingnessChange.What.UNABLE: Reason.UNABLE}


@transaction.atomic
def ask(resident: Resident, what: str, reason: str, by: Any, on: date) -> WillingnessChange:
    """Proposes the change; nothing changes yet. Raises ValidationError when it is asked already."""
    change = WillingnessChange(
        resident=resident,
        region_id=resident.region_id,
        what=what,
        reason=reason.strip(),
        asked_by=by,
        asked_on=on,
        created_by=by,
    )
    change.full_clean(exclude=["region"])
    change.save()
    return change


@transaction.atomic
def answer(change: WillingnessChange, agreed: bool, by: Any, on: date, note: str = "") -> WillingnessChange:
    """The second person answers; with agreement the resident leaves the labour force on that day."""
    locked = WillingnessChange.objects.select_for_update().get(pk=change.pk)
    if locked.answer != Answer.OPEN:
        raise Refused(_("This has been answered already."))
    if locked.asked_by_id == by.pk:
        raise Refused(_("Another person must answer what you asked for."))
    locked.answer, locked.answered_by, locked.answered_on = (Answer.YES if agreed else Answer.NO), by, on
    locked.answer_note = note
    locked.save()
    if agreed:
        _leave(locked, by, on)
    return locked


def _leave(change: WillingnessChange, by: Any, on: date) -> None:
    resident = Resident.objects.select_for_update().get(pk=change.resident_id)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.agreed = 'on'")
    if change.what == WillingnessChange.What.UNABLE:
        resident.able = False
    else:
        resident.willing = False
    resident.save(update_fields=["able", "willing"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.agreed = ''")
    status.begin(
        resident, State.OUTSIDE, on, today=on, by=by, reason=REASONS[WillingnessChange.What(change.what)]
    )
