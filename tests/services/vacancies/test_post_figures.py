"""The figures about posts and placements: each equals what it opens to, in the roll-up and from the facts."""

from __future__ import annotations

from datetime import date

import pytest
from case_world import DISTRICT, HERE, NEXT, TODAY, person
from post_world import employer, post

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry, rollup
from qiao.services.vacancies.models import Placement
from qiao.services.visits.models import Visit

YEAR, AUGUST = Period.parse("2006"), Period.parse("2006-08")
MINE = [
    "posts_created",
    "posts_from_information_officers",
    "people_placed",
    "placed_in_community_posts",
    "placed_in_market",
    "referrals_made",
    "posts_refused",
    "stability_1",
    "stability_3",
    "stability_6",
]


def figure(code: str, period: Period = YEAR, region: int = DISTRICT):
    return figures.figure(registry.get(code), Scope(region), period, TODAY)


def placed(someone, started: date, **facts) -> Placement:
    return Placement.objects.create(
        resident=someone, region_id=someone.region_id, started_on=started, **{"kind": "unit", **facts}
    )


@pytest.fixture
def world(staff):
    firm = employer()
    post(employer=firm, openings=22, source="officer", opened_on=date(2006, 3, 1))
    post("司机", employer=firm, openings=6, source="officer", opened_on=date(2006, 8, 1), category="trade")
    post("保安", NEXT, openings=5, source="market", opened_on=date(2006, 8, 2))
    post("文员", openings=9, state="draft", published_on=None)
    twice, once = person(), person("王秀英", NEXT)
    placed(twice, date(2006, 2, 1), channel="community", ended_on=date(2006, 5, 1), end_reason="left")
    placed(twice, date(2006, 7, 10), channel="market")
    placed(once, date(2006, 7, 20), channel="market")
    return twice, once


def test_posts_are_counted_by_their_openings_and_people_once_a_year(world):
    assert [figure(code).value for code in MINE[:5]] == [33, 28, 2, 1, 1]
    assert figure("posts_created", AUGUST).value == 11
    assert figure("posts_created", YEAR, HERE).value == 28


def test_only_who_was_seen_at_work_counts_as_lasting(world, staff):
    """Work begun in July is a month old in August; a month is left to look, so that August asks about June."""
    someone = person("孙三")
    placed(someone, date(2006, 6, 10))
    assert (figure("stability_1", AUGUST).denominator, figure("stability_1", AUGUST).numerator) == (1, 0)
    seen = {"resident": someone, "region_id": HERE, "outcome": "met", "by": staff["station"].user}
    Visit.objects.create(visited_on=date(2006, 7, 1), situation="working", **seen)
    assert figure("stability_1", AUGUST).numerator == 0
    Visit.objects.create(visited_on=date(2006, 7, 12), situation="working", **seen)
    assert figure("stability_1", AUGUST).value == 100


def test_each_figure_opens_to_what_it_says_everywhere(world):
    rollup.merge_all(Scope.everything(), TODAY)
    assert rollup.verify(Scope.everything(), TODAY) == []
    for code in MINE[:7]:
        indicator = registry.get(code)
        for by in ["", *(one.code for one in indicator.dimensions)]:
            table = figures.table([indicator], Scope(DISTRICT), periods=[YEAR, AUGUST], by=by, today=TODAY)
            for number, period in enumerate([YEAR, AUGUST]):
                for key in sorted(table.keys()):
                    rows = figures.drill(indicator, Scope(DISTRICT), period, by, key, today=TODAY)
                    assert table.total(indicator, number, key).value == indicator.total(rows), (code, by, key)
