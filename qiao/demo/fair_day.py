"""The fair of 29 June 2006, planned, approved and held as the employment section does it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from qiao.core.accounts.models import Appointment
from qiao.core.accounts.rights import Role
from qiao.core.procedures.declaration import procedure_of
from qiao.core.procedures.models import Paper
from qiao.core.procedures.moves import take
from qiao.demo.words import load
from qiao.demo.work.placed import FAIR_DAY
from qiao.services.fairs import actions
from qiao.services.fairs.models import Fair

PLANNED, APPROVED = date(2006, 6, 5), date(2006, 6, 9)


@transaction.atomic
def hold(district: int) -> None:
    """Does nothing when the fair stands already."""
    words = load("work")["fair"]
    if Fair.objects.filter(title=words["name"], held_on=FAIR_DAY).exists():
        return
    clerk = (
        Appointment.objects.filter(region_id=district, role=Role.EMPLOYMENT_SECTION).order_by("id").first()
    )
    assert clerk
    fair = Fair(
        title=words["name"], held_on=FAIR_DAY, hours=words["hours"], place=words["place"],
        organiser=words["organiser"], press=words["press"], region_id=words["community"], carrier=clerk.user,
    )  # fmt: skip
    fair = actions.plan(fair, clerk.user, PLANNED, clerk.role)
    for kind in procedure_of(fair).papers:
        Paper.objects.create(
            region_id=fair.region_id, procedure="fair", case_id=fair.pk, kind=kind.code,
            received_on=APPROVED, received_by=clerk.user,
        )  # fmt: skip
    take(fair, "approve", clerk, opinion=words["opinion"], on=APPROVED)
    take(fair, "hold", clerk, on=FAIR_DAY)
