"""The book of visits, imported: each row a visit in the person's file."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import batch_of, go, merged, roster

from qiao.services.people.models import Resident
from qiao.services.visits.importers import needs_in
from qiao.services.visits.models import Visit

pytestmark = pytest.mark.django_db
A, NOBODY = id_number("19620305", 2), id_number("19801231", 5)
HEAD = ["姓名", "身份证号", "走访日期", "走访方式", "走访结果", "现状", "需求", "走访情况", "走访人"]
JULY = ["刘桂芳", A, "2006.7.3", "上门", "见到本人", "求职中", "岗位、培训", "想找保洁", ""]
AUGUST = ["刘桂芳", A, "2006.8.7", "电话", "无人接听", "", "", "", ""]


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    client = browser("station", "station", HERE)
    merged(client, roster(["刘桂芳", A, "失业"], head=["姓名", "身份证号", "就业状态"]))
    return client


def take(client, *rows):
    return batch_of(merged(client, roster(*rows, head=HEAD), kind="visits"))


def test_several_visits_to_one_person_go_in(station):
    batch = take(station, JULY, AUGUST)
    assert batch.stage == "done" and not batch.counts.get("confirm"), batch.counts
    july, august = Visit.objects.order_by("visited_on")
    assert (july.visited_on, july.way, july.outcome, july.situation) == (
        date(2006, 7, 3),
        "door",
        "met",
        "seeking",
    )
    assert (july.needs, july.note, july.by.username) == (["post", "training"], "想找保洁", "station")
    assert (august.way, august.outcome, august.needs) == ("phone", "no_answer", [])


def test_who_was_met_is_confirmed_as_of_that_day(station):
    take(station, JULY, AUGUST)
    assert Resident.objects.get().verified_on >= date(2006, 7, 3)
    later = ["刘桂芳", A, "2006.8.30", *JULY[3:]]
    take(station, later)
    assert Resident.objects.get().verified_on >= date(2006, 8, 30)


def test_the_same_book_twice_adds_nothing_and_undo_takes_the_visits_back(station):
    first = take(station, JULY, AUGUST)
    take(station, JULY, AUGUST)
    assert Visit.objects.count() == 2
    station.post(f"/import/{first.pk}/undo")
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [({0: "孙无名", 1: NOBODY}, "nobody_found"), ({2: ""}, "missing"), ({4: ""}, "missing")],
    ids=["nobody", "no date", "no result"],
)
def test_a_row_that_says_too_little_waits_to_be_fixed(station, change, code):
    row = [change.get(at, cell) for at, cell in enumerate(JULY)]
    batch = batch_of(go(station, roster(row, head=HEAD), kind="visits"))
    assert batch.counts.get("error") == 1
    assert code in [note["code"] for note in batch.rows.get().notes]


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("岗位，培训", ["post", "training"]),
        ("小额贷款 / 政策", ["loan", "policy"]),
        ("看病", ["other"]),
        ("", []),
    ],
)
def test_needs_are_read_from_one_cell(text, needs):
    assert needs_in(text) == needs
