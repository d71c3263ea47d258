"""The book of relief of a street office: read, checked against caps, undone."""

from __future__ import annotations

from datetime import date

import pytest
import support_world as market
from ledger_world import HERE, browser, lay_regions
from test_import_pages import batch_of, merged, roster

from qiao.core.batches.models import ImportBatch
from qiao.services.support.models import Benefit, Line, YearUse

pytestmark = pytest.mark.django_db
HEAD = ["网点名称", "经营者", "减免项目", "所属期起", "月数", "减免金额", "减免单位", "减免日期"]


def row(
    outlet: str,
    item: str,
    month: str,
    months: int,
    amount: object,
    office: str = "地税局",
    on: str = "2006.6.28",
):
    return [outlet, "刘桂芳", item, month, months, amount, office, on]


@pytest.fixture
def office(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    return browser("office", "office", HERE // 1000 * 1000)


@pytest.fixture
def stall(office):
    return market.trader(region=HERE)[1]


def take(client, *rows) -> ImportBatch:
    return batch_of(merged(client, roster(*rows, head=HEAD), kind="relief"))


def test_rows_become_amounts_of_the_outlets_help(office, stall):
    take(
        office,
        row(stall.name, "营业税", "2006.1", 6, 1200),
        row(stall.name, "城建税", "2006.1", 6, "84元"),
        row(stall.name, "门前卫生费", "2006.1", 6, 60, "街道环卫所"),
    )
    assert sorted(Benefit.objects.values_list("kind", "stage", "from_on", "months_used", "paid_fen")) == [
        ("local_fees", "granted", date(2006, 1, 1), 6, 6_000),
        ("tax", "granted", date(2006, 1, 1), 6, 128_400),
    ]
    assert Line.objects.get(item="gate_sanitation").office == "街道环卫所"


def test_the_same_book_again_changes_nothing_and_a_correction_changes_its_row(office, stall):
    take(office, row(stall.name, "营业税", "2006.1", 6, 1200))
    take(office, row(stall.name, "营业税", "2006.1", 6, 1200))
    assert Line.objects.count() == 1
    take(office, row(stall.name, "营业税", "2006.1", 6, 1300))
    assert Line.objects.get().amount_fen == 130_000
    assert Benefit.objects.get().paid_fen == 130_000


def test_a_row_over_the_cap_of_its_year_stays_out_and_says_why(office, stall):
    batch = take(
        office,
        row(stall.name, "营业税", "2006.1", 6, 5000),
        row(stall.name, "所得税", "2006.7", 6, 3001),
        row(stall.name, "清扫费", "2006.7", 6, 9000),
    )
    wrong = batch.rows.get(status="error")
    assert [note["code"] for note in wrong.notes] == ["over_cap"]
    assert YearUse.objects.get(kind="tax").used_fen == 500_000
    assert Line.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (row("没有的店", "营业税", "2006.1", 1, 10), "link_unknown"),
        (row("刘桂芳便民店", "阳光费", "2006.1", 1, 10), "item_unknown"),
        (row("刘桂芳便民店", "营业税", "2006.9", 6, 10), "months_over_year"),
        (row("刘桂芳便民店", "营业税", "2006.2", 1, 0), "amount_not_positive"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_lost(office, stall, wrong, code):
    batch = take(office, wrong, row(stall.name, "营业税", "2006.1", 1, 10))
    assert [note["code"] for note in batch.rows.get(status="error").notes if note["code"] == code] == [code]
    assert Line.objects.count() == 1


def test_an_import_is_taken_back_whole(office, stall):
    batch = take(office, row(stall.name, "营业税", "2006.1", 6, 1200))
    office.post(f"/import/{batch.pk}/undo", {"sure": "1"})
    assert not Line.objects.exists() and not Benefit.objects.exists()
    assert YearUse.objects.get().used_fen == 0
