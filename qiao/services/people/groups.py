"""Groups of people out of work that a service addresses at once, as sets within a scope."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.scope import Scope
from qiao.core.indicators.windows import months_before
from qiao.services.people.breakdowns import is_4050
from qiao.services.people.models import Membership, Resident, ZeroEmploymentCase
from qiao.services.people.models.choices import Party, State

LONG = 6


class Group(TextChoices):
    ZERO = "zero", _("Members of zero-employment households")
    POOR_PARTY = "poor_party", _("Party members who draw the low-income allowance")
    OLDER = "older", _("4050 people")
    LONG = "long", _("Out of work for six months and over")
    REGISTERED = "registered", _("Registered unemployed")


def members(group: str, scope: Scope, on: date) -> Any:
    """Residents out of work who belong to a group on a day and do not refuse to work."""
    out = Resident.objects.within(scope).filter(state=State.UNEMPLOYED, able=True).exclude(willing=False)
    match group:
        case Group.ZERO:
            listed = ZeroEmploymentCase.objects.within(scope).filter(closed_on=None).values("household")
            home = Membership.objects.filter(household__in=listed, until=None).values("resident")
            return out.filter(pk__in=home)
        case Group.POOR_PARTY:
            return out.filter(low_income=True, party__in=(Party.MEMBER, Party.PROBATIONARY))
        case Group.OLDER:
            return out.filter(is_4050("", on))
        case Group.LONG:
            return out.filter(Q(state_since__lte=months_before(on, LONG)))
        case Group.REGISTERED:
            return out.filter(registered=True)
    raise KeyError(group)
