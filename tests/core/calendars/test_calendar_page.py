from datetime import date

import pytest

from qiao.core.calendars import workdays
from qiao.core.calendars.models import CalendarDay

PATH = "/settings/calendar/"


def test_the_year_of_the_business_date(sign_in, django_assert_max_num_queries):
    browser = sign_in("station", 130103001001)
    with django_assert_max_num_queries(20):
        page = browser.get(PATH)
    assert page.context["year"] == 2006
    assert page.context["working_days"] == 251
    text = page.content.decode()
    assert "Spring Festival" in text and "data-edit=" not in text


def test_marking_a_day_moves_deadlines_and_can_be_taken_back(sign_in):
    browser = sign_in("system_admin")
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 1)
    sent = {"day": "2006-09-01", "kind": "holiday", "name": "Local day", "source": "Notice 1"}
    assert browser.post(PATH, sent).status_code == 302
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 4)
    assert "Local day" in browser.get(PATH).content.decode()
    browser.post(PATH, {"day": "2006-09-01", "kind": ""})
    assert workdays.add(date(2006, 8, 31), 1) == date(2006, 9, 1)


@pytest.mark.parametrize("role", ["station", "leader", "security_admin"])
def test_others_may_look_only(sign_in, role):
    browser = sign_in(role)
    assert browser.get(PATH).status_code == 200
    assert browser.post(PATH, {"day": "2006-09-01", "kind": "holiday"}).status_code == 403
    assert not CalendarDay.objects.filter(day=date(2006, 9, 1)).exists()


@pytest.mark.parametrize(
    ("year", "shown"), [("1", 2006), ("9999", 2060), ("1000", 1990), ("x", 2006), ("²²²²", 2006)]
)
def test_an_odd_year_shows_a_real_one(sign_in, year, shown):
    assert sign_in("station", 130103001001).get(f"{PATH}?year={year}").context["year"] == shown


@pytest.mark.parametrize("day", ["", "2006-02-30", "yesterday"])
def test_a_bad_day_is_told_beside_the_field(sign_in, day):
    response = sign_in("system_admin").post(PATH, {"day": day, "kind": "holiday"})
    assert response.status_code == 200 and response.context["form"].errors["day"]


def test_a_year_without_a_list_says_so(sign_in):
    assert "not published yet" in sign_in("leader").get(f"{PATH}?year=2040").content.decode()
