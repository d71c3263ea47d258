"""The workbook: what stands in it, for whom, and that reading it again gives the same people."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from ledger_world import HERE, NAMES, TODAY

from qiao.core.accounts.models import Disclosure
from qiao.core.intake import Context, clean, read_workbook, survey
from qiao.services.people.importers import vocabulary
from qiao.services.people.models import Resident

pytestmark = pytest.mark.django_db
DOOR = "/l/residents/export?tab=all"
WHY = {"columns": "all", "personal": "on", "reason": "report"}


def taken(response) -> bytes:
    assert response.status_code == 200, getattr(response, "context", None)
    return b"".join(response.streaming_content)


def sheet_of(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_numbers_leave_only_for_a_reason_that_is_written_down(station, people):
    number = people["first"].id_number
    bare = taken(station.post(DOOR, {"columns": "all"}))
    assert (
        number not in str([[cell.value for cell in row] for row in sheet_of(bare)])
        and not Disclosure.objects.exists()
    )
    assert station.post(DOOR, WHY | {"reason": ""}).status_code == 422
    whole = sheet_of(taken(station.post(DOOR, WHY)))
    assert number in {cell.value for row in whole for cell in row}
    assert Disclosure.objects.get().why


def test_the_form_asks_for_a_reason_only_with_the_numbers(station, people):
    assert not station.get(DOOR).context["form"]["reason"].build_widget_attrs({}).get("required")
    assert station.post(DOOR, {"columns": "all", "reason": ""}).status_code == 200


def test_holds_the_list_as_it_is_narrowed(station, people):
    sheet = sheet_of(taken(station.post(DOOR + "&sex=M", {"columns": "listed"})))
    assert [row[1].value for row in sheet.iter_rows(min_row=4)] == ["王小明"]


def test_formulas_in_names_stay_text(station, people):
    Resident.objects.filter(pk=people["third"].pk).update(note='=HYPERLINK("http://x","y")', address="+1@x")
    sheet = sheet_of(taken(station.post(DOOR, {"columns": "all"})))
    cells = [
        cell
        for row in sheet.iter_rows(min_row=4)
        for cell in row
        if cell.value in ('=HYPERLINK("http://x","y")', "+1@x")
    ]
    assert len(cells) == 2 and all(cell.data_type != "f" and cell.quotePrefix for cell in cells)


def test_looks_like_the_forms_people_know(station, people):
    data = taken(station.get("/l/residents/template.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet[3] if cell.value}
    assert (
        colours["姓名"] == "FFB42318" and sheet.freeze_panes == "C4" and sheet.column_dimensions["A"].hidden
    )
    assert len(sheet.data_validations.dataValidation) > 8
    assert book.worksheets[1].print_title_rows and book.worksheets[2].sheet_state == "hidden"


def test_read_again_it_gives_the_same_people(station, people):
    Resident.objects.filter(pk=people["first"].pk).update(
        graduated_on=date(1981, 7, 1), graduated_precision=2, party="member", hukou_kind="urban", marital="married",
        health="fair", address="建安路5号", skill="缝纫", willing=True, ethnicity="汉族", disability="", note="-",
    )  # fmt: skip
    data = taken(station.post(DOOR, WHY))
    workbook = read_workbook(data, "export.xlsx")
    words = vocabulary()
    readings = list(survey(workbook, words))
    usable = [
        (sheet, reading) for sheet, reading in zip(workbook.sheets, readings, strict=True) if reading.usable
    ]
    assert len(usable) == 1
    sheet, reading = usable[0]
    places = {"community": {NAMES[HERE]: HERE}}
    rows = list(clean(sheet, reading, words, Context(as_of=TODAY, places=places)))
    found = {row.values["name"]: row.values for row in rows if row.status != "skipped"}
    assert set(found) == {"刘桂芳", "王小明", "赵敏"}
    made = found["刘桂芳"]
    assert made["id_number"] == people["first"].id_number and made["phone"] == "13903111111"
    assert (made["sex"], made["education"], made["party"], made["hukou_kind"]) == (
        "female",
        "junior",
        "member",
        "urban",
    )
    assert (made["marital"], made["health"], made["kind"], made["state"]) == (
        "married",
        "fair",
        "laid_off",
        "unemployed",
    )
    assert str(made["graduated"]) == "1981-07" and made["address"] == "建安路5号" and made["willing"] is True


def test_writes_a_hundred_rows_as_it_writes_one(station, people):
    from ledger_world import person

    for number in range(100):
        person(f"周{number}", HERE)
    assert sheet_of(taken(station.post(DOOR, {"columns": "listed"}))).max_row == 106
