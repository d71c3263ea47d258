"""The year's calendar: holidays and make-up days, and how to mark one."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.calendars.forms import MarkForm
from qiao.core.calendars.models import CalendarDay, NumberedDay
from qiao.core.calendars.periods import Period

FIRST, LAST = 1990, 2060


@dataclass(frozen=True, slots=True)
class Cell:
    """`day` is None outside the month; `special` is the marked day, if it is one."""

    day: date | None
    working: bool = True
    special: CalendarDay | None = None


def months_of(year: int) -> Iterator[tuple[str, list[list[Cell]], int]]:
    """Each month's label, its weeks from Monday, and its working days."""
    special = {entry.day: entry for entry in CalendarDay.objects.of_year(year)}
    days = NumberedDay.objects.filter(day__year=year).values_list("day", "working")
    working = dict(days)
    for month in Period(date(year, 1, 1), date(year + 1, 1, 1)).months():
        weeks = [
            [
                Cell(day, working.get(day, True), special.get(day)) if day in month else Cell(None)
                for day in week
            ]
            for week in Calendar().monthdatescalendar(year, month.start.month)
        ]
        yield month.label, weeks, sum(on for day, on in working.items() if day in month)


def _year(request: Any) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else request.today.year
    return min(max(year, FIRST), LAST)


@requires()
def calendar(request: Any) -> HttpResponse:
    may_edit = request.appointment.can(Right.MANAGE_REGIONS)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    marked = request.GET.get("day", "")
    initial = {"day": marked or request.today, "kind": CalendarDay.Kind.HOLIDAY}
    form = MarkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        day = form.cleaned_data["day"]
        messages.success(
            request, _("%(day)s is marked; all deadlines count with it from now on.") % {"day": day}
        )
        return redirect(f"{reverse('settings_calendar')}?year={day.year}")
    year = _year(request)
    months = list(months_of(year))
    context = {
        "year": year,
        "months": months,
        "working_days": sum(count for _label, _weeks, count in months),
        "weekdays": [WEEKDAYS_ABBR[place] for place in range(7)],
        "special": CalendarDay.objects.of_year(year),
        "form": form,
        "may_edit": may_edit,
        "previous": year - 1 if year > FIRST else None,
        "following": year + 1 if year < LAST else None,
    }
    return render(request, "calendars/calendar.html", context)
