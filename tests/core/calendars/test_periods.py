from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qiao.core.calendars.periods import MONTHS, BadPeriod, Period, year_progress

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
KINDS = st.sampled_from(sorted(MONTHS))
RANGES = st.tuples(DAYS, DAYS).map(sorted).map(lambda pair: Period.between(*pair))
PERIODS = st.one_of(st.builds(Period.of, KINDS, DAYS), RANGES)


@pytest.mark.parametrize(
    ("text", "start", "last"),
    [
        ("2006", date(2006, 1, 1), date(2006, 12, 31)),
        ("2006H2", date(2006, 7, 1), date(2006, 12, 31)),
        ("2006q3", date(2006, 7, 1), date(2006, 9, 30)),
        ("2006-08", date(2006, 8, 1), date(2006, 8, 31)),
        (" 2004-2 ", date(2004, 2, 1), date(2004, 2, 29)),
        ("2006-01-01..2006-06-30", date(2006, 1, 1), date(2006, 6, 30)),
    ],
)
def test_parse(text, start, last):
    period = Period.parse(text)
    assert (period.start, period.as_of) == (start, last)


@pytest.mark.parametrize(
    "text", ["", "0000", "2006Q5", "2006-13", "2006-02-30..2006-03-01", "2006-03-02..2006-03-01", "二〇〇六"]
)
def test_what_is_no_period_says_how_to_write_one(text):
    with pytest.raises(BadPeriod, match="2006Q3"), translation.override("en"):
        Period.parse(text)


@given(PERIODS)
def test_written_and_read_back(period):
    assert Period.parse(str(period)) == period


@given(st.builds(Period.of, KINDS, DAYS))
def test_neighbours_meet(period):
    assert period.previous.end == period.start
    assert period.following.start == period.end
    assert period.previous.following == period
    assert period.a_year_before.start.year == period.start.year - 1


@given(PERIODS)
def test_months_cover_the_period(period):
    months = list(period.months())
    assert months[0].start <= period.start and period.end <= months[-1].end
    assert all(left.end == right.start for left, right in pairwise(months))


@given(KINDS, DAYS)
def test_a_day_lies_in_its_period(kind, day):
    period = Period.of(kind, day)
    assert day in period and period.end not in period and period.as_of in period


@given(PERIODS, DAYS)
def test_progress_runs_from_none_to_all(period, day):
    share = period.progress(day)
    assert 0 <= share <= 1
    assert (share == 1) == (day >= period.as_of)
    assert (share == 0) == (day < period.start)


def test_share_of_the_year_at_the_end_of_august():
    assert year_progress(date(2006, 8, 31)) == Fraction(243, 365)


def test_series_is_oldest_first():
    assert [str(one) for one in Period.parse("2006Q1").series(3)] == ["2005Q3", "2005Q4", "2006Q1"]


def test_leap_day_a_year_before():
    leap = Period.between(date(2004, 2, 29), date(2004, 3, 1))
    assert leap.a_year_before == Period(date(2003, 2, 28), date(2003, 3, 2))
    assert leap.previous.end - timedelta(days=2) == leap.previous.start


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2006", "Year 2006", "2006年"),
        ("2006H2", "Second half of 2006", "2006年下半年"),
        ("2006Q3", "Quarter 3 of 2006", "2006年第3季度"),
        ("2006-08", "August 2006", "2006年8月"),
        ("2006-08-01..2006-08-10", "2006-08-01 to 2006-08-10", "2006-08-01 至 2006-08-10"),
    ],
)
def test_label(text, english, chinese):
    period = Period.parse(text)
    with translation.override("en"):
        assert period.label == english
    with translation.override("zh-hans"):
        assert period.label == chinese
