"""Working days by the official calendar: the five-day week, less holidays, plus make-up days.

"Within 7 working days of the application" is `add(applied_on, 7)`: the day of the act is not counted.
For many rows at once use the expressions `AddWorkdays` and `WorkdaysBetween` in a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import connection
from django.db.models import DateField, Func, IntegerField
from django.utils.translation import gettext as _

from qiao.core.calendars.models import CalendarDay, NumberedDay
from qiao.core.calendars.seed import official

SATURDAY = 5


class OutsideCalendar(ValueError):
    """The day lies outside the years the calendar covers (1990 to 2060)."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("The working-day calendar covers 1990 to 2060; %(day)s lies outside.") % {"day": day}
        )


class AddWorkdays(Func):
    """AddWorkdays("applied_on", 7): a date, as `add`."""

    function = "qiao_add_workdays"
    output_field = DateField()


class WorkdaysBetween(Func):
    """WorkdaysBetween("applied_on", today): an integer, as `between`."""

    function = "qiao_workdays_between"
    output_field = IntegerField()


def add(day: date, n: int) -> date:
    """The n-th working day after `day` (before it when negative); with 0, `day` or the next one worked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT qiao_add_workdays(%s::date, %s)", [day, n])
        found: date | None = cursor.fetchone()[0]
    if found is None:
        raise OutsideCalendar(day)
    return found


def between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT qiao_workdays_between(%s::date, %s::date)", [first, last])
        count: int | None = cursor.fetchone()[0]
    if count is None:
        raise OutsideCalendar(max(first, last))
    return count


def of_official_list() -> Callable[[date], bool]:
    """`is_workday` by the days this instance keeps, read once; by the published lists where it keeps none."""
    return of_days(list(CalendarDay.objects.order_by("day")) or official())


def of_days(days: Iterable[CalendarDay]) -> Callable[[date], bool]:
    """`is_workday` by these holidays and make-up days; every other day by its weekday."""
    kinds = {one.day: one.kind for one in days}

    def working(day: date) -> bool:
        kind = kinds.get(day)
        return kind == CalendarDay.Kind.MAKE_UP if kind else day.weekday() < SATURDAY

    return working


def is_workday(day: date) -> bool:
    working = NumberedDay.objects.filter(day=day).values_list("working", flat=True).first()
    if working is None:
        raise OutsideCalendar(day)
    return working
