"""Who seeks work: unemployed, able to, and not unwilling; with what gives them a claim to be served first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from qiao.core.accounts.scope import Scope
from qiao.services.people.models import HardshipCase, Membership, Resident, ZeroEmploymentCase
from qiao.services.people.models.choices import State

SEEKING = Q(state=State.UNEMPLOYED, able=True) & (Q(willing=True) | Q(willing=None))


def certified(on: date) -> Any:
    """Hardship cases by which a person counts as in hardship on a day: recognised, and help not ended."""
    recognised = HardshipCase.objects.filter(recognised_on__lte=on)
    return recognised.filter(Q(exited_on=None) | Q(exited_on__gt=on))


CERTIFIED_SQL = """EXISTS (SELECT FROM people_hardshipcase AS h
    WHERE h.resident_id = {resident} AND h.deleted_at IS NULL AND h.recognised_on <= {day}
      AND (h.exited_on IS NULL OR h.exited_on > {day}))"""
"""`certified` for a resident and a day of a statement in SQL."""


def standing(rows: Any, on: date) -> Any:
    """Residents, each with `in_hardship` and `idle_household`: the number of the household in which nobody works, as
    it stands on the list of such households, or None."""
    listed = ZeroEmploymentCase.objects.filter(household=OuterRef("household"), closed_on=None)
    members = Membership.objects.filter(resident=OuterRef("pk"), until=None).filter(Exists(listed))
    return rows.annotate(
        in_hardship=Exists(certified(on).filter(resident=OuterRef("pk"))),
        idle_household=Subquery(members.order_by("-id").values("household")[:1]),
    )


def seekers(scope: Scope, on: date) -> Any:
    """Residents of a scope who seek work, with their `standing`."""
    return standing(Resident.objects.within(scope).filter(SEEKING), on)
