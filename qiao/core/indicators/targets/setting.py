"""Targets are set, changed with a reason, and shared out among the regions below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.targets.models import Target
from qiao.core.indicators.targets.splitting import falls_short, shared
from qiao.core.regions.models import Region

POPULATION = "labour_resources"


class Refused(ValueError):
    """The message says what is wrong with the numbers, and what to do."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one region shall reach, and who answers for it."""

    value: Decimal
    answers: int | None = None


def below(scope: Scope, on: date) -> list[Region]:
    """The regions a target of a scope is shared out among."""
    level = figures.child_level(scope)
    return list(Region.objects.under(scope.code).on(on).filter(level=level).order_by("code"))


def of_scope(scope: Scope, period: Period) -> dict[str, Target]:
    """The targets of the region itself, by indicator."""
    rows = Target.objects.filter(region=scope.code, period=str(period)).select_related("answers")
    return {one.indicator: one for one in rows}


def of_regions(indicator: str, regions: list[int], period: Period) -> dict[int, Target]:
    rows = Target.objects.filter(indicator=indicator, region__in=regions, period=str(period))
    return {one.region: one for one in rows.select_related("answers")}


def by_last_year(indicator: Indicator, scope: Scope, period: Period, today: date) -> dict[int, int]:
    """What each region below reached a year before."""
    return _reached(indicator, scope, period.a_year_before, today)


def by_population(scope: Scope, period: Period, today: date) -> dict[int, int]:
    """The labour resources of each region below, as of the last day before the period."""
    before = Period.of("month", min(period.start, today)).previous
    return _reached(registry.get(POPULATION), scope, before, today)


def proposed(indicator: Indicator, whole: Decimal, weights: Mapping[int, int]) -> dict[int, Decimal]:
    """A sum is shared out; a rate is the same everywhere."""
    if isinstance(indicator, Ratio):
        return dict.fromkeys(weights, whole)
    return {region: Decimal(part) for region, part in shared(int(whole), weights).items()}


@transaction.atomic
def put(
    indicator: Indicator, period: Period, given: Mapping[int, Given], reason: str, by: Any, today: date
) -> int:
    """Sets the targets of regions; returns how many changed. One that was set before changes only with a reason.
    Raises Refused."""
    rows = Target.objects.select_for_update().filter(
        indicator=indicator.code, period=str(period), region__in=list(given)
    )
    held = {one.region: one for one in rows}
    changed = [
        region for region, one in held.items() if (one.value, one.answers_id) != _as_kept(given[region])
    ]
    moved = [region for region in changed if held[region].value != given[region].value]
    if moved and not reason.strip():
        raise Refused(_("These targets were set before. Say why they are changed."))
    fresh = [
        Target(
            indicator=indicator.code,
            region=region,
            period=str(period),
            value=one.value,
            answers_id=one.answers,
            set_by=by,
            set_on=today,
        )
        for region, one in given.items()
        if region not in held
    ]
    for region in changed:
        target = held[region]
        target.value, target.answers_id = _as_kept(given[region])
        target.set_by, target.set_on = by, today
        target.reason = reason.strip() if region in moved else target.reason
    Target.objects.bulk_create(fresh)
    Target.objects.bulk_update(
        [held[one] for one in changed], ["value", "answers", "set_by", "set_on", "reason"]
    )
    return len(fresh) + len(changed)


def split(
    indicator: Indicator, scope: Scope, period: Period, given: Mapping[int, Given], reason: str, by: Any, today: date
) -> int:  # fmt: skip
    """Targets of the regions below, which together must reach the target above. Raises Refused."""
    above = of_scope(scope, period).get(indicator.code)
    parts = {region: one.value for region, one in given.items()}
    if above is not None and not isinstance(indicator, Ratio) and (lack := falls_short(above.value, parts)):
        raise Refused(
            _("Together they make %(sum)s, %(lack)s less than the target of %(whole)s. Raise some of them.")
            % {"sum": sum(parts.values()), "lack": lack, "whole": above.value}
        )
    return put(indicator, period, given, reason, by, today)


def _as_kept(one: Given) -> tuple[Decimal, int | None]:
    return one.value, one.answers


def _reached(indicator: Indicator, scope: Scope, period: Period, today: date) -> dict[int, int]:
    table = figures.table([indicator], scope, None, [period], today=today)
    regions = [one.code for one in below(scope, today)]
    values = {region: table.at(indicator, region).amount for region in regions}
    return {region: int(value or 0) for region, value in values.items()}
