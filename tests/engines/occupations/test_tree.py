"""The classification is whole, and codes and numbers say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.engines.occupations import code_of, number_of, tree

entries = st.sampled_from(tree().entries)


def test_levels_are_complete():
    counts = [len(tree().level(level)) for level in (1, 2, 3, 4)]
    assert counts == [8, 72, 336, 1631]
    assert sum(counts) == len(tree())


def test_an_entry_by_its_number():
    entry = tree()[4100101]
    assert (entry.code, entry.level, str(tree().parent(entry.code))) == (
        "4-10-01-01",
        4,
        str(tree()["4-10-01-00"]),
    )
    assert [above.code for above in tree().ancestors(entry.code)] == [
        "4-00-00-00",
        "4-10-00-00",
        "4-10-01-00",
    ]


def test_an_undivided_minor_group_is_an_occupation():
    assert tree()["2-06-03-00"].level == 4
    assert tree().children("2-06-03-00") == ()


def test_marks_are_no_part_of_names():
    assert all(not entry.name.endswith(("S", "L")) for entry in tree())
    assert tree()["2-02-10-03"].digital
    assert tree()["4-02-02-01"].green


@given(entries)
def test_a_child_is_below_its_parent_by_one_arithmetic(entry):
    above = tree().parent(entry.code)
    if entry.level == 1:
        assert above is None
        return
    assert entry in tree().children(above.code)
    assert above.level < entry.level
    assert entry.number // 1_000_000 == above.number // 1_000_000


@given(entries)
def test_written_code_and_number_are_one(entry):
    assert code_of(entry.number) == entry.code
    assert number_of(entry.code) == entry.number
    assert tree()[entry.number] is tree()[entry.code] is entry


def test_every_entry_is_reached_from_the_top():
    reached, waiting = set(), list(tree().children())
    while waiting:
        entry = waiting.pop()
        reached.add(entry.code)
        waiting += tree().children(entry.code)
    assert reached == {entry.code for entry in tree()}


def test_search_by_beginning_of_code_or_name():
    assert {entry.code[:4] for entry in tree().starting("4-10")} == {"4-10"}
    assert tree().starting("410") == tree().starting("4-10")
    assert tree()["4-10-03-01"] in tree().starting(tree().name("4-10-03-01")[:2])
    assert len(tree().starting("4", limit=7)) == 7
    assert tree().starting(" ") == ()


@pytest.mark.parametrize("wrong", ["", "4", "4-07-03", "9-01-01-01", "4-07-03-01 ", "４-07-03-01", "4070301"])
def test_what_is_not_written_like_a_code(wrong):
    with pytest.raises(ValueError):
        number_of(wrong)
    assert tree().get(wrong) is None
    assert tree().name(wrong) == ""
    assert tree().label(wrong) == wrong


@pytest.mark.parametrize("wrong", [0, -1, 999_999, 9_000_000, 40_703_010])
def test_no_code_has_such_a_number(wrong):
    with pytest.raises(ValueError):
        code_of(wrong)
