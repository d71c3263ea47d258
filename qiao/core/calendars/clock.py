"""The business date: today in Asia/Shanghai, or the day an instance is set to (a demo, a rehearsal)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from qiao.core.calendars.models import BusinessDay

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    fixed = BusinessDay.objects.values_list("fixed_on", flat=True).first()
    return fixed or datetime.now(ZONE).date()


def fix(day: date | None) -> None:
    """Sets the business date; None gives it back to the clock."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"fixed_on": day})
