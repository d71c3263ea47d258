from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.utils import translation

from qiao.core.regions.models import Region
from qiao.core.standards import actions, api
from qiao.core.standards.declarations import declared
from qiao.core.standards.models import ParameterValue
from qiao.core.standards.seed import enter_first_values

pytestmark = pytest.mark.django_db
DAY = date(2006, 8, 31)
DISTRICT, COMMUNITY = 130103000000, 130103001001


def put(value, place, day, code="wd_first_check", **more):
    return actions.put(code, place, value, valid_from=day, source="文件", reason="新规定", **more)


@pytest.mark.parametrize("code", sorted(declared()))
def test_each_declared_parameter_has_words_and_first_values_with_a_source(code):
    parameter = declared()[code]
    assert parameter.name.en and parameter.name.zh and parameter.definition.zh
    assert parameter.given
    assert all(given.source and "S3" not in given.source for given in parameter.given)
    assert parameter.shown(parameter.given[0].value)


@pytest.mark.parametrize(
    ("code", "region", "day", "value"),
    [
        ("rate_all", COMMUNITY, DAY, Decimal("0.95")),
        ("max_spell_months", COMMUNITY, DAY, 6),
        ("wd_first_check", COMMUNITY, DAY, 7),
        ("wd_first_check", 110101001001, date(2013, 1, 1), 5),
        ("loan_cap_person", COMMUNITY, DAY, 2_000_000),
        ("loan_cap_person", COMMUNITY, date(2024, 1, 1), 30_000_000),
        ("refusals_to_exit", 520103000000, DAY, 2),
        ("spotcheck_share", 0, DAY, Decimal("0.05")),
    ],
)
def test_what_holds_where_and_when(code, region, day, value):
    assert api.value(code, region, day) == value


def test_lists_of_categories_differ_by_place_and_day():
    frame = api.value("hardship_categories", 0, date(2010, 1, 1))
    assert "single_parent" not in frame and "lost_land" in frame
    assert "lost_land" not in api.value("hardship_categories", 0, DAY)
    assert "single_parent" in api.value("hardship_categories", COMMUNITY, DAY)
    assert "single_parent" in api.value("hardship_categories", 370100000000, date(2017, 1, 1))


def test_the_most_specific_place_wins_from_its_day_on():
    put(3, DISTRICT, date(2006, 7, 1))
    put(2, 130103001000, date(2006, 8, 1))
    assert api.value("wd_first_check", COMMUNITY, date(2006, 6, 30)) == 7
    assert api.value("wd_first_check", COMMUNITY, date(2006, 7, 31)) == 3
    assert api.value("wd_first_check", COMMUNITY, DAY) == 2
    assert api.value("wd_first_check", 130103002001, DAY) == 3
    assert api.value("wd_first_check", 130102000000, DAY) == 7
    assert api.holding("wd_first_check", COMMUNITY, DAY).place == 130103001000


def test_a_new_value_ends_the_old_and_never_overwrites():
    first = put(3, DISTRICT, date(2006, 1, 1))
    later = put(5, DISTRICT, date(2007, 1, 1))
    between = put(4, DISTRICT, date(2006, 7, 1))
    for row in (first, later, between):
        row.refresh_from_db()
    assert (first.valid_to, between.valid_to, later.valid_to) == (date(2006, 7, 1), date(2007, 1, 1), None)
    corrected = put(6, DISTRICT, date(2006, 7, 1))
    between.refresh_from_db()
    assert between.withdrawn_at and between.read == 4
    assert (corrected.valid_to, api.value("wd_first_check", DISTRICT, DAY)) == (date(2007, 1, 1), 6)


def test_the_database_refuses_two_values_at_once():
    put(3, DISTRICT, date(2006, 1, 1))
    with pytest.raises(IntegrityError, match="parameter_holds_once"), transaction.atomic():
        ParameterValue.objects.create(code="wd_first_check", place=DISTRICT, value=9, source="x")


@pytest.mark.parametrize(("code", "reason"), [("no_such", "x"), ("wd_first_check", " ")])
def test_a_change_without_reason_or_parameter_is_refused(code, reason):
    with pytest.raises(actions.CannotSet):
        actions.put(code, 0, 1, valid_from=DAY, source="x", reason=reason)


def test_an_unknown_parameter_says_what_to_do():
    with translation.override("en"):
        with pytest.raises(api.UnknownParameter, match="Declare it"):
            api.value("no_such", 0, DAY)
        with pytest.raises(api.UnknownParameter, match="Add one in Settings"):
            api.value("loan_cap_person", 0, date(1999, 1, 1))
    assert api.value_or_none("loan_cap_person", 0, date(1999, 1, 1)) is None


def test_many_values_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        held = api.values(["rate_all", "wd_appeal", "loan_cap_firm", "no_such"], COMMUNITY, date(2001, 1, 1))
    assert set(held) == {"rate_all", "wd_appeal"}


def test_read_once_in_a_request_and_again_after_a_change(django_assert_num_queries):
    api._begin()
    try:
        with django_assert_num_queries(1):
            for _ in range(3):
                api.value("wd_first_check", COMMUNITY, DAY)
                api.value_or_none("wd_first_check", COMMUNITY, DAY)
        put(1, DISTRICT, date(2006, 1, 1))
        assert api.value("wd_first_check", COMMUNITY, DAY) == 1
    finally:
        api._end()


def test_the_value_for_each_row_of_a_query(small_tree, django_assert_num_queries):
    put(2, 130103001000, date(2006, 8, 1))
    rows = Region.objects.filter(level=5).annotate(
        days=api.parameter_int(Value("wd_first_check"), F("code"), Value(DAY))
    )
    with django_assert_num_queries(1):
        assert dict(rows.values_list("code", "days")) == {
            130103001001: 2, 130103001002: 2, 130103002001: 7,
        }  # fmt: skip


def test_first_values_are_entered_once_and_never_over_what_people_entered():
    assert enter_first_values() == 0
    put(3, 0, date(2006, 1, 1))
    assert enter_first_values() == 0
    ParameterValue.objects.filter(code="wd_appeal").delete()
    assert enter_first_values() == len(declared()["wd_appeal"].given)
