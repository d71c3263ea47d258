"""A resident's status changes: the open spell ends and another begins, and the registration follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.records.dates import Precision
from qiao.services.people.actions.transfer import CARRIED
from qiao.services.people.models import Resident, Spell
from qiao.services.people.models.choices import CancelReason, Form, State

BECAUSE_OF_WORK: dict[str, CancelReason] = {Form.SELF: CancelReason.OWN_BUSINESS}


def open_spell(resident: Resident) -> Spell | None:
    """The present spell, locked for the transaction."""
    found: Spell | None = Spell.objects.select_for_update().filter(resident=resident, until=None).first()
    return found


@transaction.atomic
def begin(
    resident: Resident,
    state: str,
    since: date,
    *,
    today: date,
    by: Any = None,
    since_precision: int = Precision.DAY,
    **details: Any,
) -> Spell:
    """Begins a spell and ends the present one on the same day.

    `details` are fields of the spell (form, reason, employer, registered_on …). Raises Refused when the day
    lies in the future or not after the beginning of the present spell.
    """
    if since > today:
        raise Refused(_("A status cannot begin in the future (%(day)s).") % {"day": since})
    present = open_spell(resident)
    if present:
        _end(present, since, details.get("form", ""), state)
    spell = Spell(
        resident=resident,
        region_id=resident.region_id,
        state=state,
        since=since,
        since_precision=since_precision,
        counted_from=since,
        created_by=by,
        **details,
    )
    spell.full_clean(exclude=["region", "created_by"])
    spell.save()
    return spell


def _end(spell: Spell, day: date, form: str, next_state: str) -> None:
    if day <= spell.counted_from:
        raise Refused(
            _("The present status has held since %(since)s; a new one must begin later.")
            % {"since": spell.counted_from}
        )
    spell.until = day
    if spell.registered_on and spell.cancelled_on is None and next_state != State.UNEMPLOYED:
        spell.cancelled_on = max(day, spell.registered_on)
        worked = next_state == State.EMPLOYED
        spell.cancel_reason = BECAUSE_OF_WORK.get(form, CancelReason.HIRED) if worked else CancelReason.OTHER
    spell.save()


@transaction.atomic
def take_back(resident: Resident, state: str, since: date, by: Any = None) -> None:
    """A status recorded by mistake never was: the one before it goes on in its place, with the registration that
    had ended because of it. A later one of the same kind as the one before is part of it again.

    Must run beyond the scope of a community: parts of a status lie where the person lived at the time.
    """
    spells = list(Spell.objects.select_for_update().filter(resident=resident).order_by("counted_from"))
    wrong = [one for one in spells if one.state == state and one.since == since]
    if not wrong:
        return
    before = next((one for one in spells if one.until == wrong[0].counted_from), None)
    later = next((one for one in spells if one.counted_from == wrong[-1].until), None)
    moved = wrong[1:] if before else []
    gone = [one.pk for one in wrong if one not in moved]
    if before is None:
        Spell.objects.filter(pk__in=gone).soft_delete(by)
        return
    _registered_still(before, since)
    parts = [before, *moved]
    ends = [*(one.counted_from for one in moved), wrong[-1].until]
    if later and later.state == before.state and later.region_id == parts[-1].region_id:
        gone.append(later.pk)
        ends[-1] = later.until
        if not before.registered_on:
            before.registered_on, before.certificate_no = later.registered_on, later.certificate_no
    Spell.objects.filter(pk__in=gone).soft_delete(by)
    for part, until in zip(parts, ends, strict=True):
        for name in CARRIED:
            setattr(part, name, getattr(before, name))
        part.until = until
        part.save()


def _registered_still(spell: Spell, worked_since: date) -> None:
    """The registration that was cancelled because work began holds again."""
    hired = spell.cancel_reason in (CancelReason.HIRED, CancelReason.OWN_BUSINESS)
    if hired and spell.cancelled_on == max(worked_since, spell.registered_on or worked_since):
        spell.cancelled_on, spell.cancel_reason = None, ""


@transaction.atomic
def register(resident: Resident, on: date, certificate_no: str = "") -> Spell:
    """Registers a jobless resident as unemployed. Raises Refused."""
    spell = open_spell(resident)
    if spell is None or spell.state != State.UNEMPLOYED:
        raise Refused(_("Only a person without work can be registered. Record the loss of work first."))
    if spell.registered_on and spell.cancelled_on is None:
        raise Refused(_("Already registered since %(day)s.") % {"day": spell.registered_on})
    if not (resident.able and resident.willing is not False):
        raise Refused(_("Only a person who is able and wishes to work can be registered."))
    if on < spell.since:
        raise Refused(
            _("The registration cannot be earlier than the loss of work on %(day)s.") % {"day": spell.since}
        )
    spell.registered_on, spell.cancelled_on, spell.cancel_reason = on, None, ""
    spell.certificate_no = certificate_no or spell.certificate_no
    spell.save()
    return spell


@transaction.atomic
def cancel(resident: Resident, on: date, reason: str) -> Spell:
    """Ends the registration, not the unemployment. Raises Refused."""
    spell = open_spell(resident)
    if spell is None or not spell.registered_on or spell.cancelled_on:
        raise Refused(_("There is no registration to cancel."))
    if on < spell.registered_on:
        raise Refused(
            _("The cancellation cannot be earlier than the registration on %(day)s.")
            % {"day": spell.registered_on}
        )
    spell.cancelled_on, spell.cancel_reason = on, reason
    spell.save()
    return spell


@transaction.atomic
def confirm(resident: Resident, on: date) -> None:
    """Somebody looked: the record still says what is true."""
    resident.verified_on = on
    resident.save(update_fields=["verified_on"])
