from datetime import date, timedelta

import pytest
from django.db.models import DateField, F, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.calendars import workdays
from qiao.core.calendars.models import CalendarDay, NumberedDay
from qiao.core.calendars.seed import fill_empty_years, official

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2003, 12, 1), date(2027, 2, 1))
with_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KINDS = {entry.day: entry.kind for entry in official()}


def worked(day: date) -> bool:
    if day in KINDS:
        return KINDS[day] == "make_up"
    return day.isoweekday() < 6


def walked(day: date, n: int) -> date:
    if n == 0:
        while not worked(day):
            day += timedelta(days=1)
    step = timedelta(days=1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += step
        while not worked(day):
            day += step
    return day


@with_database
@given(DAYS, st.integers(-40, 40))
def test_add_is_walking_day_by_day(day, n):
    assert workdays.add(day, n) == walked(day, n)


@with_database
@given(DAYS, DAYS)
def test_between_counts_the_days_after_the_first(a, b):
    first, last = sorted((a, b))
    days = (first + timedelta(days=i) for i in range(1, (last - first).days + 1))
    count = sum(map(worked, days))
    assert workdays.between(first, last) == count
    assert workdays.between(last, first) == -count


@with_database
@given(DAYS)
def test_is_workday(day):
    assert workdays.is_workday(day) == worked(day)


def test_seven_working_days_over_the_autumn_week_of_2006():
    assert not workdays.is_workday(date(2006, 10, 2))
    assert workdays.is_workday(date(2006, 10, 8)), "a Sunday worked to make up"
    assert workdays.add(date(2006, 9, 29), 7) == date(2006, 10, 14) - timedelta(days=1)


def test_a_changed_day_counts_at_once_and_can_be_taken_back():
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 1)
    CalendarDay.objects.create(day=date(2006, 9, 1), kind=CalendarDay.Kind.HOLIDAY, name="Flood")
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 4)
    CalendarDay.objects.filter(day=date(2006, 9, 1)).delete()
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 1)


def test_many_rows_in_one_query(django_assert_num_queries):
    rows = NumberedDay.objects.filter(day__gte=date(2006, 8, 1), day__lt=date(2006, 9, 1))
    with django_assert_num_queries(1):
        found = list(
            rows.annotate(
                deadline=workdays.AddWorkdays("day", 7),
                left=workdays.WorkdaysBetween(F("day"), Value(date(2006, 8, 31), DateField())),
            ).values_list("day", "deadline", "left")
        )
    assert all(deadline == walked(day, 7) for day, deadline, _ in found)
    assert {day: left for day, _, left in found}[date(2006, 8, 31)] == 0


def test_a_day_outside_the_calendar_is_told():
    with pytest.raises(workdays.OutsideCalendar, match="1990"):
        workdays.add(date(1989, 12, 31), 1)
    with pytest.raises(workdays.OutsideCalendar):
        workdays.add(date(2060, 12, 31), 5)


def test_a_year_that_people_changed_is_not_filled_again():
    CalendarDay.objects.of_year(2006).exclude(day=date(2006, 1, 1)).delete()
    CalendarDay.objects.of_year(2007).delete()
    assert fill_empty_years() == sum(1 for entry in official() if entry.day.year == 2007)
    assert CalendarDay.objects.of_year(2006).count() == 1
