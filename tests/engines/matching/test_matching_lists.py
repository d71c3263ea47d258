"""Lists, exposure, arrivals and closures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from markets import crowded, table, valid

from qiao.engines.matching import (
    Board,
    Distances,
    Market,
    Mode,
    People,
    Posts,
    call_for,
    close,
    explain,
    match,
)
from qiao.engines.matching.figures import gini


@pytest.mark.parametrize("mode", Mode)
def test_first_the_assigned_post_then_by_score_minus_price(mode: Mode) -> None:
    market = crowded(120, 40, 70, seed=4, mode=mode)
    run, scores = match(market), table(market)
    for i, row in enumerate(run.lists.post):
        listed = [int(post) for post in row if post >= 0]
        assert len(listed) == len(set(listed)) == min(10, int((scores[i] >= 0).sum()))
        assert run.lists.score[i, : len(listed)].tolist() == [scores[i, post] for post in listed]
        if run.post[i] >= 0:
            assert listed.pop(0) == run.post[i]
        worth = scores[i] - run.price
        assert [worth[post] for post in listed] == sorted((worth[post] for post in listed), reverse=True)
        others = [j for j in range(40) if scores[i, j] >= 0 and j not in row]
        assert not others or not listed or worth[others].max() <= worth[listed[-1]]


def test_lists_with_the_assigned_post_first_fill_more_than_lists_by_score() -> None:
    """If everybody applies to the first row."""
    market = crowded(200, 60, 100, seed=6)
    run, scores = match(market), table(market)
    first = scores.argmax(axis=1)[scores.max(axis=1) >= 0]
    by_score = np.minimum(np.bincount(first, minlength=60), market.posts.openings).sum()
    assigned = np.minimum(np.bincount(run.lists.post[:, 0], minlength=60), market.posts.openings).sum()
    assert assigned >= run.figures.placed > by_score


@pytest.mark.parametrize("mode", Mode)
def test_explanations_name_wish_way_rivals_and_the_last_accepted(mode: Mode) -> None:
    market = crowded(120, 40, 70, seed=4, mode=mode)
    run = match(market)
    i = int(np.flatnonzero((run.post < 0) & (run.lists.post[:, 0] >= 0))[0])
    told = explain(market, run, i)
    assert told.weights == "2006.1" and told.tier == run.tier[i] and told.fits
    for fit in told.fits:
        holders = np.flatnonzero(run.post == fit.post)
        assert fit.listed == (run.lists.post == fit.post).any(axis=1).sum() and fit.rivals >= 0
        assert fit.metres == market.distances.metres[market.people.home[i], market.posts.place[fit.post]]
        if len(holders) == fit.openings:
            points = [
                30_000 * tier if mode is Mode.LEXICOGRAPHIC else (0, 500, 1500)[tier] for tier in run.tier
            ]
            _, last = min((run.score[one] + points[one], one) for one in holders)
            assert fit.last and (fit.last.tier, fit.last.score) == (run.tier[last], run.score[last])
        else:
            assert fit.last is None
        assert (fit.bars[0].value > 0) == (fit.wish >= 0)


def test_a_new_person_gets_the_best_opening_that_is_left() -> None:
    market = crowded(40, 40, 90, seed=7)
    run = match(market)
    late = crowded(50, 40, 90, seed=8).people
    scores = table(replace(market, people=late))
    left = market.posts.openings - np.bincount(run.post[run.post >= 0], minlength=40)
    board = Board(market, run)
    for i in range(len(late)):
        arrival = board.arrive(late.take([i]))
        worth = np.where((left > 0) & (scores[i] >= 0), scores[i] - run.price, -(10**9))
        if worth.max() > -(10**9):
            assert worth[arrival.post] == worth.max() and arrival.list[0] == arrival.post
            left[arrival.post] -= 1
        else:
            assert arrival.post == -1
        assert arrival.scores.tolist() == [scores[i, post] for post in arrival.list]


def test_a_new_post_calls_those_without_one_hardship_first() -> None:
    market = crowded(150, 30, 50, seed=11)
    run = match(market)
    post = Posts.of([99], place=[0], occupation=[4070301], openings=[3], pay=[200_000])
    called, points = call_for(market, run, post)
    scores = table(replace(market, posts=post))[:, 0]
    assert set(called.tolist()) == set(np.flatnonzero((run.post < 0) & (scores >= 0)).tolist())
    order = [(-run.tier[i], -scores[i], i) for i in called]
    assert order == sorted(order) and points.tolist() == scores[called].tolist()


def test_a_closure_settles_the_area_anew_and_leaves_the_rest_alone() -> None:
    market = crowded(150, 40, 70, seed=12)
    run = match(market)
    gone = np.flatnonzero(market.posts.place == 2)[:4]
    movable = np.arange(150) % 2 == 0
    again = close(without(market, gone), run, gone, within=2600, movable=movable)
    post = run.post.copy()
    post[again.people] = again.post
    lost = np.isin(run.post, gone)
    near = np.isin(market.people.home, np.flatnonzero(market.distances.metres[:, 2] <= 2600))
    assert not np.isin(post, gone).any()
    assert set(again.people) == set(np.flatnonzero(lost | (near & movable)))
    valid(
        market,
        replace(run, post=post, score=np.where(post >= 0, table(market)[range(150), post], 0)),
        table(market),
    )


@pytest.mark.parametrize("mode", [Mode.SOFT, Mode.LEXICOGRAPHIC])
def test_a_closure_moves_few_and_scores_nearly_as_much_as_matching_all_anew(mode: Mode) -> None:
    market = crowded(300, 80, 140, seed=14, mode=mode)
    run = match(market)
    gone = np.array([7, 8])
    left = without(market, gone)
    again = close(left, run, gone, within=10**6)
    post = run.post.copy()
    post[again.people] = again.post
    scores = table(market)
    score = np.where(post >= 0, scores[range(300), post], 0)
    valid(market, replace(run, post=post, score=score), scores)
    anew = match(left)
    assert score.sum() >= 0.99 * anew.score.sum()
    assert np.isin(run.post, gone).sum() <= (post != run.post).sum() <= 25
    if mode is Mode.LEXICOGRAPHIC:
        assert [(post[run.tier >= tier] >= 0).sum() for tier in (1, 2)] == [
            (anew.post[anew.tier >= tier] >= 0).sum() for tier in (1, 2)
        ]


def test_closing_far_from_everybody_moves_only_who_had_the_post() -> None:
    market = crowded(60, 20, 40, seed=13)
    run = match(market)
    again = close(without(market, [0]), run, np.array([0]), within=-1)
    assert set(again.people) == set(np.flatnonzero(run.post == 0))


@pytest.mark.parametrize("mode", list(Mode))
def test_of_too_few_openings_the_lowest_in_tier_and_score_lose_theirs(mode: Mode) -> None:
    market = crowded(150, 30, 90, seed=15, mode=mode)
    run = match(market)
    held = np.bincount(run.post[run.post >= 0], minlength=30)
    fewer = np.flatnonzero((held == market.posts.openings) & (held > 1))
    left = market.posts.openings.copy()
    left[fewer] -= 1
    now = replace(market, posts=replace(market.posts, openings=left))
    again = close(now, run, fewer, within=-1)
    post = run.post.copy()
    post[again.people] = again.post
    scores = table(market)
    valid(now, replace(run, post=post, score=np.where(post >= 0, scores[range(150), post], 0)), scores)
    assert len(fewer) and (post >= 0).sum() <= (run.post >= 0).sum()


def test_of_two_holders_of_one_opening_the_one_in_hardship_keeps_it() -> None:
    people, posts = People.of(range(2), tier=[0, 1]), Posts.of([9], openings=[2])
    market = Market(people, posts, Distances.of([[0]]))
    run = match(market)
    again = close(replace(market, posts=Posts.of([9], openings=[1])), run, np.array([0]))
    assert run.post.tolist() == [0, 0] and again.post.tolist() == [-1, 0]


def without(market: Market, gone: Sequence[int]) -> Market:
    openings = market.posts.openings.copy()
    openings[list(gone)] = 0
    return replace(market, posts=replace(market.posts, openings=openings))


def test_of_posts_nobody_can_tell_apart_the_first_goes_to_the_highest_tier() -> None:
    posts = Posts.of([8, 9], skills=[1, 1], openings=[1, 2])
    people = People.of(range(3), skills=[1, 0, 0], tier=[0, 0, 1])
    assert match(Market(people, posts, Distances.of([[0]]))).post.tolist() == [1, 1, 0]


def test_gini() -> None:
    assert gini(np.array([2.0, 2.0, 2.0])) == pytest.approx(0)
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    assert gini(np.zeros(3)) == 0
