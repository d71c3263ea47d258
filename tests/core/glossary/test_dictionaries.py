"""Lists of words that people keep: added, changed, no longer offered, by whom it is for."""

from __future__ import annotations

import pytest
from case_world import browser, lay
from django.utils import translation

from qiao.core.glossary import dictionaries
from qiao.core.glossary.dictionaries import Dictionary

LIST = "post_classes"


@pytest.fixture
def at(db):
    staff = lay()
    return lambda name: browser(staff[name])


def test_a_word_is_added_changed_and_no_longer_offered(at):
    district = at("district")
    sent = {"code": "stalls", "zh": "摊点", "en": "Stalls"}
    assert district.post(f"/settings/dictionaries/{LIST}/new", sent).status_code == 302
    district.post(f"/settings/dictionaries/{LIST}/trade", {"zh": "商业", "en": "Trade", "retired": "on"})
    words = Dictionary(LIST)
    with translation.override("zh-hans"):
        assert (str(words["stalls"]), str(words["trade"])) == ("摊点", "商业")
    assert "stalls" in dict(words.offered()) and "trade" not in dict(words.offered())
    page = district.get("/settings/dictionaries/").content.decode()
    assert "Stalls" in page and "No longer offered" in page


def test_what_is_wrong_with_a_word_is_said(at):
    district = at("district")
    twice = district.post(f"/settings/dictionaries/{LIST}/new", {"code": "trade", "zh": "商贸"})
    empty = district.post(f"/settings/dictionaries/{LIST}/new", {"code": "new", "zh": "", "en": ""})
    assert "in the list already" in twice.content.decode() and twice.status_code == 422
    assert "Give the word" in empty.content.decode()


def test_stations_read_the_lists_and_do_not_change_them(at):
    station = at("station")
    assert station.get("/settings/dictionaries/").status_code == 200
    assert station.get(f"/settings/dictionaries/{LIST}/new").status_code == 403
    assert at("district").get("/settings/dictionaries/none/new").status_code == 404


def test_a_list_is_stated_once():
    assert LIST in dictionaries.declared()
