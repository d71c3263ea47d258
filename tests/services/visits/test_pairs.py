"""Helpers and those they help: named in a file, ended with what was achieved, in and out by workbook."""

from __future__ import annotations

import io
from datetime import date

import case_world as world
import openpyxl
import pytest
from ledger_world import id_number
from test_import_pages import batch_of, merged, roster

from qiao.core.indicators import registry
from qiao.core.indicators.windows import Window
from qiao.services.people import zero_employment
from qiao.services.visits.models import HelperPair

SAID = {
    "helper": "王建国",
    "helper_kind": "leader",
    "helper_unit": "街道办事处主任",
    "helper_phone": "13903110000",
    "since": "2006-07-01",
    "plan": "推荐保洁岗位",
    "achieved": "",
}
HEAD = [
    "姓名",
    "身份证号",
    "帮扶人",
    "帮扶人类别",
    "结对日期",
    "帮扶计划",
    "帮扶成效",
    "结束日期",
    "结束原因",
]
A = id_number("19620305", 2)


def test_a_helper_is_named_corrected_and_help_ends_with_what_was_achieved(someone, at):
    station = at("station")
    assert (
        f"/visits/helpers/new?resident={someone.pk}"
        in station.get(f"/l/residents/{someone.pk}/").content.decode()
    )
    answer = station.post(f"/visits/helpers/new?resident={someone.pk}", SAID)
    pair = HelperPair.objects.get()
    assert answer.url == f"/l/pairs/{pair.pk}/"
    station.post(f"/visits/helpers/{pair.pk}", SAID | {"plan": "推荐护工岗位"})
    assert "推荐护工岗位" in station.get(f"/l/residents/{someone.pk}/").content.decode()
    act = f"/l/pairs/{pair.pk}/act"
    early = {
        "action": "end",
        "confirmed": "1",
        "on": "2006-06-01",
        "reason": "stable_work",
        "achieved": "上岗",
    }
    for wrong in ({"achieved": ""}, {"on": "2006-09-01"}, {"on": "2006-06-01"}):
        station.post(act, early | {"on": "2006-08-30"} | wrong)
        pair.refresh_from_db()
        assert pair.ended_on is None, wrong
    station.post(act, early | {"on": "2006-08-30"})
    pair.refresh_from_db()
    assert (pair.ended_on, pair.end_reason, pair.achieved) == (date(2006, 8, 30), "stable_work", "上岗")


@pytest.mark.parametrize("wrong", [{"helper": ""}, {"since": "2006-09-01"}, {"helper_kind": "x"}])
def test_what_cannot_be_is_refused(someone, at, wrong):
    answer = at("station").post(f"/visits/helpers/new?resident={someone.pk}", SAID | wrong)
    assert answer.status_code == 422 and not HelperPair.objects.exists()


def test_the_same_helper_twice_and_strangers_are_refused(someone, at):
    door = f"/visits/helpers/new?resident={someone.pk}"
    station = at("station")
    station.post(door, SAID)
    again = station.post(door, SAID)
    assert again.status_code == 422 and "helps this person already" in again.content.decode()
    pair = HelperPair.objects.get()
    assert at("stranger").post(door, SAID).status_code == 404
    assert at("stranger").get(f"/visits/helpers/{pair.pk}").status_code == 404
    assert at("leader").get(door).status_code == 403


@pytest.fixture
def registered(staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    who = world.person()
    who.id_number, who.id_kind = A, "resident"
    who.save()
    return who


def test_the_book_goes_in_is_corrected_goes_out_and_is_undone(registered, at):
    station = at("station")
    row = ["刘桂芳", A, "王建国", "领导干部", "2006.7.1", "推荐保洁岗位", "", "", ""]
    first = batch_of(merged(station, roster(row, head=HEAD), kind="pairs"))
    assert first.stage == "done", first.counts
    pair = HelperPair.objects.get()
    assert (pair.resident, pair.helper_kind, pair.since) == (registered, "leader", date(2006, 7, 1))
    row[6:] = ["已上岗", "2006.8.20", "稳定就业"]
    second = batch_of(merged(station, roster(row, head=HEAD), kind="pairs"))
    pair.refresh_from_db()
    assert (pair.achieved, pair.ended_on, pair.end_reason) == ("已上岗", date(2006, 8, 20), "stable_work")
    assert HelperPair.objects.count() == 1
    out = station.post("/l/pairs/export?tab=all", {"columns": "all", "personal": "on", "reason": "report"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(out.streaming_content)))
    cells = [str(cell.value) for line in book.worksheets[0] for cell in line]
    assert {"王建国", "已上岗", A} <= set(cells)
    station.post(f"/import/{second.pk}/undo")
    pair.refresh_from_db()
    assert (pair.achieved, pair.ended_on) == ("", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({7: "2006.8.20"}, "end_incomplete"),
        ({8: "稳定就业"}, "end_incomplete"),
        ({7: "2006.6.20", 8: "稳定就业"}, "ends_before"),
        ({1: id_number("19801231", 5)}, "nobody_found"),
        ({2: ""}, "missing"),
    ],
)
def test_a_row_that_cannot_be_waits_to_be_fixed(registered, at, change, code):
    row = ["刘桂芳", A, "王建国", "", "2006.7.1", "", "", "", ""]
    row = [change.get(place, cell) for place, cell in enumerate(row)]
    batch = batch_of(merged(at("station"), roster(row, head=HEAD), kind="pairs"))
    assert code in [note["code"] for note in batch.rows.get(status="error").notes]
    assert not HelperPair.objects.exists()


def test_the_same_pair_twice_in_one_file_waits(registered, at):
    rows = [["刘桂芳", A, "王建国", "", day, "", "", "", ""] for day in ("2006.7.1", "2006.7.5")]
    batch = batch_of(merged(at("station"), roster(*rows, head=HEAD), kind="pairs"))
    assert HelperPair.objects.count() == 1
    assert batch.rows.filter(status="error").exists()


def test_the_share_of_households_with_a_helper(staff):
    month = Window(date(2006, 8, 1), date(2006, 9, 1), world.TODAY)
    homes = []
    for name in ("刘桂芳", "王强", "李一人"):
        who = world.person(name)
        world.out_of_work(who, date(2006, 5, 1))
        homes.append(world.family(who))
    zero_employment.sweep(world.DISTRICT, date(2006, 7, 1))
    HelperPair.objects.create(region_id=world.HERE, household=homes[0], helper="甲", since=date(2006, 7, 1))
    HelperPair.objects.create(
        region_id=world.HERE, resident=homes[1].head, helper="乙", since=date(2006, 7, 1)
    )
    HelperPair.objects.create(
        region_id=world.HERE,
        household=homes[2],
        helper="丙",
        since=date(2006, 7, 1),
        ended_on=date(2006, 8, 1),
        end_reason="declined",
    )
    rate = registry.get("zero_helped_rate")
    assert (rate.numerator.rows(month).count(), rate.denominator.rows(month).count()) == (2, 3)
