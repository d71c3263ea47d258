"""The book of a fair and the list of intentions, from Excel as the district keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import batch_of, go, merged, roster

from qiao.services.employers.models import Employer
from qiao.services.fairs import actions
from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor

pytestmark = pytest.mark.django_db
A, B = id_number("19620305", 2), id_number("19700101", 1)
BOOK = ["展位号", "招聘单位", "招聘岗位", "招聘人数", "工资待遇", "招聘会"]
LIST = ["姓名", "身份证号", "招聘会", "展位号", "意向岗位", "录用日期"]
FAIR = "就业援助招聘会"
ROWS = [
    ["A01", "北国超市", "收银员", "30", "600元", FAIR],
    ["A01", "北国超市", "理货员", "20", "550元", FAIR],
    ["A02", "建安物业", "保洁员", "12", "面议", FAIR],
]


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    client = browser("station", "station", HERE)
    merged(client, roster(["刘桂芳", A, "失业"], ["王强", B, "失业"], head=["姓名", "身份证号", "就业状态"]))
    actions.plan(Fair(title=FAIR, held_on=date(2006, 6, 29), region_id=HERE), None, date(2006, 6, 1))
    for name in ("北国超市", "建安物业"):
        Employer.objects.create(name=name, region_id=HERE)
    return client


def take(client, rows, head, kind):
    return batch_of(merged(client, roster(*rows, head=head, title="就业援助招聘会"), kind=kind))


def test_the_book_sets_up_booths_and_posts(station):
    batch = take(station, ROWS, BOOK, "fair-book")
    assert batch.stage == "done", batch.counts
    assert sorted(Booth.objects.values_list("number", "employer__name")) == [
        ("A01", "北国超市"),
        ("A02", "建安物业"),
    ]
    assert sum(Offer.objects.values_list("openings", flat=True)) == 62


def test_the_same_book_changes_what_differs_and_undo_takes_all_back(station):
    first = take(station, ROWS, BOOK, "fair-book")
    take(station, [[*ROWS[0][:3], "35", *ROWS[0][4:]], *ROWS[1:]], BOOK, "fair-book")
    assert Offer.objects.count() == 3 and Offer.objects.get(title="收银员").openings == 35
    Offer.objects.update(openings=1)
    station.post(f"/import/{first.pk}/undo")
    assert not Offer.objects.filter(title="保洁员").exists()
    assert not Booth.objects.filter(number="A02").exists(), "a booth without posts goes with them"


@pytest.mark.parametrize("change", [{1: "没有登记的单位"}, {5: "没有的招聘会"}])
def test_what_the_district_does_not_hold_makes_the_row_wait(station, change):
    row = [change.get(at, cell) for at, cell in enumerate(ROWS[0])]
    batch = batch_of(go(station, roster(row, head=BOOK, title="招聘会"), kind="fair-book"))
    assert "link_unknown" in [note["code"] for note in batch.rows.get().notes]


def test_the_list_of_intentions_makes_visitors_who_came(station):
    take(station, ROWS, BOOK, "fair-book")
    rows = [
        ["刘桂芳", A, FAIR, "A01", "收银员", "2006.7.3"],
        ["刘桂芳", A, FAIR, "", "保洁员", ""],
        ["王强", B, FAIR, "A02", "保洁员", ""],
    ]
    batch = take(station, rows, LIST, "fair-intentions")
    assert batch.stage == "done", batch.counts
    assert Visitor.objects.filter(came_on=date(2006, 6, 29)).count() == 2
    assert Intention.objects.count() == 3
    assert Intention.objects.get(hired_on__isnull=False).hired_on == date(2006, 7, 3)
    take(station, rows, LIST, "fair-intentions")
    assert Intention.objects.count() == 3
    station.post(f"/import/{batch.pk}/undo")
    assert not Intention.objects.exists() and not Visitor.objects.exists()


def test_a_hiring_that_is_told_later_is_added_and_taken_back(station):
    take(station, ROWS, BOOK, "fair-book")
    row = ["刘桂芳", A, FAIR, "A01", "收银员", ""]
    take(station, [row], LIST, "fair-intentions")
    later = take(station, [[*row[:5], "2006.7.3"]], LIST, "fair-intentions")
    assert Intention.objects.get().hired_on == date(2006, 7, 3)
    station.post(f"/import/{later.pk}/undo")
    assert Intention.objects.get().hired_on is None
