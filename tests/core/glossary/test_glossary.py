import pytest
from django.utils import translation

from qiao.core.glossary.terms import UnknownTerm, search, term, terms
from qiao.core.glossary.wording import Words
from qiao.core.indicators.registry import indicators

PATH = "/settings/glossary/"


@pytest.mark.parametrize("code", sorted(terms()))
def test_each_word_is_defined_in_both_languages_with_a_source(code):
    entry = terms()[code]
    assert entry.name.en and entry.name.zh and entry.definition.en and entry.definition.zh and entry.source


@pytest.mark.parametrize(
    "text", ["零就业家庭", "零就業家庭", "Zero-Employment", "双失家庭", " zero-employment "]
)
def test_found_by_name_alias_and_script(text):
    assert "zero_employment_household" in {entry.code for entry in search(text)}


def test_words_follow_the_language():
    words = Words(en="Public notice", zh="张榜公示")
    with translation.override("en"):
        assert str(words) == "Public notice"
    with translation.override("zh-hans"):
        assert str(words) == "张榜公示"
    with translation.override("zh-hant"):
        assert str(words) == "張榜公示"


def test_an_unknown_word():
    with pytest.raises(UnknownTerm):
        term("no_such_word")


def test_the_page_holds_words_and_figures(sign_in):
    browser = sign_in("station", 130103001001)
    page = browser.get(PATH).content.decode()
    assert "Zero-employment household" in page
    assert all(str(one.name) in page.replace("&#x27;", "'") for one in list(indicators())[:3])
    found = browser.get(PATH, {"q": "零就业家庭"}).content.decode()
    assert "Zero-employment household" in found and "Flexible work" not in found
    assert "No word fits" in browser.get(PATH, {"q": "\x00zzz"}).content.decode()
