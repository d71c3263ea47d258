"""What people said they need, until something has been done about it.

The service that can help declares how its records meet a need, and the page where help begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from qiao.services.visits.models import Need, NeedAnswer, Visit

Meets = Callable[[Any, Any], Exists | Q]
OPEN = Need.POST, Need.TRAINING, Need.LOAN, Need.POLICY


@dataclass(frozen=True, slots=True)
class Door:
    """A page on which a need is met: `url(resident id)`."""

    name: Any
    url: Callable[[int], str]


_met_by: dict[str, list[Meets]] = {}
_doors: dict[str, list[Door]] = {}


def meets(need: str, by: Meets, *doors: Door) -> None:
    """`by(resident, since)` tells whether a record of that day or later meets the need of a person; both are
    expressions over a visit, such as `OuterRef("person")`."""
    _met_by.setdefault(need, []).append(by)
    _doors.setdefault(need, []).extend(doors)


def doors(need: str) -> list[Door]:
    return _doors.get(need, [])


def met(need: str) -> Q:
    """Over visits with their `person`: the need said there is met, or was answered there or at a later visit."""
    answers = NeedAnswer.objects.filter(need=need)
    answered = Q(Exists(answers.filter(visit=OuterRef("pk")))) | Q(
        Exists(answers.filter(visit__resident=OuterRef("resident"), answered_on__gte=OuterRef("visited_on")))
    )
    found = [Q(by(OuterRef("person"), OuterRef("visited_on"))) for by in _met_by.get(need, ())]
    return reduce(or_, found, answered)


def said(need: str) -> QuerySet[Any]:
    """Visits at which a need was named; `person` is whose it is: the resident's, or the head's of the household."""
    rows: QuerySet[Any] = Visit.objects.filter(~Q(needs=[]), needs__contains=[need])
    return rows.annotate(person=Coalesce("resident_id", "household__head_id"))


def unmet(need: str) -> QuerySet[Any]:
    """Of those, the ones about which nothing has been done; of one person only the first."""
    waiting = said(need).filter(~met(need))
    before = Q(visited_on__lt=OuterRef("visited_on")) | Q(
        visited_on=OuterRef("visited_on"), pk__lt=OuterRef("pk")
    )
    return waiting.filter(~Exists(waiting.filter(before, resident=OuterRef("resident"))))
