"""The targets a person answers for, or else those of the region they work for."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db.models import Q

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators.shown import region_names
from qiao.core.indicators.targets import shown
from qiao.core.indicators.targets.models import Target
from qiao.core.indicators.targets.shown import Bar
from qiao.core.indicators.targets.standing import Standing, standings

KINDS = "year", "half", "quarter", "month"


def of_person(user: int, scope: Scope, today: date, most: int = 3) -> list[Bar]:
    """Of the periods that run, those furthest behind; a target of a region one no longer works for is not one's own."""
    running = {str(one): one for one in (Period.of(kind, today) for kind in KINDS)}
    rows = Target.objects.filter(region__gte=scope.lo, region__lt=scope.hi, period__in=running)
    either = list(rows.filter(Q(answers=user) | Q(region=scope.code)))
    held = [one for one in either if one.answers_id == user] or [
        one for one in either if one.region == scope.code
    ]
    found: list[Standing] = []
    for (period, _level), targets in groupby(sorted(held, key=_place), key=_place):
        found += standings(targets, scope, running[period], today)
    found.sort(key=lambda one: (one.share is None, (one.share or 0) - one.due))
    names = region_names([one.target.region for one in found[:most]])
    return [shown.bar(one, _named(one, names, scope)) for one in found[:most]]


def _place(one: Target) -> tuple[str, int]:
    return one.period, one.scope.level


def _named(one: Standing, names: dict[int, str], scope: Scope) -> str:
    place = "" if one.target.region == scope.code else f" · {names.get(one.target.region, '')}"
    return f"{one.indicator.name}{place} · {one.target.of.label}"
