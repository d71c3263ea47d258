"""Fills the calendar with the yearly lists of the State Council, as far as they are published.

A year that already has days is left alone, so that what people changed stays.
"""

from __future__ import annotations

from typing import Any

from chinese_calendar import constants
from django.db import connection

from qiao.core.calendars.models import CalendarDay

SOURCE = "Yearly notice of the State Council"


def official() -> list[CalendarDay]:
    kinds = [(CalendarDay.Kind.HOLIDAY, constants.holidays), (CalendarDay.Kind.MAKE_UP, constants.workdays)]
    return [
        CalendarDay(day=day, kind=kind, name=name, source=SOURCE)
        for kind, days in kinds
        for day, name in days.items()
    ]


def fill_empty_years(**_: Any) -> int:
    """How many days were added. Called after each migration."""
    if CalendarDay._meta.db_table not in connection.introspection.table_names():
        return 0
    filled = {day.year for day in CalendarDay.objects.dates("day", "year")}
    missing = [entry for entry in official() if entry.day.year not in filled]
    if missing:
        CalendarDay.objects.bulk_create(missing)
    return len(missing)
