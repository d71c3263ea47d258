"""The occupation of a wish and of a post: five codes as one types, the chosen one kept and remembered."""

from __future__ import annotations

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import merged, roster

from qiao.engines.occupations import tree
from qiao.services.occupations import api
from qiao.services.people.models import Resident

GUARD, CLEANER = "4-07-05-01", "4-09-08-01"
WISH = {"name": "刘桂芳", "region": str(HERE), "wish_occupation": "小区保安"}


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    return browser("station", "station", HERE)


def guessed(station, words):
    asked = {"of": "wish_occupation", "name": "wish_occupation_code", "wish_occupation": words}
    return station.get("/occupations/guesses", asked).content.decode()


def saved(station, pk, **given):
    answer = station.post(f"/l/residents/{pk}/edit", {**WISH, **given})
    assert answer.status_code == 302, answer.content.decode()
    return Resident.objects.get(pk=pk)


def test_five_codes_come_as_one_types_and_what_was_chosen_comes_first(station):
    page = guessed(station, "小区保安")
    codes = [one.code for one in api.guesses("小区保安")]
    assert len(codes) == 5 and all(f'value="{code}"' in page for code in codes) and "%" in page
    assert 'type="radio"' not in guessed(station, "")
    assert station.post("/l/residents/new", {**WISH, "wish_occupation_code": codes[3]}).status_code == 302
    assert Resident.objects.get().wish_occupation_code == codes[3]
    assert api.guesses("小区保安")[0].code == codes[3]


def test_a_code_goes_with_the_words_it_stands_for(station):
    code = api.guesses("小区保安")[0].code
    station.post("/l/residents/new", {**WISH, "wish_occupation_code": code})
    pk = Resident.objects.get().pk
    assert tree()[code].name in station.get(f"/l/residents/{pk}/edit").content.decode()
    assert saved(station, pk, wish_occupation_code=code, note="x").wish_occupation_code == code
    assert saved(station, pk, wish_occupation="会计", wish_occupation_code=code).wish_occupation_code == ""
    other = api.guesses("厨师")[2].code
    kept = saved(station, pk, wish_occupation="会计", **{"wish_occupation_code-typed": other})
    assert kept.wish_occupation_code == other


def test_a_code_that_the_classification_lacks_is_refused(station):
    answer = station.post("/l/residents/new", {**WISH, "wish_occupation_code-typed": "9-99-99-99"})
    assert answer.status_code == 422 and not Resident.objects.exists()


def test_a_roster_with_other_words_brings_their_code_or_none(station):
    number = id_number("19620305", 2)
    head = ["姓名", "身份证号", "求职意向"]
    merged(station, roster(["刘桂芳", number, "保安"], head=head))
    someone = Resident.objects.get()
    assert someone.wish_occupation_code
    Resident.objects.update(wish_occupation_code=CLEANER)
    merged(station, roster(["刘桂芳", number, "保安"], head=head))
    assert Resident.objects.get().wish_occupation_code == CLEANER
    merged(station, roster(["刘桂芳", number, "随便"], head=head))
    assert Resident.objects.get().wish_occupation_code == ""
    merged(station, roster(["刘桂芳", number, "看门", GUARD], head=[*head, "职业代码"]))
    assert Resident.objects.get().wish_occupation_code == GUARD


def test_the_form_of_a_post_offers_the_same(station):
    page = station.get("/l/posts/new").content.decode()
    assert "of=title&amp;name=occupation_code" in page
