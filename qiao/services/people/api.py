"""What other services may ask of the residents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery

from qiao.core.accounts.scope import Scope
from qiao.services.people.identity.search import matching
from qiao.services.people.importing.registers import about_people, derive, find_people
from qiao.services.people.models import HardshipCase, Household, Resident


def residents(scope: Scope) -> Any:
    return Resident.objects.within(scope)


def households(scope: Scope) -> Any:
    return Household.objects.within(scope).select_related("head")


def search(text: str, path: str = "") -> Q:
    """Records whose resident, at `path`, a typed text may mean."""
    return matching(text, path)


def in_assistance() -> Any:
    """Hardship cases in which help is being given."""
    return HardshipCase.objects.filter(stage__in=("assisted", "employed_unstable"), closed_on=None)


def confirm(resident: int, on: date) -> None:
    """Somebody met the person: the record is confirmed as of that day, unless it was later already."""
    Resident.objects.filter(Q(verified_on=None) | Q(verified_on__lt=on), pk=resident).update(verified_on=on)


def confirm_all(days: QuerySet[Any], residents: QuerySet[Any]) -> None:
    """Like `confirm` for many: `residents` are numbers, `days` gives a day for each."""
    seen = Resident.objects.filter(pk__in=residents).annotate(day=Subquery(days))
    seen.filter(Q(verified_on=None) | Q(verified_on__lt=F("day"))).update(verified_on=F("day"))


__all__ = [
    "Resident",
    "about_people",
    "confirm",
    "confirm_all",
    "derive",
    "find_people",
    "households",
    "in_assistance",
    "residents",
    "search",
]
