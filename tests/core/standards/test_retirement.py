from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.core.calendars.periods import shift
from qiao.core.standards.retirement import Rule, retirement_month, rules

NOW, THEN = date(2026, 1, 1), date(2006, 8, 31)
RISE = date(2025, 1, 1)
MEN, CADRES, WORKERS = Rule(60, RISE, 4, 36), Rule(55, RISE, 4, 36), Rule(50, RISE, 2, 60)
BIRTHS = st.dates(date(1940, 1, 1), date(2005, 12, 31))
ANY_RULE = st.sampled_from([MEN, CADRES, WORKERS, Rule(60), Rule(50)])


@pytest.mark.parametrize(
    ("birth", "sex", "worker_type", "month"),
    [
        (date(1964, 12, 31), "M", "worker", date(2024, 12, 1)),
        (date(1965, 1, 1), "M", "worker", date(2025, 2, 1)),
        (date(1965, 5, 20), "M", "cadre", date(2025, 7, 1)),
        (date(1976, 9, 1), "M", "worker", date(2039, 9, 1)),
        (date(1970, 1, 15), "F", "cadre", date(2025, 2, 1)),
        (date(1981, 9, 1), "F", "cadre", date(2039, 9, 1)),
        (date(1975, 2, 1), "F", "worker", date(2025, 3, 1)),
        (date(1984, 11, 1), "F", "worker", date(2039, 11, 1)),
    ],
)
@pytest.mark.django_db
def test_the_published_table(birth, sex, worker_type, month):
    assert retirement_month(birth, sex, worker_type, NOW) == month


@pytest.mark.django_db
def test_in_2006_nobody_knew_of_the_rise():
    assert retirement_month(date(1976, 9, 1), "M", "worker", THEN) == date(2036, 9, 1)
    assert rules(130103000000, THEN)["F", "worker"] == Rule(50)
    assert rules(130103000000, NOW)["F", "worker"] == WORKERS


@given(ANY_RULE, BIRTHS)
def test_whoever_is_younger_does_not_retire_sooner(rule, birth):
    month = birth.replace(day=1)
    assert rule.month(month) <= rule.month(shift(month, 1))
    assert 0 <= (rule.month(month).year - shift(month, 12 * rule.age).year) <= 5


@given(ANY_RULE, st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_latest_birth_is_the_border(rule, by):
    border = rule.latest_birth(by)
    assert rule.month(border) <= by < rule.month(shift(border, 1))
