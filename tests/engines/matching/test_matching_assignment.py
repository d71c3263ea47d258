"""Assignments against OR-Tools and SciPy, and what must hold for any market."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from markets import crowded, markets, table, valid
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from qiao.engines.matching import Distances, Market, Mode, People, Policy, Posts, Run, choose, match
from qiao.engines.matching.assignment import Assignment, rooms_of, slots_of
from qiao.engines.matching.augmenting import most_placeable, serve_tiers
from qiao.engines.matching.edges import edges_of
from qiao.engines.matching.envy import envious
from qiao.engines.matching.filling import fill_left
from qiao.engines.matching.tiers import standing_of


def by_scipy(scores: np.ndarray, openings: np.ndarray, bonus: np.ndarray) -> int:
    """The greatest sum of score and bonus: one column an opening, and nobody has to be placed."""
    each = np.repeat(np.arange(len(openings)), np.minimum(openings, len(scores)))
    worth = np.where(scores[:, each] >= 0, scores[:, each] + bonus[:, None], 0)
    return int(worth[linear_sum_assignment(worth, maximize=True)].sum())


def by_ortools(scores: np.ndarray, openings: np.ndarray, bonus: np.ndarray) -> int:
    people, posts = scores.shape
    flow, source, sink = SimpleMinCostFlow(), people + posts, people + posts + 1
    for i in range(people):
        flow.add_arc_with_capacity_and_unit_cost(source, i, 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(i, sink, 1, 0)
        for j in np.flatnonzero(scores[i] >= 0):
            flow.add_arc_with_capacity_and_unit_cost(i, people + int(j), 1, -int(scores[i, j] + bonus[i]))
    for j in range(posts):
        flow.add_arc_with_capacity_and_unit_cost(people + j, sink, int(openings[j]), 0)
    flow.set_node_supply(source, people)
    flow.set_node_supply(sink, -people)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def most(scores: np.ndarray, openings: np.ndarray) -> int:
    each = np.repeat(np.arange(len(openings)), np.minimum(openings, len(scores)))
    return int((maximum_bipartite_matching(csr_matrix(scores[:, each] >= 0), perm_type="column") >= 0).sum())


def bonus_of(market: Market) -> np.ndarray:
    return standing_of(market.people, edges_of(market.offer, market.people), market.policy).bonus


@pytest.mark.parametrize("seed", range(4))
def test_the_score_is_that_of_min_cost_flow_within_the_certified_gap(seed: int) -> None:
    market = crowded(120, 40, 70, seed)
    run, scores, bonus = match(market), table(market), bonus_of(market)
    valid(market, run, scores)
    best = by_ortools(scores, market.posts.openings, bonus)
    assert best == by_scipy(scores, market.posts.openings, bonus)
    gap, placed = run.figures.gap, int(bonus[run.post >= 0].sum())
    assert gap.total + placed <= best <= gap.bound + placed
    assert gap.total == run.score.sum() and gap.share <= market.policy.gap


@settings(deadline=None, max_examples=100)
@given(markets())
def test_openings_are_never_exceeded_and_the_bound_holds(market: Market) -> None:
    for mode in Mode:
        market = replace(market, policy=replace(market.policy, mode=mode))
        run, scores = match(market), table(market)
        valid(market, run, scores)
        if scores.size:
            bonus = bonus_of(market)
            best = by_scipy(scores, market.posts.openings, bonus)
            assert best <= run.figures.gap.bound + int(bonus[run.post >= 0].sum())


@settings(deadline=None, max_examples=100)
@given(markets(mode=Mode.LEXICOGRAPHIC))
def test_no_lower_tier_is_served_while_a_higher_one_could_be(market: Market) -> None:
    """Of every tier and those above it, as many are placed as could be if nobody else were there."""
    run, scores = match(market), table(market)
    for tier in range(1, int(run.tier.max(initial=0)) + 1):
        among = run.tier >= tier
        assert (run.post[among] >= 0).sum() == (
            most(scores[among], market.posts.openings) if scores.size else 0
        )
    figures = run.figures
    assert figures.hardship_placed == figures.hardship_bound == (run.post[run.tier >= 1] >= 0).sum()


def test_a_place_for_hardship_is_worth_any_number_of_moves() -> None:
    """Eight people would each have to leave the post they wish for one they do not: 44,000 points for one place."""
    many = 8
    posts = Posts.of(
        range(many + 1),
        occupation=(1 + np.arange(many + 1) % 8) * 10**6 + np.arange(many + 1),
        skills=1 << np.arange(many + 1),
        certificates=1 << np.arange(many + 1),
    )
    people = People.of(
        range(many + 1),
        wishes=np.append(posts.occupation[:many], 0)[:, None],
        skills=np.append(posts.skills[:many], 0),
        certificates=np.append(3 << np.arange(many), 1),
        tier=np.ones(many + 1),
    )
    run = match(Market(people, posts, Distances.of([[0]]), Policy(Mode.LEXICOGRAPHIC)))
    assert run.post.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 0]
    soft = match(Market(people, posts, Distances.of([[0]]), Policy(Mode.SOFT)))
    assert soft.post.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, -1]


@settings(deadline=None, max_examples=100)
@given(markets(people=12))
def test_paths_reach_the_most_from_the_worst_beginning(market: Market) -> None:
    """Ordinary people have taken all they can before the tiers are served."""
    edges, tier, scores = edges_of(market.offer, market.people), market.people.tier, table(market)
    rooms = rooms_of(edges, market.offer.capacity)
    nobody = Assignment(np.full(len(tier), -1, np.int64), np.zeros(market.offer.size, np.int32))
    worst = fill_left(edges, slots_of(rooms), -tier, nobody)
    placed = serve_tiers(edges, rooms, tier, 1, worst).placed
    for one in (1, 2):
        among = tier >= one
        assert placed[among].sum() == (most(scores[among], market.posts.openings) if scores.size else 0)
        assert placed[among].sum() == most_placeable(edges, rooms, np.flatnonzero(among))


@pytest.mark.parametrize("seed", range(3))
def test_the_score_beneath_the_tiers_is_near_the_best(seed: int) -> None:
    market = crowded(150, 40, 60, seed, Mode.LEXICOGRAPHIC)
    run, scores, bonus = match(market), table(market), bonus_of(market)
    best = by_scipy(scores, market.posts.openings, bonus)
    assert best - int(bonus[run.post >= 0].sum()) - run.score.sum() <= 0.002 * run.score.sum()


def justified(market: Market, run: Run, scores: np.ndarray) -> set[int]:
    """Who justly envies, pair by pair. Posts nobody can tell apart count as one."""
    kind, bonus, favoured = market.offer.kind_of, bonus_of(market), run.tier >= 1
    found = set()
    for i, k in {(i, kind[j]) for i, j in zip(*np.nonzero(scores > run.score[:, None]), strict=True)}:
        members = market.offer.members(k)
        key = scores[:, members[0]] + bonus
        holders = np.flatnonzero(np.isin(run.post, members))
        openings, reserved = market.posts.openings[members], market.posts.reserved[members]
        over = favoured[holders].sum() > np.minimum(openings, reserved).sum()
        if len(holders) < openings.sum() or any(
            key[i] > key[one] and (favoured[i] or over or not favoured[one]) for one in holders
        ):
            found.add(int(i))
    return found


@settings(deadline=None, max_examples=100)
@given(markets(people=12, mode=Mode.FAIR))
def test_nobody_justly_envies_anybody_in_fair_mode(market: Market) -> None:
    run, scores = match(market), table(market)
    assert not justified(market, run, scores)
    assert run.figures.envious == 0


def test_envy_is_found_where_there_is_some() -> None:
    """The same market by score: the compiled count agrees with the one pair by pair, and is above zero."""
    market = crowded(100, 30, 50, seed=5)
    fair = replace(market, policy=replace(market.policy, mode=Mode.FAIR))
    run, scores, edges = match(market), table(market), edges_of(market.offer, market.people)
    held = np.full(len(run.post), -1, np.int64)
    for i in np.flatnonzero(run.post >= 0):
        own = edges.kinds[edges.start[i] : edges.start[i + 1]]
        held[i] = edges.start[i] + int(np.flatnonzero(own == market.offer.kind_of[run.post[i]])[0])
    found = Assignment(held, np.zeros(market.offer.size, np.int32))
    envy = envious(
        edges, market.offer.capacity, market.offer.reserved, bonus_of(market), run.tier >= 1, found
    )
    assert set(np.flatnonzero(envy).tolist()) == justified(fair, run, scores) != set()


def test_reserved_openings_go_to_those_they_are_for() -> None:
    people = People.of(range(4), wishes=[[4010201]] * 4, skills=[3, 3, 3, 0], tier=[0, 0, 0, 1])
    posts = Posts.of([0], occupation=[4010201], openings=[2], reserved=[1], skills=[3])
    fair = Market(people, posts, Distances.of([[0]]), Policy(Mode.FAIR, bonuses=(0,)))
    assert sorted(np.flatnonzero(match(fair).post == 0)) == [0, 3]
    unreserved = replace(fair, posts=replace(posts, reserved=np.array([0])))
    assert sorted(np.flatnonzero(match(unreserved).post == 0)) == [0, 1]


def test_one_member_at_a_time_of_a_household_is_above_all() -> None:
    people = People.of(
        range(4), wishes=[[4010201]] * 4, skills=[0, 1, 3, 3], tier=[1, 1, 1, 0], household=[5, 5, -1, -1]
    )
    posts = Posts.of([0, 1], occupation=[4010201] * 2, skills=[3, 3], pay=[0, 90_000])
    run = match(Market(people, posts, Distances.of([[0]]), Policy(Mode.LEXICOGRAPHIC)))
    assert run.tier.tolist() == [1, 2, 1, 0]
    assert sorted(np.flatnonzero(run.post >= 0)) == [1, 2]


@settings(deadline=None, max_examples=30)
@given(markets())
def test_the_same_input_gives_the_same_output(market: Market) -> None:
    for mode in Mode:
        one, two = (match(replace(market, policy=replace(market.policy, mode=mode))) for _ in range(2))
        for each in ("post", "score", "tier", "price"):
            assert np.array_equal(getattr(one, each), getattr(two, each))
        assert np.array_equal(one.lists.post, two.lists.post)
        assert one.figures == two.figures and one.inputs == two.inputs


def test_the_hash_tells_inputs_apart() -> None:
    market = crowded(20, 10, 12, seed=1)
    prints = {match(market).inputs}
    for table_name, column in (("people", "age"), ("posts", "pay"), ("people", "tier")):
        old = getattr(market, table_name)
        values = getattr(old, column).copy()
        values[0] += 1
        prints.add(match(replace(market, **{table_name: replace(old, **{column: values})})).inputs)
    prints.add(match(replace(market, policy=replace(market.policy, mode=Mode.FAIR))).inputs)
    assert len(prints) == 5


def test_both_sides_of_the_choice_are_shown() -> None:
    by_score, fair = choose(crowded(150, 40, 70, seed=2))
    assert (by_score.mode, fair.mode) == (Mode.SOFT, Mode.FAIR)
    assert fair.figures.envious == 0 < by_score.figures.envious
    assert fair.figures.gap.total < by_score.figures.gap.total
    assert fair.figures.gap.share > by_score.figures.gap.share
    assert {one.name for one in fields(by_score.figures)} == {one.name for one in fields(fair.figures)}
