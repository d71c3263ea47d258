"""A re-code of the tree leaves the roll-up of the months before it with the old codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.dispatch import receiver

from qiao.core.calendars.clock import today
from qiao.core.indicators import rollup
from qiao.core.indicators.models import Touched
from qiao.core.indicators.months import month_of
from qiao.core.regions.signals import after_recode, before_recode


@receiver(before_recode, dispatch_uid="qiao.indicators.before_recode")
def take_in_what_waits(mapping: Mapping[int, int], **_: Any) -> None:
    """The old codes' figures are complete before their records leave."""
    rollup.merge(Touched.objects.filter(region__in=mapping).values_list("region", flat=True), today())


@receiver(after_recode, dispatch_uid="qiao.indicators.after_recode")
def keep_the_months_before(mapping: Mapping[int, int], on: date, **_: Any) -> None:
    """The move itself is counted from its own month on."""
    moved = Touched.objects.filter(region__in={*mapping, *mapping.values()}, at__gte=TransactionNow())
    moved.filter(since__lt=month_of(on)).update(since=month_of(on))
