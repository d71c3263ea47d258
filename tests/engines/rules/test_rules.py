"""Clauses over columns: an independent reading in plain Python, one person against the sweep, words of what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from row_by_row import judged

from qiao.engines.rules import (
    AllOf,
    AnyFlag,
    AnyOf,
    AtLeast,
    AtMost,
    BySex,
    Clause,
    Elapsed,
    Flag,
    IsOneOf,
    Not,
    Param,
    Policy,
    Verdict,
    Within,
    explain,
    sweep,
)
from qiao.engines.rules.days import latest, shifted

ON = date(2006, 8, 31)
SCHEMA = {
    "sex": pl.String,
    "birth": pl.Date,
    "since": pl.Date,
    "retires": pl.Date,
    "state": pl.String,
    "able": pl.Boolean,
    "certified": pl.Boolean,
    "used": pl.Int32,
}
VALUES = {
    "age_f": 40,
    "age_m": 50,
    "spell": 12,
    "near": 5,
    "states": ("unemployed", "flexible"),
    "most": 2,
    "groups": ("certified", "able"),
}
OLDER = Elapsed("birth", BySex(Param("age_f", 12), Param("age_m", 12)))
POLICIES = [
    Policy(
        "a",
        (
            Clause("older", AnyOf(OLDER, Within("retires", Param("near", 12))), firm=True),
            Clause("state", IsOneOf("state", Param("states"))),
            Clause("certificate", Flag("certified"), paper="certificate"),
        ),
    ),
    Policy(
        "b",
        (
            Clause("long", Elapsed("since", Param("spell"))),
            Clause("used", AtMost("used", Param("most"))),
            Clause("able", AllOf(Flag("able"), Not(Flag("certified")))),
            Clause("any_use", AtLeast("used", 0)),
            Clause("group", AnyFlag(Param("groups"))),
        ),
    ),
    Policy("nowhere", (Clause("x", AtMost("used", Param("no_such"))),)),
]
days = st.dates(date(1930, 1, 1), date(2030, 12, 31))
people = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["F", "M", None]),
        "birth": st.none() | days,
        "since": st.none() | days,
        "retires": st.none() | days,
        "state": st.sampled_from(["unemployed", "employed", "flexible", None]),
        "able": st.sampled_from([True, False, None]),
        "certified": st.sampled_from([True, False, None]),
        "used": st.none() | st.integers(0, 4),
    }
)
told = partial(explain, POLICIES, on=ON, values=VALUES, schema=SCHEMA)


@settings(max_examples=60, deadline=None)
@given(st.lists(people, min_size=1, max_size=8), days)
def test_one_person_is_told_what_the_sweep_says_and_what_plain_python_says(rows, on):
    swept = sweep(POLICIES, pl.DataFrame(rows, schema=SCHEMA), on, VALUES).to_dicts()
    for row, found in zip(rows, swept, strict=True):
        answers = explain(POLICIES, row, on, VALUES, SCHEMA)
        assert {answer.policy: answer.verdict for answer in answers} == found
        for policy, answer in zip(POLICIES, answers, strict=False):
            met, verdict = judged(policy, row, on, VALUES)
            assert [reason.met for reason in answer.reasons] == met
            assert answer.verdict == verdict
            assert all(row[column] is None for column in answer.missing)
            assert bool(answer.missing) == (None in met)


@settings(max_examples=200, deadline=None)
@given(days, st.integers(0, 900))
def test_months_have_passed_from_the_latest_day_and_from_none_after_it(on, months):
    day = latest(on, months)
    assert shifted(day, months) <= on < shifted(day + timedelta(days=1), months) or day == on


def person(**facts):
    whole = {
        "sex": "F",
        "birth": date(1960, 1, 1),
        "since": date(2004, 1, 1),
        "retires": date(2015, 1, 1),
        "state": "unemployed",
        "able": True,
        "certified": True,
        "used": 0,
    }
    return {answer.policy: answer for answer in told(whole | facts)}


def test_all_clauses_hold():
    assert person()["a"].verdict is Verdict.FITS


def test_a_policy_without_a_value_is_not_in_force():
    assert "nowhere" not in person()


def test_one_paper_missing_is_nearly_and_named():
    answer = person(certified=None)["a"]
    assert answer.verdict is Verdict.NEARLY
    assert answer.missing == ("certified",)
    assert [reason.paper for reason in answer.reasons if reason.met is None] == ["certificate"]


def test_what_nobody_can_bring_about_is_no():
    assert person(birth=date(1980, 1, 1))["a"].verdict is Verdict.NO


def test_a_failing_clause_and_an_unknown_one_are_two_things():
    assert person(state="employed")["a"].verdict is Verdict.NEARLY
    assert person(state="employed", certified=None)["a"].verdict is Verdict.NO


def test_the_sex_need_not_be_known_where_both_come_out_alike():
    assert person(sex=None, birth=date(1950, 1, 1))["a"].verdict is Verdict.FITS
    assert "sex" in person(sex=None)["a"].missing


def test_a_birthday_counts_from_its_day():
    assert person(birth=date(1966, 8, 31))["a"].verdict is Verdict.FITS
    assert person(birth=date(1966, 9, 1))["a"].verdict is Verdict.NO


@pytest.mark.parametrize("months", [0, 1, 12])
def test_the_end_of_a_month_is_its_last_day(months):
    assert shifted(date(2004, 2, 29), 12) == date(2005, 2, 28)
    assert latest(date(2005, 2, 28), 12) == date(2004, 2, 29)
    assert latest(date(2006, 3, 31), months) <= date(2006, 3, 31)
