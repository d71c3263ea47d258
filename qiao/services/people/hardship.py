"""What stands against a step in a hardship recognition, and what a step does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.duties.spans import months
from qiao.core.procedures.declaration import Move
from qiao.core.procedures.moves import opened
from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.services.people import eligibility
from qiao.services.people.models import Resident
from qiao.services.people.models.cases import HardshipCase
from qiao.services.people.models.choices import State


def apply(
    resident: Resident, category: str, appointment: Appointment, on: date, ground: str = ""
) -> HardshipCase:
    """Opens a recognition. Raises Refused when the category is not listed or another one is open."""
    if not eligibility.listed(category, resident.region_id, on):
        raise Refused(_("This category is not in the local list of %(on)s.") % {"on": on})
    if not appointment.scope.contains(resident.region_id):
        raise Refused(_("This person belongs to a community outside your region."))
    case = HardshipCase(resident=resident, region_id=resident.region_id, category=category, ground=ground)
    with transaction.atomic():
        return opened(case, appointment.user, on, appointment.role)


def records_speak_against(case: HardshipCase, move: Move) -> str | None:
    found = eligibility.finding(case.resident, case.category, case.opened_on)
    if found.met is not False:
        return None
    return _("%(finding)s If the papers prove otherwise, give that as the reason.") % {
        "finding": found.reason
    }


def category_not_listed(case: HardshipCase, move: Move) -> str | None:
    if eligibility.listed(case.category, case.region_id, case.opened_on):
        return None
    return _("This category is not in the local list of %(on)s.") % {"on": case.opened_on}


def not_in_work(case: HardshipCase, move: Move) -> str | None:
    if case.resident.state == State.EMPLOYED:
        return None
    return _("Record the work in the person's file first: by the records this person is not employed.")


def still_in_work(case: HardshipCase, move: Move) -> str | None:
    if case.resident.state != State.EMPLOYED:
        return None
    return _("By the records this person still works. End the work in the person's file first.")


def not_stable_yet(case: HardshipCase, move: Move) -> str | None:
    if message := not_in_work(case, move):
        return message
    span = months("followup_stable_months").fixed(case.region_id, move.on)
    begun = case.employed_on or case.stage_since
    if span.after(begun) <= move.on:
        return None
    return _("In work since %(since)s; stable work takes %(span)s.") % {"since": begun, "span": span}


def too_few_refusals(case: Any, move: Move) -> str | None:
    needed = standards.value("refusals_to_exit", case.region_id, move.on)
    if case.refusals >= needed:
        return None
    return _("%(count)s refusals are recorded; help ends after %(needed)s.") % {
        "count": case.refusals,
        "needed": needed,
    }


def contact_too_recent(last: date, region: int, on: date) -> str | None:
    span = months("no_contact_months").fixed(region, on)
    if span.after(last) <= on:
        return None
    return _("Last contact on %(last)s; help ends after %(span)s without contact.") % {
        "last": last,
        "span": span,
    }


def contact_is_recent(case: HardshipCase, move: Move) -> str | None:
    last = max(filter(None, (case.resident.verified_on, case.recognised_on, case.opened_on)))
    return contact_too_recent(last, case.region_id, move.on)


def appeal_too_late(case: HardshipCase, move: Move) -> str | None:
    if case.due_on is None or move.on <= case.due_on:
        return None
    return _("The time for an appeal ended on %(until)s.") % {"until": case.due_on}


def recognise(case: HardshipCase, move: Move) -> None:
    case.recognised_on = move.on


def assist(case: HardshipCase, move: Move) -> None:
    case.helper = move.extra["helper"]
    case.measures = move.extra["measures"]


def start_work(case: HardshipCase, move: Move) -> None:
    begun = case.resident.state_since or move.on
    case.employed_on = begun
    case.due_on = months("followup_stable_months").after(begun, case.region_id)


def lose_work(case: HardshipCase, move: Move) -> None:
    case.employed_on = None


def count_refusal(case: Any, move: Move) -> None:
    case.refusals += 1


def exits(reason: str) -> Callable[[HardshipCase, Move], None]:
    def effect(case: HardshipCase, move: Move) -> None:
        case.exited_on, case.exit_reason = move.on, reason

    return effect


def exit_as_told(case: HardshipCase, move: Move) -> None:
    exits(move.extra["exit_reason"])(case, move)
