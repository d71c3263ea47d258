"""The coder: whatever is typed, at most five codes of the classification, and good ones on titles never seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.engines.occupations import model, tree
from qiao.engines.occupations.coder import CONFIRMED, TOP, Coder, coder, learned
from qiao.engines.occupations.fit import fit, folds, labelled, source
from qiao.engines.occupations.titles import normalise

TITLES = [one.title for one in labelled()]
messy = st.one_of(
    st.text(max_size=80),
    st.sampled_from(TITLES),
    st.text("保洁员司机/（）()【】+ 招聘8000元~　", max_size=30),
)


@pytest.fixture(scope="module")
def unseen():
    """Titles of one fold and what a model says that was fitted without them and without anything like them."""
    titles, fold = labelled(), folds(labelled())
    reader = Coder(fit([one for one, at in zip(titles, fold, strict=True) if at], coder().model.sharpness))
    return [(one.code, reader.guess(one.title)) for one, at in zip(titles, fold, strict=True) if not at]


def test_reach_on_titles_never_seen(unseen):
    assert len(unseen) > 600
    among = np.mean([code in [guess.code for guess in found] for code, found in unseen])
    major = np.mean([found[0].code[0] == code[0] for code, found in unseen if found])
    assert among >= 0.78
    assert major >= 0.80


def test_confidence_is_the_share_that_is_right(unseen):
    sure = np.array([found[0].confidence for _, found in unseen if found])
    right = np.array([found[0].code == code for code, found in unseen if found])
    assert np.mean((sure - right) ** 2) < 0.21
    for low, high in ((0.0, 0.35), (0.35, 0.6), (0.6, 0.85), (0.85, 1.01)):
        some = (sure >= low) & (sure < high)
        assert some.sum() > 50
        assert abs(sure[some].mean() - right[some].mean()) < 0.1


def test_the_model_is_fitted_from_the_data_in_the_package():
    assert coder().model.source == source(), "fit it again: python -m qiao.engines.occupations.fit"
    assert set(coder().model.codes) <= {entry.code for entry in tree()}


def test_a_model_is_read_as_it_was_written(tmp_path):
    one = coder().model
    model.write(one, tmp_path / "a.npz")
    model.write(model.read(tmp_path / "a.npz"), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes() == model.FILE.read_bytes()


def test_a_model_of_another_format_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(model, "FORMAT", model.FORMAT + 1)
    with pytest.raises(ValueError, match="fit it again"):
        model.read()


@given(messy, st.integers(0, TOP))
def test_any_text_gives_few_different_valid_codes(title, top):
    found = coder().guess(title, top=top)
    assert len(found) <= top
    assert len({guess.code for guess in found}) == len(found)
    assert all(guess.code in tree() and 0 <= guess.confidence <= 1 for guess in found)
    assert sum(guess.confidence for guess in found) <= 1 + 1e-6
    assert [guess.confidence for guess in found] == sorted((g.confidence for g in found), reverse=True)


@given(st.lists(messy, max_size=5), messy)
def test_what_was_asked_before_changes_nothing(others, title):
    fresh = Coder(coder().model)
    for other in others:
        fresh.guess(other)
    assert fresh.guess(title) == coder().guess(title) == fresh.guess(title)


@given(messy)
def test_normalising_says_nothing_or_words(title):
    text = normalise(title)
    assert text == " ".join(text.split())
    assert text == "" or any(sign.isalpha() for sign in text)


@pytest.mark.parametrize(
    "typed",
    [
        "  抖音客服专员 ",
        "抖音客服专员（包吃住）",
        "抖音客服专员【双休 五险一金】",
        "抖音客服专员8000-12000元",
        "高薪抖音客服专员",
        "抖音客服专员（急招",
        "某某科技有限公司招聘抖音客服专员",
        "抖音客服专员\t",
    ],
)
def test_noise_does_not_change_the_answer(typed):
    assert coder().guess(typed) == coder().guess("抖音客服专员")
    assert coder().guess(typed)[0].code == "4-04-05-03"


@pytest.mark.parametrize(
    "full, plain", [("ＪＡＶＡ工程师", "java工程师"), ("会计（初级）", "会计"), ("ＣＮＣ 车工", "cnc 车工")]
)
def test_full_width_letters_are_letters(full, plain):
    assert coder().guess(full) == coder().guess(plain)


@pytest.mark.parametrize("nothing", ["", "   ", "8000", "……", "（）", "\ud800", "🙂"])
def test_a_text_without_letters_gives_no_code(nothing):
    assert coder().guess(nothing) == ()


@given(st.sampled_from(tree().level(4)))
def test_the_official_name_of_an_occupation_gives_its_code(entry):
    assert tree().name(coder().guess(entry.name)[0].code) == entry.name


@given(messy, st.sampled_from(tree().entries))
def test_what_was_confirmed_comes_first_next_time(title, entry):
    aliases = learned([(title, "4-10-01-06"), (title, entry.code)])
    found = coder().guess(f" {title}", aliases)
    if normalise(title):
        assert found[0] == (entry.code, CONFIRMED)
        assert len({guess.code for guess in found}) == len(found) <= TOP
    else:
        assert (aliases, found) == ({}, ())


def test_a_code_that_is_none_is_not_learned():
    assert learned([("看大门", "9-99-99-99")]) == {}
    assert coder().guess("看大门", {"看大门": "9-99-99-99"}) == coder().guess("看大门")
