"""Who lives with whom: joining and leaving a household, and who is its head."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.services.people.models import Household, Membership, Resident
from qiao.services.people.models.choices import Relation


def membership(resident: Resident) -> Membership | None:
    """The present one, locked for the transaction."""
    present = Membership.objects.select_for_update(of=("self",)).select_related("household__head")
    found: Membership | None = present.filter(resident=resident, until=None).first()
    return found


@transaction.atomic
def join(
    resident: Resident, household: Household, relation: str, since: date, by: Any, on: date
) -> Membership:
    """Ends the present membership that day. Raises Refused, ValidationError."""
    _not_future(since, on)
    if household.region_id != resident.region_id:
        raise Refused(_("A household and its members belong to one community. Transfer the resident first."))
    if relation == Relation.HEAD and household.head_id not in (None, resident.pk):
        raise Refused(_("This household has a head already. Name the new head when he or she is a member."))
    present = membership(resident)
    if present and present.household_id == household.pk:
        raise Refused(_("This resident already belongs to this household."))
    if present:
        _end(present, since)
    joined = Membership(
        household=household,
        resident=resident,
        region_id=resident.region_id,
        relation=relation,
        since=since,
        created_by=by,
    )
    joined.full_clean(exclude=["region", "created_by"])
    joined.save()
    if relation == Relation.HEAD and household.head_id is None:
        household.head = resident
        household.save(update_fields=["head"])
    return joined


@transaction.atomic
def found(resident: Resident, since: date, by: Any, on: date) -> Household:
    """A new household with the resident as its head, at the resident's address. Raises Refused."""
    household = Household.objects.create(
        region_id=resident.region_id, head=resident, address=resident.address, created_by=by
    )
    join(resident, household, Relation.HEAD, since, by, on)
    return household


@transaction.atomic
def leave(resident: Resident, until: date, on: date) -> Membership:
    """Raises Refused."""
    _not_future(until, on)
    present = membership(resident)
    if present is None:
        raise Refused(_("This resident belongs to no household."))
    _end(present, until)
    return present


def _end(present: Membership, day: date) -> None:
    if present.since and day <= present.since:
        raise Refused(
            _("The membership began on %(since)s; it must end later.") % {"since": present.since.isoformat()}
        )
    present.until = day
    present.save(update_fields=["until"])
    household = present.household
    if household.head_id == present.resident_id:
        household.head = None
        household.save(update_fields=["head"])


@transaction.atomic
def appoint_head(resident: Resident) -> Household:
    """The member becomes the head; the others' relations to the new head are asked anew. Raises Refused."""
    present = membership(resident)
    if present is None:
        raise Refused(_("This resident belongs to no household."))
    if present.household.head_id == resident.pk:
        raise Refused(_("This resident is the head already."))
    household = Household.objects.select_for_update().get(pk=present.household_id)
    for other in Membership.objects.filter(household=household, until=None, relation=Relation.HEAD):
        other.relation = ""
        other.save(update_fields=["relation"])
    present.relation = Relation.HEAD
    present.save(update_fields=["relation"])
    household.head = resident
    household.save(update_fields=["head"])
    return household


def _not_future(day: date, on: date) -> None:
    if day > on:
        raise Refused(_("The date lies in the future."))
