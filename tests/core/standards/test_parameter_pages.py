from datetime import date

import pytest

from qiao.core.standards import api
from qiao.core.standards.models import ParameterValue

PATH = "/settings/parameters/"
GOOD = {
    "place": "130103000000",
    "value": "3",
    "valid_from": "2006-08-01",
    "source": "Doc 5",
    "reason": "New rule",
}
DAY = date(2006, 8, 31)


@pytest.fixture
def section(sign_in):
    return sign_in("employment_section")


def test_what_holds_here_today(sign_in, django_assert_max_num_queries):
    browser = sign_in("station", 130103001001)
    with django_assert_max_num_queries(20):
        page = browser.get(PATH).content.decode()
    assert "Loan cap for a person" in page and "20,000" in page
    assert "No source found" in page or "Unsure" in page
    assert "300,000" in browser.get(f"{PATH}?on=2024-01-01").content.decode()
    assert (
        "5 working days" in browser.get(f"{PATH}?place=110000000000&on=2013-01-01&q=first").content.decode()
    )


@pytest.mark.parametrize("query", ["place=x", "place=999999999999999", "place=0", "on=x", "q=%00", "q=zzzz"])
def test_odd_questions_are_answered(section, query):
    assert section.get(f"{PATH}?{query}").status_code == 200


def test_search_in_both_scripts(section):
    for word in ("appeal", "复查", "複查"):
        page = section.get(PATH, {"q": word})
        found = [row[0].code for _group, rows in page.context["groups"] for row in rows]
        assert found == ["wd_appeal"]


def test_what_is_to_be_checked_and_one_part_of_the_work_are_found(section):
    def lines(**asked):
        page = section.get(PATH, asked)
        return page, [(row[0], row[1]) for _group, rows in page.context["groups"] for row in rows]

    every, found = lines()
    doubtful = [row.code for _parameter, row in found if row and row.doubt]
    assert 0 < len(doubtful) < len(found) and every.context["doubtful"] == len(doubtful)
    assert [row.code for _parameter, row in lines(doubt="any")[1]] == doubtful
    unsure = [row.code for _parameter, row in lines(doubt="unsure")[1]]
    assert unsure and set(unsure) < set(doubtful)
    area = every.context["areas"][0]
    assert {str(parameter.group) for parameter, _row in lines(area=area)[1]} == {area}


def test_a_new_value_holds_from_its_day_and_names_who_and_why(section):
    assert section.post(f"{PATH}wd_first_check/", GOOD).status_code == 302
    assert api.value("wd_first_check", 130103001001, DAY) == 3
    assert api.value("wd_first_check", 130103001001, date(2006, 7, 31)) == 7
    page = section.get(f"{PATH}wd_first_check/").content.decode()
    assert "New rule" in page and str(section.user) in page
    section.post(f"{PATH}wd_first_check/", {**GOOD, "value": "4", "reason": "Typed wrong"})
    page = section.get(f"{PATH}wd_first_check/").content.decode()
    assert "<s>3 working days</s>" in page and "withdrawn" in page
    assert ParameterValue.objects.filter(code="wd_first_check", place=130103000000).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "many"), ("value", ""), ("valid_from", "x"), ("source", ""), ("reason", " "), ("place", "0"),
     ("place", "130102000000"), ("place", "110000000000")],
)  # fmt: skip
def test_bad_input_and_places_outside_are_told(section, field, value):
    response = section.post(f"{PATH}wd_first_check/", {**GOOD, field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not ParameterValue.objects.filter(code="wd_first_check", status="confirmed").exists()


def test_a_list_is_chosen_by_its_names(section):
    sent = {**GOOD, "value": ["older_4050", "disabled"]}
    assert section.post(f"{PATH}hardship_categories/", sent).status_code == 302
    assert api.value("hardship_categories", 130103001001, DAY) == ("older_4050", "disabled")
    assert "Older workers (4050), Disabled" in section.get(f"{PATH}hardship_categories/").content.decode()


@pytest.mark.parametrize("role", ["station", "office", "leader", "security_admin"])
def test_others_may_look_only(sign_in, role):
    browser = sign_in(role)
    assert browser.get(f"{PATH}wd_first_check/").status_code == 200
    assert browser.post(f"{PATH}wd_first_check/", GOOD).status_code == 403


def test_no_such_parameter(section):
    assert section.get(f"{PATH}nothing/").status_code == 404


def test_in_chinese(sign_in):
    page = sign_in("leader", language="zh-hans").get(PATH).content.decode()
    assert "个人贷款额度上限" in page and "政策参数" in page
