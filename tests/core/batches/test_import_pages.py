"""Rosters through the pages: four steps, decisions, undo, and what must never happen."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ledger_world import HERE, NEXT, id_number

pytestmark = pytest.mark.django_db

HEAD = ["姓名", "身份证号", "人员类别", "联系电话", "就业状态", "失业时间", "有无就业愿望"]
A, B, C = id_number("19620305", 2), id_number("19700101", 1), id_number("19801231", 5)


def roster(*rows: list[str], head: list[str] = HEAD, title: str = "某某社区花名册") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[title], head, *rows])
    return out.getvalue().encode("gb18030")


GOOD = roster(
    ["刘 桂芳", A, "下岗", "139 0311 1111", "失业", "2005.3", "有"],
    ["王强", B, "下岗失业", "13903112222", "就业", "", "有"],
)


def upload(client, data: bytes, name: str = "花名册.csv", region: int = HERE, kind: str = "residents"):
    file = SimpleUploadedFile(name, data)
    return client.post("/import/", {"as": kind, "region": region, "file": file}, follow=True)


def batch_of(response):
    return response.context["batch"]


def go(client, data: bytes, **kwargs):
    """Through the columns to the check."""
    batch = batch_of(upload(client, data, **kwargs))
    form = {f"sheet-{n}": "1" for n, reading in enumerate(batch.readings) if reading["chosen"]}
    return client.post(f"/import/{batch.pk}/columns", form, follow=True)


def merged(client, data: bytes, **kwargs):
    batch = batch_of(go(client, data, **kwargs))
    return client.post(f"/import/{batch.pk}/merge", follow=True)


def people(**filters):
    from qiao.services.people.models import Resident

    return list(Resident.objects.filter(**filters).order_by("id"))


def test_a_clean_roster_takes_four_steps(station):
    assert station.get("/import/").status_code == 200
    columns = upload(station, GOOD)
    assert "batches/columns.html" in [template.name for template in columns.templates]
    check = go(station, GOOD)
    assert check.context["preview"].ready == 2
    assert people() == []
    done = station.post(f"/import/{batch_of(check).pk}/merge", follow=True)
    assert batch_of(done).stage == "done"
    first, second = people()
    assert (first.name, first.id_number, first.phone, first.kind) == ("刘桂芳", A, "13903111111", "laid_off")
    assert (first.sex, first.state, str(first.state_since), first.willing) == (
        "F",
        "unemployed",
        "2005-03-01",
        True,
    )
    assert second.state == "employed" and second.region_id == HERE


def test_a_wish_brings_its_occupation_code_and_the_clerks_code_stays(station):
    rows = [["刘桂芳", A, "下岗", "13903111111", "失业", "2005.3", "有", "保安"],
            ["王强", B, "下岗", "13903112222", "失业", "2005.3", "有", "随便"]]  # fmt: skip
    data = roster(*rows, head=[*HEAD, "求职意向"])
    merged(station, data)
    sure, unsure = people()
    assert (sure.wish_occupation_code, unsure.wish_occupation_code) == ("4-07-05-01", "")
    type(sure).objects.filter(pk=sure.pk).update(wish_occupation_code="4-07-05-02")
    rows[0][3] = "13903111119"
    merged(station, roster(*rows, head=[*HEAD, "求职意向"]))
    sure.refresh_from_db()
    assert (sure.phone, sure.wish_occupation_code) == ("13903111119", "4-07-05-02")


def test_the_same_roster_again_changes_nothing(station):
    merged(station, GOOD)
    from qiao.services.people.models import Resident

    before = list(Resident.objects.values())
    again = go(station, GOOD)
    assert batch_of(again).counts["act_same"] == 2
    station.post(f"/import/{batch_of(again).pk}/merge")
    assert list(Resident.objects.values()) == before


def test_a_change_is_shown_before_it_is_made_and_can_be_taken_back(station):
    merged(station, GOOD)
    changed = roster(["刘桂芳", A, "下岗", "13900009999", "失业", "2005.3", "有"])
    check = go(station, changed)
    assert "13900009999" in check.content.decode() and "13903111111" in check.content.decode()
    done = station.post(f"/import/{batch_of(check).pk}/merge", follow=True)
    assert people(phone="13900009999")
    station.post(f"/import/{batch_of(done).pk}/undo")
    assert people(phone="13903111111") and not people(phone="13900009999")


def test_undo_leaves_what_somebody_changed_since(station):
    batch = batch_of(merged(station, GOOD))
    touched = people()[0]
    touched.address = "建安路1号"
    touched.save()
    station.post(f"/import/{batch.pk}/undo")
    assert [one.name for one in people()] == ["刘桂芳"]
    batch.refresh_from_db()
    assert batch.stage == "undone" and batch.counts["stayed"] == 1


def test_bad_rows_stay_and_go_in_when_they_are_put_right(station):
    wrong = A[:-1] + ("0" if A[-1] != "0" else "1")
    check = go(
        station,
        roster(["刘桂芳", wrong, "下岗", "", "失业", "2005", "有"], ["王强", B, "下岗", "", "", "", ""]),
    )
    batch = batch_of(check)
    station.post(f"/import/{batch.pk}/merge")
    assert [one.name for one in people()] == ["王强"]
    row = batch.rows.get(status="error")
    station.post(f"/import/{batch.pk}/fix", {"row": row.pk, "field": "id_number", "text": A})
    batch.refresh_from_db()
    assert batch.counts.get("error", 0) == 0
    station.post(f"/import/{batch.pk}/merge")
    assert [one.name for one in people()] == ["王强", "刘桂芳"]


def test_one_word_is_explained_once_for_all_equal_values_and_remembered(station):
    odd = roster(["刘桂芳", A, "协保买断", "", "", "", ""], ["王强", B, "协保买断", "", "", "", ""])
    check = go(station, odd)
    batch = batch_of(check)
    assert [value["read"] for value in check.context["preview"].odd_values] == ["协保买断"]
    fix = {"field": "kind", "read": "协保买断", "everywhere": "1", "text": "laid_off"}
    station.post(f"/import/{batch.pk}/fix", fix)
    station.post(f"/import/{batch.pk}/merge")
    assert {one.kind for one in people()} == {"laid_off"}
    again = go(station, roster(["李四", C, "协保买断", "", "", "", ""]))
    assert again.context["preview"].odd_values == []


def test_rows_to_confirm_are_accepted_or_left_out(station):
    twice = roster(
        ["刘桂芳", A, "下岗", "", "", "", ""],
        ["刘桂芳", A, "下岗", "", "", "", ""],
        ["王五;", C, "", "", "", "", ""],
    )
    batch = batch_of(go(station, twice))
    row = batch.rows.filter(status="confirm").first()
    assert row is not None
    station.post(f"/import/{batch.pk}/decide", {"row": [row.pk], "action": "leave_out"})
    row.refresh_from_db()
    assert row.status == "skipped"
    station.post(f"/import/{batch.pk}/merge")
    assert len([one for one in people() if one.name == "刘桂芳"]) == 1


def test_a_person_of_another_community_is_proposed_for_transfer(station, office):
    from qiao.services.people.models import Transfer

    merged(office, GOOD, region=NEXT)
    check = go(station, GOOD)
    batch = batch_of(check)
    assert batch.counts["confirm"] == 2
    station.post(f"/import/{batch.pk}/decide", {"action": "accept_all", "code": "known_elsewhere"})
    station.post(f"/import/{batch.pk}/merge")
    assert {one.region_id for one in people()} == {NEXT}
    assert Transfer.objects.filter(to_region=HERE).count() == 2


def test_becoming_unwilling_in_a_roster_only_asks(station):
    from qiao.services.people.models import WillingnessChange

    merged(station, GOOD)
    merged(station, roster(["刘桂芳", A, "下岗", "", "失业", "2005.3", "无"]))
    assert people(name="刘桂芳")[0].willing is True
    assert WillingnessChange.objects.get().what == "unwilling"


def test_rows_of_other_regions_are_refused(station):
    elsewhere = roster(["刘桂芳", A, "长征社区"], head=["姓名", "身份证号", "社区"])
    check = go(station, elsewhere)
    assert batch_of(check).counts == {"error": 1}
    assert "长征社区" in check.content.decode()
    assert people() == []


def test_another_office_finds_nothing_of_a_batch(station, stranger):
    batch = batch_of(merged(station, GOOD))
    for path in ("", "progress", "errors.xlsx", "original"):
        assert stranger.get(f"/import/{batch.pk}/{path}").status_code == 404
    for path in ("columns", "merge", "undo", "fix", "decide", "header", "back"):
        assert stranger.post(f"/import/{batch.pk}/{path}").status_code == 404
    assert batch.pk not in [one.pk for one in stranger.get("/import/").context["batches"]]


def test_importing_outside_ones_area_is_refused(station):
    response = upload(station, GOOD, region=NEXT)
    assert "batch" not in response.context or response.context.get("batch") is None
    from qiao.core.batches.models import ImportBatch

    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.xlsx", b""),
        ("noise.xlsx", bytes(range(256)) * 40),
        ("picture.xls", b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        ("paper.xlsx", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        ("cut.xlsx", b"PK\x03\x04" + b"\0" * 200),
        ("binary.csv", b"\0\1\2\3" * 500),
    ],
)
def test_a_file_that_is_no_roster_is_answered_in_words(station, name, data):
    response = upload(station, data, name=name)
    assert response.status_code == 200
    text = response.content.decode()
    assert "alert" in text or "q-toast" in text
    assert people() == []


def test_a_full_disk_is_answered_in_words(station, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    response = upload(station, GOOD)
    assert response.status_code == 200 and "No space left" in response.content.decode()
    from qiao.core.batches.models import SourceFile

    assert not SourceFile.objects.exists()


def test_a_file_altered_on_disk_is_not_imported(station):
    batch = batch_of(upload(station, GOOD))
    Path(batch.file.path).write_bytes(GOOD.replace(b"139", b"138"))
    station.post(f"/import/{batch.pk}/columns", {"sheet-0": "1"})
    response = station.post(f"/import/{batch.pk}/merge", follow=True)
    assert response.status_code == 200
    assert people() == []


def test_the_header_can_be_pointed_at(station):
    strange = "甲,乙\n说明,说明\n列一,列二\n刘桂芳," + A + "\n"
    page = upload(station, strange.encode(), name="strange.csv")
    batch = batch_of(page)
    assert page.context["samples"] or batch.readings[0]["columns"]
    station.post(f"/import/{batch.pk}/header", {"sheet": "0", "top": "3", "bottom": "3"})
    form = {"sheet-0": "1", "column-0-0": "name", "column-0-1": "id_number"}
    station.post(f"/import/{batch.pk}/columns", form)
    station.post(f"/import/{batch.pk}/merge")
    assert [one.id_number for one in people()] == [A]


def test_bad_rows_come_back_as_the_original_sheet_with_comments(station):
    from qiao.core.intake import read_workbook

    wrong = A[:-1] + ("0" if A[-1] != "0" else "1")
    batch = batch_of(
        go(station, roster(["刘桂芳", wrong, "下岗", "", "", "", ""], ["王强", B, "", "", "", "", ""]))
    )
    book = read_workbook(station.get(f"/import/{batch.pk}/errors.xlsx").content, "errors.xlsx")
    rows = book.sheets[0].rows
    assert rows[0][0] == "某某社区花名册" and rows[1][:2] == HEAD[:2]
    assert len(rows) == 3 and rows[2][0] == "刘桂芳" and rows[2][len(HEAD)]


def test_taking_the_original_is_logged(station):
    from qiao.core.accounts.models import Disclosure

    batch = batch_of(merged(station, GOOD))
    response = station.get(f"/import/{batch.pk}/original")
    assert b"".join(response.streaming_content) == GOOD
    assert Disclosure.objects.filter(ledger="imports", record_id=batch.pk).count() == 1
