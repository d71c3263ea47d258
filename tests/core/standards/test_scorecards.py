"""Score sheets as parameters: read, kept, typed and entered."""

from __future__ import annotations

from datetime import date

import pytest

from qiao.core.indicators import registry
from qiao.core.standards import api, scorecards
from qiao.core.standards.declarations import declared
from qiao.core.standards.models import ParameterValue
from qiao.core.standards.scoring import Kind, Reading, score

QIAODONG = 130103000000
PATH = "/settings/parameters/community_sheet/"


def given():
    return {given.place: scorecards.read(given.value) for given in declared()["community_sheet"].given}


def test_every_sheet_that_comes_along_can_be_read_and_written_again():
    known = {one.code for one in registry.indicators()}
    for place, card in given().items():
        assert scorecards.read(scorecards.keep(card)) == card == scorecards.parse(scorecards.typed(card)), (
            place
        )
        for row in card.rows:
            assert row.name.en and row.name.zh
            assert row.figure in known if row.figure else row.evidence.zh, (place, row.code)
            if row.by:
                assert registry.get(row.figure).dimension(row.by)
    kinds = {row.item.kind for card in given().values() for row in card.rows}
    assert kinds == set(Kind)


def test_the_points_of_the_sheets_are_those_of_their_sources():
    most = {place: card.sheet.most // 10 for place, card in given().items()}
    assert most[330100000000] == most[330324000000] == most[QIAODONG] == 100
    assert most[610300000000] == 260
    assert all(row.item.kind is Kind.VETO for row in given()[0].rows)


def test_the_year_of_a_sheet_begins_where_the_sheet_says():
    hangzhou = given()[330100000000]
    assert str(hangzhou.year(date(2006, 8, 31))) == "2005-11-01..2006-08-31"
    assert str(hangzhou.year(date(2006, 11, 30))) == "2006-11-01..2006-11-30"


@pytest.mark.django_db
def test_the_sheet_of_the_place_and_day_holds():
    assert str(api.value("community_sheet", QIAODONG + 1001, date(2006, 8, 31)).name.zh).startswith("充分")
    assert api.value_or_none("community_sheet", QIAODONG, date(2005, 12, 31)) is None
    assert len(api.value("community_sheet", 130102000000, date(2017, 1, 1)).rows) == 7


@pytest.mark.django_db
def test_a_district_types_its_own_and_what_is_wrong_is_said(sign_in):
    section = sign_in("employment_section")
    held = api.holding("community_sheet", QIAODONG, date(2006, 8, 31))
    text = scorecards.typed(held.read)
    form = {
        "place": QIAODONG,
        "valid_from": "2006-09-01",
        "source": "Doc 5",
        "reason": "New rule",
    }
    page = section.post(PATH, {**form, "value": text.replace("pass_mark: 85", "pass_mark: 900")})
    assert "higher than all points together" in page.content.decode()
    page = section.post(PATH, {**form, "value": "items: [{code: a, kind: best}]"})
    assert "the kind is one of veto" in page.content.decode()
    page = section.post(PATH, {**form, "value": text.replace("outlets_standing", "outlets_gone")})
    assert "no figure “outlets_gone”" in page.content.decode()
    answer = section.post(PATH, {**form, "value": text.replace("pass_mark: 85", "pass_mark: 90")})
    assert answer.status_code == 302
    assert api.value("community_sheet", QIAODONG, date(2006, 9, 1)).pass_mark == 900
    assert ParameterValue.objects.get(pk=held.pk).read.pass_mark == 850


@pytest.mark.parametrize(
    "text",
    [
        "]",
        "5",
        "items: 3",
        "{name: a, pass_mark: 1, items: []}",
        "{name: a, pass_mark: x, items: [{code: a, name: a, kind: discretionary, points: 1}]}",
        "{name: a, pass_mark: 1, items: [{code: a, name: a, kind: discretionary, points: 0.25}]}",
        "{name: a, pass_mark: 1, begins: 13-01, items: [{code: a, name: a, kind: discretionary, points: 1}]}",
        "{pass_mark: 1, items: [{code: a, name: a, kind: discretionary, points: 1}]}",
        "{name: a, pass_mark: 1, items: [{code: a, kind: discretionary, points: 1}]}",
        "{name: a, pass_mark: 1, items: [{code: a, name: a, kind: binary, points: 1}]}",
        "{name: a, pass_mark: 1, items: [{code: a, name: a, kind: binary, points: 1, at_least: -1}]}",
        "{name: a, pass_mark: 1, items: [{code: a, name: a, kind: binary, points: 1, at_least: 1, at_most: 2}]}",
        "{name: a, pass_mark: 1, items: [7]}",
    ],
)
def test_a_text_that_is_no_sheet_is_refused_in_words(text):
    with pytest.raises(scorecards.BadCard) as refused:
        scorecards.parse(text)
    assert str(refused.value)


def test_nobody_in_a_group_costs_no_points():
    card = given()[QIAODONG]
    found = {row.code: Reading(0, 0) for row in card.rows if row.figure.endswith("rate")}
    points = {line.item.code: line.points for line in score(card.sheet, found).lines}
    assert points["hardship"] == 200 and points["ledgers"] == 0
