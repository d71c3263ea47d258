"""Work begins, work ends, a post is refused: the status changes, and open cases of the person follow by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.procedures import moves
from qiao.core.procedures.models import Case
from qiao.services.people.actions import status
from qiao.services.people.models import HardshipCase, Membership, Resident, Spell, ZeroEmploymentCase
from qiao.services.people.models.choices import State


@transaction.atomic
def begin(
    resident: Resident, since: date, *, form: str, today: date, by: Any = None, **details: Any
) -> Spell:
    """The person is at work from `since` on. A person who is being helped is then in work that is not stable yet.

    `details`: employer, post. Raises Refused or ValidationError.
    """
    spell = status.begin(resident, State.EMPLOYED, since, today=today, by=by, form=form, **details)
    for case in _open_case(resident, "assisted"):
        moves.take(case, "start_work", on=today)
    return spell


@transaction.atomic
def end(
    resident: Resident, since: date, *, reason: str, today: date, by: Any = None, register: bool = False
) -> Spell:
    """The person is out of work from `since` on, registered today if asked; help begins again. Raises Refused."""
    registered_on = today if register and resident.able and resident.willing is not False else None
    spell = status.begin(
        resident, State.UNEMPLOYED, since, today=today, by=by, reason=reason, registered_on=registered_on
    )
    for case in _open_case(resident, "employed_unstable", "employed_stable"):
        moves.take(case, "lose_work", on=today, reason=_("The work ended on %s.") % since)
    return spell


@transaction.atomic
def take_back(resident: Resident, since: date, *, today: date, reason: str, by: Any = None) -> None:
    """Work that was recorded by mistake: the status before goes on, and help with it. Run it beyond the scope."""
    status.take_back(resident, State.EMPLOYED, since, by)
    resident.refresh_from_db()
    if resident.state == State.EMPLOYED:
        return
    for case in _open_case(resident, "employed_unstable", "employed_stable"):
        moves.take(case, "lose_work", on=today, reason=reason)


@transaction.atomic
def refuse(resident: Resident, on: date, reason: str) -> list[Case]:
    """A suitable post was refused: it counts in the open hardship case of the person and of the household."""
    home = Membership.objects.filter(resident=resident, until=None).values("household")
    households = ZeroEmploymentCase.objects.filter(household__in=home, stage="recognised", closed_on=None)
    cases: list[Case] = [*_open_case(resident, "assisted"), *households.order_by("pk")]
    return [moves.take(case, "refuse_offer", on=on, reason=reason) for case in cases]


def _open_case(resident: Resident, *stages: str) -> list[HardshipCase]:
    cases = HardshipCase.objects.filter(resident=resident, stage__in=stages, closed_on=None)
    return list(cases.order_by("pk"))
