# ruff: noqa: DTZ001
"""Files as they arrive: every form that is read, and a plain sentence for every one that is not."""

import contextlib
import io
import random
import re
import zipfile
from datetime import date, datetime

import msoffcrypto
import pytest
import xlsxwriter
import xlwt
from corpus import BASIC_HEAD, TITLE, layouts
from roster_people import person

from qiao.core.intake import Unreadable, read_workbook
from qiao.core.intake.messages import FILES
from qiao.core.intake.reading import binary, markup

CORPUS = {layout.name: layout for layout in layouts()}


def xlsx(fill=None, **options) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("名单")
    (fill or (lambda s, b: s.write_row(0, 0, BASIC_HEAD)))(sheet, book)
    book.close()
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def locked(password: str) -> bytes:
    out = io.BytesIO()
    from msoffcrypto.format.ooxml import OOXMLFile

    OOXMLFile(io.BytesIO(xlsx())).encrypt(password, out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (120 * 2**20))
    return out.getvalue()


def far_corner() -> bytes:
    return xlsx(lambda sheet, book: (sheet.write(0, 0, "a"), sheet.write(1_048_575, 16_383, "z")))


def truncated() -> bytes:
    data = xlsx()
    return data[: len(data) // 2]


def lying_zip() -> bytes:
    """Declares a part smaller than it unpacks to."""
    data = zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b"<c/>" * 5000)
    size = (20_000).to_bytes(4, "little")
    return data.replace(size, (100).to_bytes(4, "little"))


BAD = [
    ("empty_file", "a.xlsx", b""),
    ("empty_file", "a.csv", b"\xef\xbb\xbf\r\n \r\n"),
    ("empty_table", "a.xlsx", xlsx(lambda sheet, book: None)),
    ("encrypted", "a.xlsx", locked("secret")),
    ("zip_bomb", "a.xlsx", bomb()),
    ("too_many_cells", "a.xlsx", far_corner()),
    ("too_many_cells", "a.csv", b"a" + b"," * 6_100_000),
    ("corrupted", "a.xlsx", truncated()),
    ("corrupted", "a.xlsx", lying_zip()),
    ("corrupted", "a.xlsx", zipped(xl__workbook_xml=b"not xml at all")),
    ("corrupted", "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(2000)),
    ("old_excel", "a.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 100),
    ("archive", "a.xlsx", zipped(roster_xml=b"x")),
    ("archive", "a.xls", b"Rar!\x1a\x07\x00" + b"x" * 50),
    ("not_a_table", "a.xlsx", zipped(word__document_xml=b"<x/>")),
    ("not_a_table", "名册.xls", b"%PDF-1.4 ..."),
    ("not_a_table", "名册.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 60),
    ("not_a_table", "名册.csv", b"\xff\xd8\xff\xe0" + b"x" * 60),
    ("not_a_table", "a.xls", b"<html><body>404 Not Found</body></html>"),
    ("not_a_table", "a.csv", b'<?xml version="1.0"?><svg/>'),
    ("binary", "a.csv", random.Random(2).randbytes(5000)),
    ("binary", "a.csv", b"\x00\x01\x02\x03" * 500),
]


@pytest.mark.parametrize(("code", "name", "data"), BAD, ids=[f"{b[0]}-{n}" for n, b in enumerate(BAD)])
def test_what_cannot_be_read_is_said_plainly(code, name, data):
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, name)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_a_file_over_the_limit_is_refused_before_reading(monkeypatch):
    monkeypatch.setattr("qiao.core.intake.reading.MAX_BYTES", 10)
    with pytest.raises(Unreadable, match="Split it"):
        read_workbook(b"x" * 11, "a.csv")


def test_every_message_has_a_case():
    assert {code for code, _, _ in BAD} | {"too_large"} == set(FILES)


def test_damaged_workbooks_never_raise_anything_else():
    chance = random.Random(3)
    for source in (CORPUS["plain xlsx"].data, CORPUS["plain xls"].data, locked("VelvetSweatshop")):
        for _ in range(15):
            data = bytearray(source)
            for _ in range(chance.randint(1, 30)):
                data[chance.randrange(8, len(data))] = chance.randrange(256)
            with contextlib.suppress(Unreadable):
                read_workbook(bytes(data), "a.xlsx")


def test_a_silent_password_does_not_keep_us_out():
    assert read_workbook(locked("VelvetSweatshop"), "a.xlsx").sheets[0].rows[0] == BASIC_HEAD
    assert msoffcrypto.OfficeFile(io.BytesIO(locked("VelvetSweatshop"))).is_encrypted()


def test_the_bytes_decide_not_the_name():
    data = CORPUS["plain xlsx"].data
    for name in ("a.csv", "a.xls", "a.txt", "名册"):
        assert read_workbook(data, name).form == "xlsx"
    assert read_workbook(CORPUS["GB 18030 CSV"].data, "a.xlsx").form == "csv"


@pytest.mark.parametrize(
    ("layout", "encoding"),
    [
        ("GB 18030 CSV", "gb18030"),
        ("UTF-16 CSV", "utf-16"),
        ("UTF-16 without mark", "utf-16-le"),
        ("UTF-8 CSV with mark", "utf-8-sig"),
    ],
)
def test_encodings_are_told(layout, encoding):
    assert read_workbook(CORPUS[layout].data, "a.csv").encoding == encoding


def test_big5():
    text = "姓名,性別,身份證號碼,聯繫電話\n劉芳,女,130103196203050026,13903111111\n陳國華,男,130103196203050034,13903111112\n"
    workbook = read_workbook(text.encode("big5"), "a.csv")
    assert workbook.encoding == "big5hkscs"
    assert workbook.sheets[0].rows[1][0] == "劉芳"


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimiters(mark):
    text = f"姓名{mark}电话\n刘芳{mark}13903111111\n"
    assert read_workbook(text.encode(), "a.csv").sheets[0].rows == [["姓名", "电话"], ["刘芳", "13903111111"]]


def test_cells_keep_their_place_and_kind():
    def fill(sheet, book):
        sheet.write_string(2, 3, TITLE)
        sheet.write_number(3, 3, 13903111111)
        sheet.write_datetime(4, 3, datetime(1962, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_boolean(5, 3, True)
        sheet.write_formula(6, 3, "=1+1", None, 2)

    rows = read_workbook(xlsx(fill), "a.xlsx").sheets[0].rows
    assert rows[2][3] == TITLE
    assert [row[3] for row in rows[3:7]] == [13903111111.0, date(1962, 3, 5), True, 2.0]
    assert rows[0] == [None] * 4


def test_what_is_hidden_is_told():
    def fill(sheet, book):
        for row in range(3):
            sheet.write_row(row, 0, ["a", "b", "c"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        book.add_worksheet("字典").write(0, 0, "x")
        book.get_worksheet_by_name("字典").hide()

    sheets = read_workbook(xlsx(fill), "a.xlsx").sheets
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns) == ({1}, {2})
    assert [sheet.hidden for sheet in sheets] == [False, True]


def test_what_is_hidden_is_told_of_old_workbooks_too():
    book = xlwt.Workbook()
    for name in ("名单", "Sheet2"):
        sheet = book.add_sheet(name)
        for row in range(3):
            for column in range(3):
                sheet.write(row, column, "a")
    book.get_sheet(0).row(1).hidden = True
    book.get_sheet(0).col(2).hidden = True
    out = io.BytesIO()
    book.save(out)
    first, second = read_workbook(out.getvalue(), "a.xls").sheets
    assert (first.hidden_rows, first.hidden_columns) == ({1}, {2})
    assert (second.hidden_rows, second.hidden_columns) == (frozenset(), frozenset())


def test_hidden_rows_stay_with_their_sheet_when_sheets_were_moved():
    def fill(sheet, book):
        sheet.write(0, 0, "a")
        second = book.add_worksheet("乙")
        second.write(0, 0, "b")
        second.set_row(0, None, None, {"hidden": True})

    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(fill))) as old, zipfile.ZipFile(moved, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/workbook.xml":
                first, second = re.findall(rb"<sheet [^>]*/>", data)
                data = data.replace(first + second, second + first)
            new.writestr(part, data)
    sheets = read_workbook(moved.getvalue(), "a.xlsx").sheets
    assert [(sheet.name, sheet.hidden_rows) for sheet in sheets] == [("乙", {0}), ("名单", frozenset())]


def test_html_spans_become_merges_and_cannot_explode(monkeypatch):
    page = b"<table><tr><td colspan=2>A</td></tr><tr><td>1</td><td>2</td></tr></table>"
    sheet = read_workbook(page, "a.xls").sheets[0]
    assert [(m.top, m.left, m.bottom, m.right) for m in sheet.merges] == [(0, 0, 0, 1)]
    monkeypatch.setattr(markup, "_CELL_LIMIT", 100_000)
    huge = (
        b"<table><tr>"
        + b"<td colspan=999999 rowspan=999999>x</td>" * 50
        + b"</tr>"
        + b"<tr><td>y</td></tr>" * 100
        + b"</table>"
    )
    with pytest.raises(Unreadable, match="far too large"):
        read_workbook(huge, "a.xls")


def test_macros_are_read_past():
    data = io.BytesIO(xlsx())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen")
    assert read_workbook(data.getvalue(), "a.xlsm").sheets[0].rows == [BASIC_HEAD]


def test_limits_are_measured_before_reading(monkeypatch):
    monkeypatch.setattr(binary, "MAX_UNPACKED", 1000)
    with pytest.raises(Unreadable):
        read_workbook(
            xlsx(lambda s, b: [s.write_row(r, 0, [str(v) for v in person(r).values()]) for r in range(50)]),
            "a.xlsx",
        )
