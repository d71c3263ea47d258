"""The leader's page: each number equals what it opens to, within scope, in few queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from case_world import DISTRICT, ELSEWHERE, HERE, TODAY, at_work
from match_world import CLEANER, GUARD, jobless
from post_world import employer, post

from qiao.core.indicators.targets.models import Target
from qiao.services.vacancies.actions.placing import Start, place
from qiao.services.visits.models import Visit


@pytest.fixture
def district(at, staff):
    firm = employer()
    cleaning = post("保洁员", HERE, employer=firm, occupation_code=CLEANER, openings=3)
    people = [jobless(name, HERE, CLEANER) for name in ("刘桂芳", "王秀英", "张建国")]
    jobless("孙远方", ELSEWHERE, GUARD)
    at_work(jobless("钱有工", HERE, GUARD), date(2006, 2, 1))
    place(people[0], Start(TODAY, post=cleaning), staff["station"], TODAY)
    Visit.objects.create(
        resident=people[1], region_id=HERE, visited_on=date(2006, 8, 1), why="hardship", target="person",
        way="home", outcome="met", by=staff["station"].user,
    )  # fmt: skip
    return at


def page(client, address: str = "/briefing/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_whole_number_opens_to_as_many_names(district):
    client = district("district")
    links = re.findall(r'<a href="(/figures/[^"]+/names[^"]+)">([\d,]+)</a>', page(client))
    assert len(links) > 5
    for address, number in links:
        listed = page(client, address.replace("&amp;", "&"))
        body = re.search(r"<tbody>(.*?)</tbody>", listed, re.S)
        assert (body[1].count("<tr") if body else 0) == int(number) or "posts_created" in address, address


def test_the_funnel_counts_those_out_of_work_asked_after_and_placed(district):
    shown = page(district("district"))
    steps = dict(re.findall(r"<td>([^<]+) <span.*?names[^>]+>([\d,]+)</a>", shown, re.S))
    assert steps["Unemployed"] == "3" and steps["Unemployed and asked after"] == "1"
    assert steps["People placed in work"] == "1"


def test_units_are_ranked_by_their_share_of_the_target(district, staff):
    for region, value in ((HERE // 1000 * 1000, 10), (ELSEWHERE // 1000 * 1000, 10)):
        Target.objects.create(
            indicator="people_placed", region=region, period="2006", value=value, set_by=staff["district"].user, set_on=TODAY
        )  # fmt: skip
    shown = page(district("district"))
    assert shown.count("/ 10</td>") == 2
    first, *_ = re.findall(r'<td class="num">(\d)</td>\s*<td class="text-nowrap">([^<]+)</td>', shown)
    assert first == ("1", staff["office"].region.name)


def test_a_station_has_its_own_page_and_no_other(district):
    shown = page(district("station"))
    assert "by unit" not in shown
    assert district("station").get(f"/briefing/?region={DISTRICT}").status_code == 404
    assert district("district").get("/briefing/?period=soon").status_code == 400


def test_queries_do_not_grow_with_people(district, django_assert_max_num_queries):
    client = district("district")
    page(client)
    for number in range(20):
        jobless(f"多人{number}", HERE, GUARD)
    page(client)
    with django_assert_max_num_queries(75):
        page(client)
