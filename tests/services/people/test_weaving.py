"""What must hold of any past that a register tells: spells never overlap and no event is lost."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qiao.services.people.importing.weaving import Stretch, weave

DAY = date(2004, 1, 1)
STATES = st.sampled_from(["employed", "unemployed", "not_in_labour_force"])
DAYS = st.integers(0, 1000).map(lambda days: DAY + timedelta(days))


@st.composite
def histories(draw):
    """Spells of one person as the registry may hold them."""
    cuts = sorted(draw(st.sets(DAYS, max_size=6)))
    spells = []
    for at, (since, until) in enumerate(pairwise([*cuts, date.max])):
        end = until if until < date.max else draw(st.sampled_from([None, since + timedelta(400)]))
        state, placeholder = draw(STATES), draw(st.booleans())
        details = {}
        if state == "unemployed" and draw(st.booleans()):
            details["registered_on"] = since
        spells.append(
            Stretch(state, since, end, draw(st.integers(1, 3)), details, id=at + 1, placeholder=placeholder)
        )
    return spells


@st.composite
def events(draw):
    since = draw(DAYS)
    length = draw(st.none() | st.integers(1, 500))
    until = since + timedelta(length) if length else None
    return Stretch(
        draw(STATES), since, until, draw(st.integers(1, 3)), {"employer": draw(st.sampled_from(["", "x"]))}
    )


TOLD = st.lists(events(), max_size=6)


def after(spells, woven):
    return sorted([*spells, *woven.added], key=lambda one: one.since)


@given(histories(), TOLD)
def test_spells_never_overlap_and_never_end_before_they_begin(spells, told):
    line = after(spells, weave(spells, told))
    assert all(one.since < one.end for one in line)
    assert all(one.end <= following.since for one, following in pairwise(line))


@given(histories(), TOLD)
def test_every_event_is_added_known_or_in_conflict_and_only_once(spells, told):
    woven = weave(spells, told)
    placed = [*woven.added, *woven.known, *(event for event, _around in woven.conflicts)]
    assert sorted(map(id, placed)) == sorted(map(id, told))


@given(histories(), TOLD)
def test_only_spells_of_the_registry_are_changed_and_unchanged_ones_keep_their_word(spells, told):
    before = deepcopy(spells)
    woven = weave(spells, told)
    changed = {one.id for one in woven.changed}
    assert changed <= {one.id for one in before}
    now = {one.id: one for one in spells}
    assert all(now[one.id] == one for one in before if one.id not in changed)


@given(histories(), TOLD)
def test_the_same_told_twice_adds_nothing(spells, told):
    again = deepcopy(told)
    line = after(spells, weave(spells, told))
    for at, one in enumerate(line):
        one.id = at + 1
    woven = weave(line, again)
    assert not woven.added
