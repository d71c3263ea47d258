"""Markets that are empty, alike, crowded or impossible."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from markets import crowded

from qiao.engines.matching import (
    BadColumns,
    Board,
    Distances,
    Market,
    Mode,
    People,
    Policy,
    Posts,
    Rule,
    Weights,
    bits,
    explain,
    match,
    weights_on,
)

ROOT = Path(__file__).parents[3]
HERE = Distances.of([[0]])


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("people", "posts"), [(0, 0), (3, 0), (0, 3)])
def test_an_empty_market(mode: Mode, people: int, posts: int) -> None:
    market = Market(People.of(range(people)), Posts.of(range(posts)), HERE, Policy(mode))
    run = match(market)
    assert run.figures.placed == 0 and (run.post < 0).all() and run.lists.post.shape == (people, 10)
    assert run.figures.nothing_feasible == (0 if posts else people)
    for i in range(people):
        assert explain(market, run, i).fits == ()


@pytest.mark.parametrize("mode", Mode)
def test_ten_thousand_identical_posts_are_one_kind(mode: Mode) -> None:
    people = People.of(range(12_000), tier=np.arange(12_000) % 3, skills=np.arange(12_000) % 4)
    posts = Posts.of(range(10_000), skills=np.full(10_000, 3), reserved=np.ones(10_000))
    market = Market(people, posts, HERE, Policy(mode))
    begun = time.process_time()
    run = match(market)
    assert market.offer.size == 1 and run.figures.placed == 10_000
    assert run.figures.gap.share < (0.01 if mode is Mode.FAIR else 0.001)
    assert sorted(run.post[run.post >= 0]) == list(range(10_000))
    assert run.figures.coverage > 0.99 and run.figures.exposure_gini < 0.3
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("mode", Mode)
def test_everybody_wants_one_post(mode: Mode) -> None:
    size = 5000
    people = People.of(
        range(size),
        wishes=np.full((size, 1), 4010201),
        skills=np.arange(size) % 16,
        tier=np.arange(size) == 77,
    )
    posts = Posts.of([0], occupation=[4010201], skills=[15])
    run = match(Market(people, posts, HERE, Policy(mode, bonuses=(0, 300))))
    winner = int(np.flatnonzero(run.post == 0)[0])
    assert run.figures.placed == 1
    assert winner == 77 if mode is Mode.LEXICOGRAPHIC else winner % 16 == 15
    refused = explain(Market(people, posts, HERE, Policy(mode, bonuses=(0, 300))), run, 0).fits[0]
    assert refused.listed == size and refused.rivals == size - 1 and not refused.assigned
    assert refused.last and (refused.last.tier, refused.last.score) == (run.tier[winner], run.score[winner])


@pytest.mark.parametrize("mode", Mode)
def test_two_kinds_at_the_same_score_fought_over(mode: Mode) -> None:
    """Nobody prefers either post: prices climb by the least step only, and it must not take long."""
    size = 4000
    posts = Posts.of(range(40), occupation=4010201 + np.arange(40), openings=[50] * 40)
    market = Market(People.of(range(size)), posts, HERE, Policy(mode))
    run = match(market)
    assert run.figures.placed == 2000 and run.figures.gap.share <= 0.001


@pytest.mark.parametrize("mode", Mode)
def test_a_post_without_openings_is_shown_to_nobody(mode: Mode) -> None:
    market = Market(People.of(range(3)), Posts.of([0, 1], openings=[0, 1]), HERE, Policy(mode))
    run = match(market)
    assert run.figures.placed == 1 and 0 not in run.lists.post and run.figures.openings == 1
    assert (match(Market(People.of([0]), Posts.of([0], openings=[0]), HERE, Policy(mode))).post < 0).all()


def test_values_beyond_reason_do_not_spill_into_other_rules() -> None:
    people = People.of(
        range(2), reserve=[100_000_000_000, 80_000], age=[200, 30], experience=[99, 0], commute=[-1, 10**9]
    )
    posts = Posts.of(
        range(2), pay=[8_000_000_00, 90_000], openings=[10**12, 1], age_to=[130, 60], experience=[0, 70]
    )
    run = match(Market(people, posts, HERE))
    assert run.post.tolist() == [0, 0] and run.figures.pairs == 2 and run.figures.openings == 10**12 + 1


def test_a_pay_beyond_reason_is_not_an_unknown_one() -> None:
    market = Market(People.of([0], reserve=[80_000]), Posts.of(range(2), pay=[0, 800_000_000]), HERE)
    dear, unknown = match(market).lists.score[0, :2]
    assert market.offer.size == 2 and dear - unknown == 15 * 50


def test_nothing_feasible_is_counted_by_the_rule_that_binds() -> None:
    people = People.of(range(3), reserve=[200_000, 0, 0], commute=[-1, 500, -1], home=[0, 0, 0])
    posts = Posts.of(range(2), pay=[90_000, 90_000], place=[0, 0])
    run = match(Market(people, posts, Distances.of([[900]])))
    assert run.figures.nothing_feasible == 2
    assert run.figures.binding == {Rule.WAGE: 1, Rule.COMMUTE: 1}


def test_columns_that_do_not_fit_are_named() -> None:
    with pytest.raises(BadColumns, match="age"):
        People.of([1, 2], age=[30])
    with pytest.raises(BadColumns, match="reserve"):
        People.of([1], reserve=[-500])
    with pytest.raises(BadColumns, match="wage"):
        Posts.of([1], wage=[500])
    with pytest.raises(BadColumns, match="tier"):
        People.of([1], tier=[101])
    with pytest.raises(BadColumns, match="home"):
        match(Market(People.of([1], home=[3]), Posts.of([1]), HERE))
    with pytest.raises(BadColumns, match="place"):
        match(Market(People.of([1]), Posts.of([1], place=[3]), HERE))
    with pytest.raises(BadColumns, match="at most 64"):
        bits([], [str(one) for one in range(65)])
    with pytest.raises(BadColumns, match="bonus"):
        Policy(bonuses=())


def test_weights_are_dated_and_make_a_hundred() -> None:
    from datetime import date

    old, new = Weights("1", date(2006, 1, 1)), Weights("2", date(2007, 1, 1), occupation=30, distance=30)
    assert weights_on(date(2006, 12, 31), (new, old)) is old
    assert weights_on(date(2007, 1, 1), (new, old)) is new
    assert weights_on(date(2001, 1, 1), (old, new)) is old
    with pytest.raises(ValueError, match="make 100"):
        Weights("3", date(2006, 1, 1), occupation=50)


def test_names_become_bits() -> None:
    assert bits([["sew", "cook"], [], ["sail"]], ["cook", "sew"]).tolist() == [3, 0, 0]


def test_ways_from_coordinates() -> None:
    """A hundredth of a degree of latitude is 1,112 m of air line, of longitude at 38 degrees 876 m."""
    ways = Distances.between([[38.0, 114.5]], [[38.01, 114.5], [38.0, 114.51]], detour=1.0).metres
    assert ways.tolist() == [[1112, 876]]


def test_a_board_never_gives_an_opening_twice() -> None:
    market = crowded(60, 30, 150, seed=9)
    run = match(market)
    board, late = Board(market, run), crowded(200, 30, 150, seed=10).people
    given = [board.arrive(late.take([i])).post for i in range(len(late))]
    taken = np.bincount([*run.post[run.post >= 0], *(one for one in given if one >= 0)], minlength=30)
    assert (taken <= market.posts.openings).all() and (board.left == market.posts.openings - taken).all()
    assert any(one >= 0 for one in given)


def test_warming_leaves_nothing_to_compile() -> None:
    """In a process of its own: after it, a run of any mode meets only what is compiled."""
    code = """
import sys
sys.path.insert(0, "tests/engines/matching")
from markets import crowded
from qiao.engines.matching import Mode, explain, match, warm

def compiled():
    modules = [one for name, one in sorted(sys.modules.items()) if name.startswith("qiao.engines.matching")]
    found = [each for one in modules for each in vars(one).values() if hasattr(each, "nopython_signatures")]
    return sum(len(each.nopython_signatures) for each in found)

warm()
before = compiled()
for mode in Mode:
    market = crowded(30, 10, 15, seed=1, mode=mode)
    explain(market, match(market), 0)
assert before == compiled() > 9, (before, compiled())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
