"""What score sheets promise, whatever the sheet and whatever was found."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiao.core.standards.scoring import BadSheet, Fault, Item, Kind, Reading, Sheet, Step, score
from qiao.core.standards.what_if import least_to_pass

POINTS = st.integers(1, 60).map(lambda half: half * 5)
LIMIT = st.integers(1, 100).map(Fraction)


@st.composite
def items(draw, code: str) -> Item:
    kind = draw(st.sampled_from(Kind))
    most, lower = draw(POINTS), draw(st.booleans())
    match kind:
        case Kind.VETO:
            return Item(code, kind, steps=(Step(draw(LIMIT), 0),), lower=lower)
        case Kind.BINARY:
            return Item(code, kind, most, (Step(draw(LIMIT), most),), lower=lower)
        case Kind.STEPPED:
            better, worse = sorted([draw(LIMIT), draw(LIMIT)], reverse=not lower)
            steps = (Step(better, most), Step(worse, most // 2))
            return Item(code, kind, most, steps[: 1 if better == worse else 2], lower=lower)
        case Kind.PROPORTIONAL:
            return Item(code, kind, most, (Step(draw(LIMIT), most),))
        case Kind.PER_UNIT | Kind.DEDUCTION:
            return Item(code, kind, most, each=draw(POINTS))
    return Item(code, kind, most)


@st.composite
def readings(draw, largest: int = 200) -> Reading | None:
    below = draw(st.none() | st.integers(0, largest))
    above = draw(st.integers(0, largest if below is None else below))
    return draw(st.sampled_from([Reading(above, below), Reading(above, below), None]))


@st.composite
def sheets(draw, most_items: int = 6, largest: int = 200):
    chosen = tuple(draw(items(f"i{number}")) for number in range(draw(st.integers(1, most_items))))
    sheet = Sheet(chosen, draw(st.integers(0, sum(item.most for item in chosen))))
    found = {item.code: reading for item in chosen if (reading := draw(readings(largest)))}
    return sheet, found


@given(sheets())
def test_points_stay_within_their_bounds_and_add_up(drawn):
    sheet, found = drawn
    result = score(sheet, found)
    assert all(0 <= line.points <= line.item.most for line in result.lines)
    assert result.points == sum(line.points for line in result.lines) <= result.attainable <= sheet.most
    assert result.passes == (all(line.passes for line in result.lines) and result.points >= sheet.pass_mark)


@given(sheets())
def test_what_is_missing_to_the_full_points_is_exactly_that(drawn):
    sheet, found = drawn
    for line in score(sheet, found).lines:
        item, missing = line.item, line.missing
        if missing is None:
            continue
        full = item.better(line.reading, missing)
        assert item.passes(full) and item.points(full) == item.most
        if missing:
            less = item.better(line.reading, missing - 1)
            assert not (item.passes(less) and item.points(less) == item.most)


def passing(sheet, found, plan) -> bool:
    moved = {
        item.code: item.better(found[item.code], plan.get(item.code, 0))
        for item in sheet.items
        if item.code in found
    }
    return score(sheet, moved).passes


@given(sheets(most_items=3, largest=9))
@settings(max_examples=200)
def test_the_least_that_passes_does_and_one_fewer_never_does(drawn):
    sheet, found = drawn
    movable = {item.code for item in sheet.items}
    plan = least_to_pass(score(sheet, found), movable)
    if plan is not None:
        assert passing(sheet, found, plan)
        assert (sum(plan.values()) == 0) == score(sheet, found).passes
    rooms = [range(_room(item, found.get(item.code)) + 1) for item in sheet.items]
    codes = [item.code for item in sheet.items]
    limit = 10**6 if plan is None else sum(plan.values()) - 1
    for moves in product(*rooms):
        if sum(moves) <= limit:
            assert not passing(sheet, found, dict(zip(codes, moves, strict=True)))


def _room(item: Item, reading: Reading | None) -> int:
    if reading is None or item.kind is Kind.DISCRETIONARY:
        return 0
    if item.falls:
        return reading.above
    return reading.below - reading.above if reading.below is not None else 12


@given(sheets(), st.integers(1, 5))
def test_nothing_gets_worse_when_more_is_done(drawn, more):
    sheet, found = drawn
    for item in sheet.items:
        if reading := found.get(item.code):
            better = item.better(reading, min(more, _room(item, reading)))
            assert item.points(better) >= item.points(reading)
            assert item.passes(better) or not item.passes(reading)


def test_whole_sheet_of_a_community():
    sheet = Sheet(
        (
            Item("half_year", Kind.VETO, steps=(Step(Fraction(0), 0),), lower=True),
            Item("all", Kind.STEPPED, 200, (Step(Fraction(95), 200), Step(Fraction(90), 100))),
            Item("outlets", Kind.PER_UNIT, 100, each=20),
            Item("rooms", Kind.DEDUCTION, 60, each=10),
            Item("ledgers", Kind.DISCRETIONARY, 100),
        ),
        400,
    )
    found = {
        "half_year": Reading(1),
        "all": Reading(91, 100),
        "outlets": Reading(3),
        "rooms": Reading(1),
        "ledgers": Reading(Fraction(17, 2)),
    }
    result = score(sheet, found)
    assert [line.points for line in result.lines] == [0, 100, 60, 50, 85]
    assert [line.missing for line in result.lines] == [1, 4, 2, 1, None]
    assert not result.passes
    assert least_to_pass(result, {"half_year", "all", "outlets"}) == {"half_year": 1, "all": 4, "outlets": 1}
    assert least_to_pass(result, {"all", "outlets"}) is None


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        (Fault.NO_LIMIT, lambda: Item("a", Kind.BINARY, 10)),
        (Fault.NO_POINTS, lambda: Item("a", Kind.DISCRETIONARY)),
        (Fault.NO_POINTS, lambda: Item("a", Kind.VETO, 10, (Step(Fraction(1), 10),))),
        (Fault.NO_EACH, lambda: Item("a", Kind.PER_UNIT, 10)),
        (Fault.NO_SHARE, lambda: Item("a", Kind.PROPORTIONAL, 10, (Step(Fraction(0), 10),))),
        (
            Fault.DISORDERED,
            lambda: Item("a", Kind.STEPPED, 10, (Step(Fraction(95), 5), Step(Fraction(90), 10))),
        ),
        (Fault.TWICE, lambda: Sheet((Item("a", Kind.DISCRETIONARY, 1),) * 2, 1)),
        (Fault.NO_ITEMS, lambda: Sheet((), 0)),
        (Fault.MARK_TOO_HIGH, lambda: Sheet((Item("a", Kind.DISCRETIONARY, 1),), 2)),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(fault, made):
    with pytest.raises(BadSheet) as refused:
        made()
    assert refused.value.fault is fault
