"""The district's books of employers, outlets and bases, imported."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import batch_of, merged, roster

from qiao.services.employers.models import Base, Employer, Outlet

pytestmark = pytest.mark.django_db
OWNER = id_number("19620305", 2)
EMPLOYERS = ["单位名称", "单位类型", "行业", "营业执照号", "联系人", "联系电话", "地址", "责任人", "核实日期"]
FIRM = [
    "石门顺达物业公司",
    "企业",
    "房地产业",
    "1301032001234",
    "张三",
    "13903110001",
    "建安路1号",
    "",
    "2006.3.1",
]
OUTLETS = ["网点名称", "经营项目", "经营者", "身份证号", "开业日期", "扶持措施", "带动就业人数", "责任人"]
BASES = ["基地名称", "认定日期", "职工人数", "困难人员数", "可安置人数", "合同年限", "分包人"]


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    client = browser("station", "station", HERE)
    merged(client, roster(["刘桂芳", OWNER, "就业"], head=["姓名", "身份证号", "就业状态"]))
    return client


def take(client, kind, head, *rows):
    return batch_of(merged(client, roster(*rows, head=head), kind=kind))


def test_employers_go_in_with_industry_and_verification(station):
    take(station, "employers", EMPLOYERS, FIRM)
    firm = Employer.objects.get()
    assert (firm.kind, firm.industry, firm.licence_no) == (
        "enterprise",
        "2002-K",
        "1301032001234",
    )
    assert (firm.verification, firm.verified_on) == ("verified", date(2006, 3, 1))


def test_a_book_read_again_finds_its_employers(station):
    take(station, "employers", EMPLOYERS, FIRM)
    take(station, "employers", EMPLOYERS, [*FIRM[:4], "李四", *FIRM[5:]])
    firm = Employer.objects.get()
    assert firm.contact == "李四"


def test_a_wrong_code_stays_behind_with_the_reason(station):
    batch = take(
        station,
        "employers",
        [*EMPLOYERS, "统一社会信用代码"],
        [*FIRM, "91350100M000100Y44"],
        ["乙公司", *FIRM[1:3], "99", *FIRM[4:], ""],
    )
    assert [one.name for one in Employer.objects.all()] == ["乙公司"]
    assert batch.rows.get(status="error").notes[0]["code"] == "code_invalid"


def test_outlets_of_residents_and_of_firms(station):
    take(station, "employers", EMPLOYERS, FIRM)
    batch = take(
        station, "outlets", OUTLETS,
        ["刘桂芳便民店", "便民店", "刘桂芳", OWNER, "2006.4.1", "减免费用、协助办照", 3, "station"],
        ["社区家政点", "家政托管", "石门顺达物业公司", "", "2005年6月", "", 5, ""],
        ["无主的店", "修理", "", "", "2006.4.1", "", 1, ""],
        ["谁的店", "修理", "无此人", "", "2006.4.1", "", 1, ""],
    )  # fmt: skip
    assert Outlet.objects.get(name="谁的店").owner == "无此人", "an owner nobody knows is kept by name"
    own, firms = Outlet.objects.filter(owner="").order_by("-opened_on")
    assert (own.resident.name, own.trade, own.help, own.jobs) == ("刘桂芳", "shop", ["fees", "licence"], 3)
    assert (firms.employer.name, firms.trade, firms.opened_precision) == ("石门顺达物业公司", "household", 2)
    assert own.carrier.username == "station"
    assert batch.rows.get(status="error").notes[0]["code"] == "owner_unknown"
    take(
        station,
        "outlets",
        OUTLETS,
        ["刘桂芳便民店", "便民店", "刘桂芳", OWNER, "2006.4.1", "减免费用、协助办照", 4, ""],
    )
    assert sorted(Outlet.objects.values_list("jobs", flat=True)) == [1, 4, 5]


def test_bases_arrive_recognised_and_leave_with_the_undo(station):
    take(station, "employers", EMPLOYERS, FIRM)
    batch = take(
        station,
        "bases",
        BASES,
        ["石门顺达物业公司", "2005.5.8", 60, 20, 30, 2, ""],
        ["无此单位", "2005.5.8", 60, 20, 30, 2, ""],
    )
    base = Base.objects.get()
    assert (base.stage, base.recognised_on, base.staff, base.due_on) == (
        "recognised",
        date(2005, 5, 8),
        60,
        date(2006, 5, 8),
    )
    assert batch.rows.get(status="error").notes[0]["code"] == "link_unknown"
    take(station, "bases", BASES, ["石门顺达物业公司", "2005.5.8", 60, 20, 30, 2, ""])
    assert Base.objects.count() == 1
    assert station.post(f"/import/{batch.pk}/undo").status_code == 302
    assert not Base.objects.exists()
