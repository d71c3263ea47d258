"""Closing a period: its figures are kept as they are, with the records behind them, until it is reopened.

A closing covers a region and all below it. Communities that were closed before it keep their own figures;
so a period can be closed from the bottom of the tree upwards, and is reopened from the top downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import registry
from qiao.core.indicators.facts import counting, records_sql
from qiao.core.indicators.models import Closing
from qiao.core.indicators.windows import window
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import codes

KEEP = """
    INSERT INTO indicators_kept (closing_id, tally, region, dimension, key, value, records)
    SELECT %s, %s, c.region, c.dimension, c.key, c.value, c.records FROM ({cells}) AS c
"""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('qiao.closing ' || %s, 0))"


class Refused(ValueError):
    """The message says why a period cannot be closed or reopened, and what to do."""


def holding(scope: Scope, periods: Iterable[Period]) -> list[Closing]:
    """The closings in force that touch a scope: those above it, its own, those below. To be read beyond scope."""
    touching = Q(region__gte=scope.lo, region__lt=scope.hi) | Q(region__in=[0, *codes.ancestors(scope.code)])
    texts = {str(period) for period in periods}
    return list(Closing.objects.filter(touching, period__in=texts, reopened_on=None).order_by("region", "pk"))


def outermost(closings: Sequence[Closing]) -> list[Closing]:
    """Those that lie in no other: together they cover what all cover, each community once."""
    return [one for one in closings if not any(_above(other, one) for other in closings)]


def within(closings: Iterable[Closing]) -> Q:
    """Records of the regions that closings cover."""
    return reduce(or_, (Q(region__gte=one.scope.lo, region__lt=one.scope.hi) for one in closings), Q(pk=None))


def close(scope: Scope, period: Period, by: Any, today: date) -> Closing:
    """Keeps the figures of a region's period as they are now. Raises Refused."""
    if period.end > today:
        raise Refused(
            _("%(period)s has not ended yet. It can be closed from %(day)s on.")
            % {"period": period.label, "day": period.end}
        )
    with beyond_scope("a figure counts every fact of its region"), counting() as cursor:
        cursor.execute(LOCK, [str(period)])
        closings = holding(scope, [period])
        if any(one.scope.contains(scope.code) for one in closings):
            raise Refused(_("%(period)s is closed already.") % {"period": period.label})
        open_yet = scope.q() & ~within(closings)
        tallies = registry.tallies()
        kept = [
            f"{code}:{dimension}"
            for code, one in tallies.items()
            for dimension in ("", *(d.code for d in one.by))
        ]
        made = Closing.objects.create(
            region=scope.code, period=str(period), kept=kept, closed_on=today, closed_by=by
        )
        for code, tally in tallies.items():
            cells, values = records_sql(tally, window(period, today), open_yet)
            cursor.execute(KEEP.format(cells=cells), (made.pk, code, *values))
    return made


def reopen(closing: Closing, by: Any, reason: str, today: date) -> None:
    """Lets the figures follow the records again. What was kept stays on record. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Say why the period is reopened."))
    with transaction.atomic(), beyond_scope("a closing above forbids reopening below"):
        with counting() as cursor:
            cursor.execute(LOCK, [closing.period])
        if any(_above(other, closing) for other in holding(closing.scope, [closing.of])):
            raise Refused(_("It is also closed for a region above. Have it reopened there first."))
        changed = Closing.objects.filter(pk=closing.pk, reopened_on=None).update(
            reopened_on=today, reopened_by=by, reason=reason.strip()
        )
        if not changed:
            raise Refused(_("This period has been reopened already."))


def _above(other: Closing, one: Closing) -> bool:
    return other.pk != one.pk and other.period == one.period and other.scope.contains(one.region)
