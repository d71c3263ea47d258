"""The three visits of a month: to the person, the employer and the family, done or owed, for many people at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, Max, Q
from django.db.models.functions import TruncMonth

from qiao.services.visits.models import Outcome, Target, Visit

PERSON, EMPLOYER, FAMILY = Target.PERSON, Target.EMPLOYER, Target.FAMILY
THREE = PERSON, EMPLOYER, FAMILY
# Somebody who works for himself is seen at the outlet where another has an employer.
AT = {PERSON: (PERSON,), EMPLOYER: (EMPLOYER, Target.OUTLET), FAMILY: (FAMILY,)}
ROLE = {target: role for role, targets in AT.items() for target in targets}


@dataclass(frozen=True, slots=True)
class Month:
    """`month` is its first day; `done` gives the day of the last visit of each kind that was made in it."""

    resident: int
    month: date
    done: dict[str, date]

    @property
    def owed(self) -> list[str]:
        return [one.value for one in THREE if one.value not in self.done]

    @property
    def complete(self) -> bool:
        return not self.owed


def met(**narrowed: Any) -> Any:
    """Visits that met somebody; by phone or at the door."""
    return Visit.objects.filter(outcome=Outcome.MET, **narrowed)


def matrix(residents: Iterable[int], start: date, end: date, why: str = "") -> dict[int, list[Month]]:
    """By resident, the months of `start`..`end` (the last day excluded) in order, each with what was done.

    One query for all; a visit counts in the month of its day if that lies in the period. `why` narrows to visits
    for one reason, such as Why.LOAN.
    """
    whom = list(residents)
    held = met(resident__in=whom, visited_on__gte=start, visited_on__lt=end)
    if why:
        held = held.filter(why=why)
    rows = (
        held.annotate(month=TruncMonth("visited_on", output_field=DateField()))
        .order_by()
        .values_list("resident", "month", "target")
        .annotate(last=Max("visited_on"))
    )
    done: dict[tuple[int, date], dict[str, date]] = {}
    for resident, month, target, last in rows:
        cell = done.setdefault((resident, month), {})
        role = ROLE[target].value
        cell[role] = max(last, cell.get(role, last))
    each = _months(start, end)
    return {one: [Month(one, month, done.get((one, month), {})) for month in each] for one in whom}


def all_three(resident: Any, start: Any, end: Any) -> Q:
    """Whether a person had all three visits on days of `start`..`end`, the last excluded; the arguments are
    values or expressions, such as `OuterRef("resident")`."""
    within = met(resident=resident, visited_on__gte=start, visited_on__lt=end)
    found = Q()
    for targets in AT.values():
        found &= Q(Exists(within.filter(target__in=targets)))
    return found


def _months(start: date, end: date) -> list[date]:
    found = []
    month = start.replace(day=1)
    while month < end:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found
