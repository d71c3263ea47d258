"""The look at the labour market: each number opens to its names, within scope."""

from __future__ import annotations

import re
from datetime import date

import pytest
from case_world import ELSEWHERE, HERE, NEXT
from match_world import CLEANER, GUARD, jobless
from post_world import employer, post

from qiao.core.ledgers import registry
from qiao.services.market.models import PartnerAction, ResearchNote

QUARTER = "2006Q3"


@pytest.fixture
def market(at):
    firm = employer()
    for name, region, wish in (
        ("刘桂芳", HERE, CLEANER),
        ("王秀英", HERE, CLEANER),
        ("孙远方", ELSEWHERE, GUARD),
    ):
        jobless(name, region, wish, wish_pay_fen=70000, wish_training="保安员培训")
    jobless("不愿者", NEXT, CLEANER, willing=False)
    post(
        "保洁员",
        HERE,
        employer=firm,
        occupation_code=CLEANER,
        openings=5,
        pay_from_fen=60000,
        opened_on=date(2006, 7, 3),
    )
    post("保安员", NEXT, employer=firm, occupation_code=GUARD, openings=2, pay_from_fen=90000, opened_on=date(2006, 5, 3))  # fmt: skip
    return at


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(html: str) -> list[list[str]]:
    """The cells of each row, with the address of the first link a cell holds."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.S):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        found.append([re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in cells])
    return found


def opened(html: str) -> dict[str, int]:
    """Addresses behind numbers, with the number each claims."""
    return {
        address.replace("&amp;", "&"): int(number)
        for address, number in re.findall(r'<a href="(/figures/[^"]+)">(\d+)</a>', html)
    }


def test_supply_stands_against_demand_with_pay(market):
    shown = page(market("district"), f"/market/?period={QUARTER}")
    (cleaning,) = [row for row in rows(shown) if row[1:3] == ["5", "2"]]
    assert cleaning[1:] == ["5", "2", "2.50", "600", "700"]
    assert "3 openings more than people" in shown


def test_every_number_opens_to_as_many_names(market):
    client = market("district")
    behind = opened(page(client, f"/market/?period={QUARTER}"))
    assert len(behind) > 10
    for address, number in behind.items():
        listed = page(client, address)
        counted = re.findall(r"<tbody>(.*?)</tbody>", listed, re.S)
        lines = counted[0].count("<tr") if counted else 0
        assert lines == number or "posts_created" in address, (address, number)


def test_a_station_sees_its_own_people(market):
    shown = page(market("station"), f"/market/?period={QUARTER}")
    assert [row[1:4] for row in rows(shown) if row[1:2] == ["5"]] == [["5", "2", "2.50"]]
    assert market("station").get(f"/market/?region={ELSEWHERE}").status_code == 404


def test_wished_training_stands_beside_what_open_posts_ask(market):
    client = market("district")
    shown = page(client, "/market/")
    assert "/market/posts/security/" in shown
    assert "保安员" in page(client, "/market/posts/security/")
    assert client.get("/market/posts/nonsense/").status_code == 404


def test_bad_periods_and_an_empty_market_have_a_page(at):
    client = at("district")
    assert "Nothing to compare" in page(client, "/market/?period=2004Q1")
    for period in ("next", "2031"):
        answer = client.get(f"/market/?period={period}")
        assert answer.status_code == 400 and "alert" in answer.content.decode()


def test_notes_and_partners_are_ledgers(at):
    client = at("district")
    region = str(HERE)
    note = {
        "title": "家政需求调查",
        "theme": "demand",
        "written_on": "2006-08-20",
        "findings": "缺月嫂",
        "proposals": "开班",
    }
    answer = client.post(registry.get("research-notes").url("new"), note | {"region": region})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert ResearchNote.objects.get().findings == "缺月嫂"
    assert "家政需求调查" in page(client, registry.get("research-notes").url() + "?tab=open")
    wrong = {
        "partner": "区妇联",
        "kind": "women",
        "done_on": "2006-03-08",
        "what": "巾帼招聘会",
        "region": region,
    }
    wrong |= {"people": "10", "placed": "12"}
    answer = client.post(registry.get("partner-actions").url("new"), wrong)
    assert "No more people can have come to work" in answer.content.decode()
    assert client.post(registry.get("partner-actions").url("new"), wrong | {"placed": "4"}).status_code == 302
    assert PartnerAction.objects.get().placed == 4
