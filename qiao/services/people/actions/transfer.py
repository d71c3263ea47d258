"""A resident moves: one station asks, the other answers, and past statistics stay where they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from qiao.core.procedures import moves as procedures
from qiao.core.procedures.refusal import Refused
from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region
from qiao.services.people.models import Answer, HardshipCase, Membership, Resident, Spell, Transfer

CARRIED = (
    "state",
    "form",
    "reason",
    "since",
    "since_precision",
    "employer",
    "post",
    "registered_on",
    "certificate_no",
    "cancelled_on",
    "cancel_reason",
    "note",
)


Follower = Callable[[Resident, int, date, Any], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Registers what goes along when a person moves: called with the person, the code of the new community, the
    day and who moves them, inside the move and past the guards that keep a record in its region."""
    if follower not in _followers:
        _followers.append(follower)


@transaction.atomic
def propose(
    resident: Resident, to: Region, moved_on: date, reason: str, by: Any, on: date, requested: bool = False
) -> Transfer:
    """`requested`: the receiving community asks, and the one that holds the record answers.

    Raises ValidationError when the proposal cannot stand, Refused when the target is no community of the
    same district or the day lies in the future.
    """
    if to.level != Region.Level.COMMUNITY:
        raise Refused(_("Choose the community to which the resident moves."))
    if to.code == resident.region_id:
        raise Refused(_("The resident already belongs to this community."))
    if codes.at_level(to.code, Level.DISTRICT) != codes.at_level(resident.region_id, Level.DISTRICT):
        raise Refused(_("A transfer stays within the district. Cancel the registration of who moves away."))
    if moved_on > on:
        raise Refused(_("The move lies in the future. Propose it when it has taken place."))
    transfer = Transfer(
        resident=resident,
        region_id=resident.region_id,
        to_region=to,
        moved_on=moved_on,
        reason=reason.strip(),
        requested=requested,
        asked_by=by,
        asked_on=on,
        created_by=by,
    )
    transfer.full_clean(exclude=["region"])
    transfer.save()
    return transfer


@transaction.atomic
def answer(transfer: Transfer, agreed: bool, by: Any, on: date, note: str = "") -> Transfer:
    """The receiver accepts or refuses. Raises Refused when somebody was faster or the asker answers himself.

    Must run beyond the receiver's scope: the resident still belongs to the other community.
    """
    locked = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if locked.answer != Answer.OPEN:
        raise Refused(_("This has been answered already."))
    if locked.asked_by_id == by.pk:
        raise Refused(_("Another person must answer what you asked for."))
    locked.answer, locked.answered_by, locked.answered_on = (Answer.YES if agreed else Answer.NO), by, on
    locked.answer_note = note
    locked.save()
    if agreed:
        resident = Resident.objects.select_for_update().get(pk=locked.resident_id)
        move(resident, locked.to_region_id, locked.moved_on, by)
    return locked


def move(resident: Resident, to_code: int, day: date, by: Any = None) -> None:
    """Moves the living record; the open spell is counted in the new region from `day` on."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.moving = 'on'")
    Resident.objects.filter(pk=resident.pk).update(region=to_code)
    spell = Spell.objects.filter(resident=resident, until=None).first()
    if spell and spell.counted_from < day:
        Spell.objects.filter(pk=spell.pk).update(until=day)
        Spell.objects.create(
            resident=resident,
            region_id=to_code,
            counted_from=day,
            created_by=by,
            **{name: getattr(spell, name) for name in CARRIED},
        )
    elif spell:
        Spell.objects.filter(pk=spell.pk).update(region=to_code)
    open_cases = HardshipCase.objects.filter(resident=resident, closed_on=None)
    procedures.moved(HardshipCase, list(open_cases.values_list("pk", flat=True)), to_code)
    open_cases.update(region=to_code)
    Membership.objects.filter(resident=resident, until=None, since__lt=day).update(until=day)
    for follower in _followers:
        follower(resident, to_code, day, by)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.moving = ''")
    resident.refresh_from_db()
