"""The list: what it shows to whom, how it is narrowed, ordered and paged."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ledger_world import ELSEWHERE, HERE, NEXT, person

from qiao.core.ledgers import paging
from qiao.core.ledgers.parts import Sort
from qiao.services.people.models import Resident

LIST = "/l/residents/"


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_lists_people_of_the_scope_only(station, people):
    page = shown(station.get(LIST, {"tab": "all"}))
    assert "刘桂芳" in page and "王小明" in page and "赵敏" in page
    assert "钱二" not in page and "孙秘密" not in page


def test_masks_numbers_for_everybody_and_names_for_leaders(station, leader, people):
    page = shown(station.get(LIST, {"tab": "all"}))
    assert "139****1111" in page and "13903111111" not in page
    assert people["first"].id_number not in page and people["first"].id_number[-4:] in page
    page = shown(leader.get(LIST, {"tab": "all"}))
    assert "刘*芳" in page and "刘桂芳" not in page


def test_tabs_say_what_they_say(station, people):
    assert "赵敏" not in shown(station.get(LIST, {"tab": "unemployed"}))
    older = shown(station.get(LIST, {"tab": "older"}))
    assert "刘桂芳" in older and "王小明" not in older
    long = shown(station.get(LIST, {"tab": "long"}))
    assert "刘桂芳" in long and "王小明" not in long


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sex": "M"}, {"王小明"}),
        ({"sex": ["M", "F"], "education": "junior"}, {"刘桂芳"}),
        ({"age_min": "40"}, {"刘桂芳"}),
        ({"age_max": "30"}, {"王小明"}),
        ({"q": "小明"}, {"王小明"}),
        ({"q": "lgf"}, {"刘桂芳"}),
        ({"q": "1111"}, {"刘桂芳"}),
        ({"q": "19620305"}, {"刘桂芳"}),
        ({"since_after": "2006-06-01"}, {"王小明"}),
        ({"kind": "laid_off", "sex": "M"}, set()),
    ],
)
def test_filters(station, people, query, found):
    page = shown(station.get(LIST, {"tab": "all", **query}))
    assert {name for name in ("刘桂芳", "王小明", "赵敏") if name in page} == found


@pytest.mark.parametrize(
    "query",
    [
        {"sex": "nobody"}, {"q": "\x00"}, {"age_min": "x"}, {"age_min": "99999999999"}, {"region": "abc"}, {"after": "%%%"},
        {"since_after": "yesterday"}, {"sort": "phone"}, {"cols": "nothing"}, {"tab": "?"}, {"after": "W10"},
        {"after": "WzAsIDEsIDk5OTk5OTk5OTk5OTk5OTk5OTk5OV0"}, {"size": "1000000"}, {"group": "x"}, {"owner": "1e9"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_fault(station, people, query):
    assert station.get(LIST, query).status_code == 200


def test_a_region_narrows_and_a_region_outside_does_not_widen(office, people):
    page = shown(office.get(LIST, {"tab": "all", "region": NEXT}))
    assert "钱二" in page and "刘桂芳" not in page
    assert "孙秘密" not in shown(office.get(LIST, {"tab": "all", "region": ELSEWHERE}))


@pytest.mark.parametrize("sort", ["entered", "-entered", "name", "-name"])
def test_every_order_pages_through_everybody_once_and_back(station, people, sort):
    for number in range(60):
        born = None if number % 5 == 0 else date(1950 + number % 7, 1, 1)
        person(f"周{number:02d}", HERE, birth_date=born)
    pages, address = [], f"{LIST}?tab=all&sort={sort}"
    while address:
        listing = station.get(address).context["listing"]
        pages.append([row.pk for row in listing.page.rows])
        address = listing.page.following and f"{LIST}?tab=all&sort={sort}&after={listing.page.following}"
    everybody = [pk for page in pages for pk in page]
    assert len(everybody) == len(set(everybody)) == 63
    back, after = [pages[-1]], listing.page.previous
    while after:
        listing = station.get(f"{LIST}?tab=all&sort={sort}&after={after}").context["listing"]
        back.insert(0, [row.pk for row in listing.page.rows])
        after = listing.page.previous
    assert [pk for page in back for pk in page] == everybody


@pytest.mark.parametrize("descending", [False, True])
def test_records_without_a_value_come_last_and_none_is_lost(people, descending):
    for number in range(20):
        person(f"郑{number}", birth_date=None if number % 3 else date(1960 + number % 2, 1, 1))
    order = paging.Order(Sort("", "birth_date", nullable=True), descending)
    rows, after, seen, pages = Resident.objects.filter(region=HERE), "", [], []
    while after is not None:
        page = paging.page(rows, order, paging.Cursor.read(after, rows, order), 4)
        pages.append(page)
        seen += page.rows
        after = page.following or None
    born = [one.birth_date for one in seen]
    known = [day for day in born if day]
    assert len({one.pk for one in seen}) == len(seen) == 23
    assert known == sorted(known, reverse=descending) and born[len(known) :] == [None] * (
        len(born) - len(known)
    )
    back, after = [], pages[-1].previous
    while after:
        page = paging.page(rows, order, paging.Cursor.read(after, rows, order), 4)
        back, after = page.rows + back, page.previous
    assert back + pages[-1].rows == seen


def test_takes_the_same_few_queries_however_long_it_is(station, people):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            station.get(LIST, {"tab": "all", "size": 100, "sex": "F"})
        return len(caught)

    before = queries()
    for number in range(40):
        person(f"吴{number}", HERE, sex="F")
    assert queries() == before <= 13


def test_counts_by_place_and_value_respect_the_scope(office, people):
    places = office.get(LIST, {"tab": "all", "group": "region"}).context["listing"].groups
    assert {(group.label, group.count) for group in places} == {("阜康社区", 3), ("光华社区", 1)}
    sexes = office.get(LIST, {"tab": "all", "group": "sex"}).context["listing"].groups
    assert {group.count for group in sexes} == {2}


def test_counts_of_tabs_stay_in_the_scope(station, people):
    counts = {tab.code: tab.count for tab in station.get(LIST).context["listing"].tabs}
    assert counts["all"] == 3 and counts["unemployed"] == 2 and counts["long"] == 1


def test_chosen_columns_and_kept_views(station, office, people):
    page = station.get(LIST, {"tab": "all", "cols": ["education", "party"]})
    assert [column.key for column in page.context["listing"].columns] == ["name", "education", "party"]
    station.post(f"{LIST}views", {"name": "年轻人", "query": "tab=all&age_max=30", "shared": ""})
    assert "年轻人" in shown(station.get(LIST))
    assert "年轻人" not in shown(office.get(LIST))


def test_no_appointment_no_list(client, people, regions):
    assert client.get(LIST).status_code == 302


def test_a_choice_does_not_make_the_database_sort_every_match(station, people):
    with CaptureQueriesContext(connection) as caught:
        page = shown(station.get(LIST, {"tab": "all", "sex": ["F", "M"], "education": "junior"}))
    assert "刘桂芳" in page
    assert not [one["sql"] for one in caught if "DISTINCT" in one["sql"] and "people_resident" in one["sql"]]
