"""Rules, scores and lists against the same rules written out slowly."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from markets import crowded, failed, markets, score, table

from qiao.engines.matching import Distances, Market, People, Posts, Rule, explain, match
from qiao.engines.matching.counterfactuals import counterfactuals
from qiao.engines.matching.edges import edges_of
from qiao.engines.matching.explain import bars_of
from qiao.engines.matching.top import best


@settings(deadline=None, max_examples=80)
@given(markets())
def test_every_feasible_pair_is_found_with_its_score(market: Market) -> None:
    scores, edges = table(market), edges_of(market.offer, market.people)
    for i in range(len(market.people)):
        found = {}
        for edge in range(edges.start[i], edges.start[i + 1]):
            found |= dict.fromkeys(market.offer.members(edges.kinds[edge]).tolist(), edges.scores[edge])
        assert found == {j: points for j, points in enumerate(scores[i].tolist()) if points >= 0}


@settings(deadline=None, max_examples=40)
@given(markets())
def test_reasons_count_each_rule_and_what_it_does_alone(market: Market) -> None:
    run = match(market)
    for i in range(len(market.people)):
        reasons = [failed(market, i, j) for j in range(len(market.posts)) if market.posts.openings[j]]
        told = explain(market, run, i)
        for rule in Rule:
            assert told.failed.get(rule, 0) == sum(rule.name in one for one in reasons)
            assert told.failed_alone.get(rule, 0) == sum({rule.name} == one for one in reasons)
        for fit in told.fits:
            assert fit.score == sum(bar.points for bar in fit.bars) == score(market, i, fit.post)


def test_the_best_ten_are_the_ten_best_of_all() -> None:
    market = crowded(40, 90, 120, seed=3)
    scores = table(market)
    kinds, points = best(market.offer, market.people, 10)
    for i in range(len(market.people)):
        ranked = sorted((-scores[i, j], market.offer.kind_of[j]) for j in range(90) if scores[i, j] >= 0)
        assert [(-one, kind) for one, kind in ranked[:10]] == list(zip(points[i], kinds[i], strict=True))[
            : len(ranked)
        ]


def test_bars_of_a_clerks_example() -> None:
    """A seller who wishes her own occupation, 1.5 km away, 25 % above her reserve, one of two skills, one step over."""
    people = People.of([7], home=[0], wishes=[[4010201]], education=[3], reserve=[80_000], skills=[0b01])
    posts = Posts.of([9], place=[1], occupation=[4010299], education=[2], pay=[100_000], skills=[0b11])
    market = Market(people, posts, Distances.of([[0, 1500]]))
    bars = {bar.component: bar.value for bar in bars_of(market, 0, 0)}
    assert bars == {"occupation": 75, "distance": 71, "wage": 50, "skills": 50, "education": 85}
    assert match(market).score[0] == 40 * 75 + 20 * 71 + 15 * 50 + 15 * 50 + 10 * 85


@settings(deadline=None, max_examples=40)
@given(markets(people=3))
def test_a_step_less_strict_opens_what_it_says(market: Market) -> None:
    scores = table(market)
    columns = {
        Rule.COMMUTE: "commute",
        Rule.WAGE: "reserve",
        Rule.EDUCATION: "education",
        Rule.EXPERIENCE: "experience",
    }
    columns |= {Rule.AGE_FROM: "age", Rule.WELFARE: "certified"}
    for i in range(len(market.people)):
        for step in counterfactuals(market, i):
            person = market.people.take([i])
            if step.rule is Rule.CERTIFICATE:
                person.certificates[0] |= np.uint64(1 << step.then)
            else:
                assert getattr(person, columns[step.rule])[0] == step.now
                getattr(person, columns[step.rule])[0] = step.then
            changed = table(Market(person, market.posts, market.distances, market.policy))
            assert step.opens == (changed >= 0).sum() - (scores[i] >= 0).sum() > 0


def test_steps_a_clerk_can_say_aloud() -> None:
    """Each post but the last is out of reach by one rule; the last by two, which no single step opens."""
    person = {
        "home": [0],
        "reserve": [100_000],
        "commute": [3000],
        "education": [2],
        "experience": [0],
        "age": [48],
    }
    columns = {
        "place": [1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1],
        "pay": [0, 0, 0, 95_000, 82_000, 0, 0, 0, 0, 0, 82_000],
        "education": [0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0],
        "experience": [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0],
        "age_to": [-1, -1, -1, -1, -1, -1, -1, 45, -1, -1, -1],
        "welfare": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        "certificates": [0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0],
    }
    market = Market(People.of([0], **person), Posts.of(range(11), **columns), Distances.of([[0, 3900, 7500]]))
    told = explain(market, match(market), 0)
    assert told.fits == () and sum(told.failed_alone.values()) == 10
    assert [(step.rule, step.now, step.then, step.opens) for step in told.counterfactuals] == [
        (Rule.EDUCATION, 2, 3, 1),
        (Rule.EXPERIENCE, 0, 2, 1),
        (Rule.AGE_FROM, 48, -1, 1),
        (Rule.WAGE, 100_000, 95_000, 1),
        (Rule.WAGE, 100_000, 80_000, 2),
        (Rule.COMMUTE, 3000, 4000, 2),
        (Rule.COMMUTE, 3000, 8000, 3),
        (Rule.WELFARE, 0, 1, 1),
        (Rule.CERTIFICATE, -1, 2, 1),
    ]
