"""A ledger that is only declared takes Excel in: from a roster in either language, and from its own export."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from ledger_world import HERE, NEXT
from test_how_to import declared  # noqa: F401
from test_import_pages import batch_of, go, merged, upload

pytestmark = pytest.mark.django_db


def roster(head: list[str], *rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture
def retired(declared):  # noqa: F811
    return declared.RetiredResident


HEAD = ["Name", "Phone", "Birth date", "Former unit", "Retired on", "Need", "Region"]
ROWS = (
    ["周退休", "139 0311 1111", "1941.3", "棉纺一厂", "2001.5.1", "Lives alone", "阜康社区"],
    ["吴健", "", "1939", "", "1999-02-03", "ill", ""],
)


def take(client, data: bytes, name="retired.csv", **kwargs):
    return batch_of(merged(client, data, name=name, kind="retired", **kwargs))


def export(client) -> bytes:
    return b"".join(client.post("/l/retired/export?tab=all", {"columns": "all"}).streaming_content)


def test_the_page_and_the_list_offer_it(retired, station):
    assert 'value="retired"' in station.get("/import/").content.decode()
    assert "/import/?as=retired" in station.get("/l/retired/").content.decode()


def test_a_roster_becomes_records_with_the_defaults_of_the_model(retired, station):
    batch = take(station, roster(HEAD, *ROWS))
    assert (batch.stage, batch.counts.get("act_insert")) == ("done", 2), [
        row.notes for row in batch.rows.all()
    ]
    first, second = retired.objects.order_by("id")
    assert (first.name, first.phone, first.need, first.retired_on) == (
        "周退休",
        "13903111111",
        "alone",
        date(2001, 5, 1),
    )
    assert (first.birth_date, first.birth_precision) == (date(1941, 3, 1), 2)
    assert (second.birth_precision, second.need, second.region_id) == (1, "ill", HERE)


def test_its_own_export_changes_nothing(retired, station):
    take(station, roster(HEAD, *ROWS))
    batch = batch_of(go(station, export(station), name="out.xlsx", kind="retired"))
    assert batch.counts == {"ready": 2, "act_same": 2}, [(row.notes, row.values) for row in batch.rows.all()]


def test_an_edited_export_changes_its_records_even_their_names(retired, station):
    import openpyxl

    take(station, roster(HEAD, *ROWS))
    book = openpyxl.load_workbook(io.BytesIO(export(station)))
    sheet = book.worksheets[0]
    names = {cell.value: cell.column for cell in sheet[3]}
    column = next(at for name, at in names.items() if sheet.cell(4, at).value in ("周退休", "吴健"))
    for row in (4, 5):
        if sheet.cell(row, column).value == "周退休":
            sheet.cell(row, column).value = "周离休"
    out = io.BytesIO()
    book.save(out)
    batch = take(station, out.getvalue(), name="edited.xlsx")
    assert (batch.counts.get("act_update"), batch.counts.get("act_same")) == (1, 1)
    assert {one.name for one in retired.objects.all()} == {"周离休", "吴健"}
    station.post(f"/import/{batch.pk}/undo")
    assert {one.name for one in retired.objects.all()} == {"周退休", "吴健"}


def test_the_same_roster_twice_makes_nobody_twice(retired, station):
    take(station, roster(HEAD, *ROWS))
    again = take(station, roster(HEAD, *ROWS))
    assert again.counts.get("act_same") == 2 and retired.objects.count() == 2


def test_a_record_of_another_community_is_not_reached_by_its_number(retired, station):
    far = retired.objects.create(region_id=NEXT, name="远处", retired_on=date(2000, 1, 1))
    take(station, roster(["Record number", *HEAD], [str(far.pk), *ROWS[0]]))
    far.refresh_from_db()
    assert far.name == "远处" and retired.objects.count() == 2


def test_a_row_without_what_the_model_needs_is_an_error(retired, station):
    batch = batch_of(
        go(station, roster(HEAD, ["周退休", "", "", "", "", "", ""], ROWS[1]), kind="retired", name="a.csv")
    )
    assert batch.counts.get("error") == 1 and batch.counts.get("ready", 0) + batch.counts.get("fixed", 0) == 1


def test_choices_read_in_words(retired, station):
    page = go(station, roster(HEAD, *ROWS), kind="retired", name="a.csv").content.decode()
    assert "Lives alone" in page and ">alone<" not in page


def test_a_ledger_nobody_types_into_is_not_offered(retired, station):
    assert 'value="training-wishes"' not in station.get("/import/").content.decode()
    response = upload(station, b"x", kind="training-wishes")
    assert response.status_code == 200 and response.context.get("batch") is None
