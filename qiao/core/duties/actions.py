"""What a person may do with a duty besides doing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from qiao.core.accounts.models import Appointment, User
from qiao.core.duties.declaration import Duty, Viewer
from qiao.core.duties.models import Handover, Postponement
from qiao.core.duties.worklist import View, owed_rows
from qiao.core.regions import codes


def owed(duty: Duty, viewer: Viewer, ids: Sequence[int]) -> dict[int, int]:
    """Which of the facts are owed at all in the viewer's region, with the region of each."""
    if not duty.owed(viewer.role):
        return {}
    found: dict[int, int] = {}
    for view in (View.ALL, View.POSTPONED):
        found |= dict(owed_rows(duty, viewer, view).filter(pk__in=ids).values_list("pk", "owed_region"))
    return found


@transaction.atomic
def postpone(duty: Duty, viewer: Viewer, ids: Sequence[int], until: date, reason: str) -> int:
    """How many duties now wait."""
    made = [
        Postponement(
            duty=duty.code,
            record_id=pk,
            region_id=region,
            until=until,
            reason=reason,
            created_by_id=viewer.user_id,
        )
        for pk, region in owed(duty, viewer, ids).items()
    ]
    return len(Postponement.objects.bulk_create(made)) if duty.postponable else 0


@transaction.atomic
def hand_over(duty: Duty, viewer: Viewer, ids: Sequence[int], to: User, reason: str) -> tuple[int, int]:
    """How many were handed over, and how many not, as the colleague does not serve their community."""
    chosen = owed(duty, viewer, ids)
    served = list(
        Appointment.objects.on(viewer.today)
        .filter(user=to, role__in=list(duty.owed_by))
        .order_by()
        .values_list("region", flat=True)
    )
    made: list[Any] = [
        Handover(
            duty=duty.code, record_id=pk, region_id=region, to=to, reason=reason, created_by_id=viewer.user_id
        )
        for pk, region in chosen.items()
        if any(codes.contains(code, region) for code in served)
    ]
    Handover.objects.bulk_create(made)
    return len(made), len(chosen) - len(made)
