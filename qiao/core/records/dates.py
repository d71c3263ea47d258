"""Dates as people give them: a year, a month or a day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.IntegerChoices):
    YEAR = 1, _("Year")
    MONTH = 2, _("Month")
    DAY = 3, _("Day")


def first_day(value: date, precision: int) -> date:
    """How a partial date is stored: the first day of the year or month it names."""
    if precision == Precision.YEAR:
        return value.replace(month=1, day=1)
    return value.replace(day=1) if precision == Precision.MONTH else value


def shown(value: date | None, precision: int = Precision.DAY) -> str:
    """2006, 2006-08 or 2006-08-31."""
    if value is None:
        return ""
    return value.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)]


def precision_field() -> models.SmallIntegerField[int, int]:
    return models.SmallIntegerField(choices=Precision, default=Precision.DAY, db_default=Precision.DAY.value)
