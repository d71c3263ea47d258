"""A person moves to another community of the district: open referrals and present work go along."""

from __future__ import annotations

from datetime import date
from typing import Any

from qiao.core.procedures import moves
from qiao.services.people import api as people
from qiao.services.vacancies.models import Placement, Referral
from qiao.services.vacancies.models.placement import HERE

TAKEN = (
    "resident", "post", "employer", "employer_name", "title", "kind", "channel", "channel_name", "category",
    "started_on", "started_precision", "pay_fen", "contract", "contract_until", "registered_on", "note",
)  # fmt: skip


def follow(resident: people.Resident, to_code: int, day: date, by: Any) -> None:
    """Open referrals are handed over with their files. Of work that lasts, the community in which it began keeps
    the record that its figures count; the new one gets a record of its own and owes the visits from now on."""
    handed = Referral.objects.filter(resident=resident, closed_on=None)
    moves.moved(Referral, list(handed.values_list("pk", flat=True)), to_code)
    handed.update(region=to_code)
    present = Placement.objects.select_for_update().filter(HERE, resident=resident, ended_on=None)
    for placement in present.exclude(region=to_code):
        placement.moved_on = max(day, placement.started_on)
        placement.save(update_fields=["moved_on"])
        Placement.objects.create(
            region_id=to_code,
            continues=placement,
            created_by=by,
            **{name: getattr(placement, name) for name in TAKEN},
        )
