"""A ledger as a workbook that can be imported again: coloured headings, drop-downs, a sheet for print.

Layout after the rosters that offices hand out: row 1 the title, row 2 how to fill in, row 3 the headings. The
record number stands in column A, hidden, so that a row finds its record again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer

HEAD = 2
BODY = 3
BLANK_ROWS = 500
PRINTED = 12
FIRST_WORD = 60
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {
    Kind.ID_NUMBER: 21,
    Kind.PHONE: 15,
    Kind.ADDRESS: 28,
    Kind.REGION: 16,
    Kind.DATE: 12,
    Kind.MOMENT: 17,
}
RED, BLUE, GREY, PAPER, SOFT = "#B42318", "#0B5CAD", "#595959", "#FFFFFF", "#EEF1F5"


def record_heading() -> str:
    return _("Record number")


@dataclass(frozen=True, slots=True)
class Formats:
    title: Format
    note: Format
    required: Format
    sometimes: Format
    plain: Format
    text: Format
    quoted: Format
    number: Format
    cell: Format

    @classmethod
    def of(cls, book: Workbook) -> Formats:
        head = {
            "bold": True,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "bg_color": SOFT,
        }
        return cls(
            title=book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
            note=book.add_format({"font_color": GREY, "text_wrap": True, "valign": "vcenter"}),
            required=book.add_format({**head, "font_color": PAPER, "bg_color": RED}),
            sometimes=book.add_format({**head, "font_color": PAPER, "bg_color": BLUE}),
            plain=book.add_format(head),
            text=book.add_format({"num_format": "@"}),
            quoted=book.add_format({"num_format": "@", "quote_prefix": True}),
            number=book.add_format({"num_format": "General"}),
            cell=book.add_format({"num_format": "@", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        )


def write(
    target: str | IO[bytes],
    ledger: Ledger,
    columns: Sequence[Column],
    records: Iterable[Any],
    viewer: Viewer,
    places: Sequence[str] = (),
) -> int:
    """Writes the records in constant memory; returns how many. `places` fill the list of communities."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    formats = Formats.of(book)
    sheet, printed = book.add_worksheet(_("Ledger")), book.add_worksheet(_("Print"))
    words = book.add_worksheet(_("Words"))
    words.hide()
    title = str(ledger.sheet_title or ledger.name)
    _head(sheet, ledger, columns, formats, title)
    on_paper = [place for place, column in enumerate(columns, 1) if column.printed][:PRINTED]
    _print_head(printed, columns, on_paper, formats, title)
    count = 0
    for row, record in enumerate(records, BODY):
        sheet.write_number(row, 0, record.pk)
        _print_row(printed, row, on_paper, sheet.name, formats)
        for place, column in enumerate(columns, 1):
            _write(sheet, row, place, column, column.value(record, viewer.today), formats)
        count += 1
    _drop_downs(sheet, words, columns, places, BODY + count + BLANK_ROWS)
    _print_page(printed, len(on_paper), BODY + count)
    book.close()
    return count


def _head(sheet: Worksheet, ledger: Ledger, columns: Sequence[Column], formats: Formats, title: str) -> None:
    sheet.set_column(0, 0, 10, formats.number, {"hidden": True})
    for place, column in enumerate(columns, 1):
        width = WIDTHS.get(column.kind, max(9, 2 * len(str(column.name)) + 2))
        sheet.set_column(place, place, width, formats.number if column.numeric else formats.text)
    sheet.set_row(0, 28)
    sheet.merge_range(0, 1, 0, max(2, len(columns)), title, formats.title)
    sheet.set_row(1, 32)
    note = _(
        "Red headings must be filled in, blue ones in the cases their comment names. Choose from the lists."
    )
    sheet.merge_range(1, 1, 1, max(2, len(columns)), note, formats.note)
    sheet.set_row(HEAD, 30)
    sheet.write_string(HEAD, 0, record_heading(), formats.plain)
    for place, column in enumerate(columns, 1):
        look = formats.plain
        if column.key in ledger.required:
            look = formats.required
        elif column.key in ledger.required_when:
            look = formats.sometimes
            sheet.write_comment(HEAD, place, str(ledger.required_when[column.key]))
        sheet.write_string(HEAD, place, str(column.name), look)
    sheet.freeze_panes(BODY, 2)
    sheet.set_landscape()
    sheet.set_paper(9)


def _write(sheet: Worksheet, row: int, place: int, column: Column, value: Any, formats: Formats) -> None:
    if value is None or value == "":
        return
    if column.kind is Kind.NUMBER and isinstance(value, int):
        sheet.write_number(row, place, value)
    elif column.kind is Kind.MONEY:
        sheet.write_number(row, place, value / 100)
    else:
        text = column.plain(value)
        sheet.write_string(row, place, text, formats.quoted if text.startswith(DANGEROUS) else formats.text)


def _drop_downs(
    sheet: Worksheet, words: Worksheet, columns: Sequence[Column], places: Sequence[str], last: int
) -> None:
    """Lists stand in a hidden sheet, column by column, so far down that no reader takes them for a table."""
    lists = {place: found for place, column in enumerate(columns, 1) if (found := _words(column, places))}
    for row in range(max(map(len, lists.values()), default=0)):
        for at, found in enumerate(lists.values()):
            if row < len(found):
                words.write_string(FIRST_WORD + row, at, found[row])
    for at, (place, found) in enumerate(lists.items()):
        name = xl_col_to_name(at, col_abs=True)
        source = f"='{words.name}'!{name}${FIRST_WORD + 1}:{name}${FIRST_WORD + len(found)}"
        rule = {"validate": "list", "source": source, "error_title": _("Choose from the list")}
        sheet.data_validation(BODY, place, last, place, rule)


def _words(column: Column, places: Sequence[str]) -> list[str]:
    match column.kind:
        case Kind.CHOICE:
            return [str(label) for label in column.choices.values()]
        case Kind.FLAG:
            return [column.plain(True), column.plain(False)]
        case Kind.REGION:
            return list(places)
    return []


def _print_head(
    sheet: Worksheet, columns: Sequence[Column], on_paper: list[int], formats: Formats, title: str
) -> None:
    sheet.merge_range(0, 0, 0, max(1, len(on_paper) - 1), title, formats.title)
    sheet.set_row(0, 28)
    for at, place in enumerate(on_paper):
        column = columns[place - 1]
        sheet.set_column(at, at, WIDTHS.get(column.kind, 10))
        sheet.write_string(HEAD, at, str(column.name), formats.plain)


def _print_row(sheet: Worksheet, row: int, on_paper: list[int], source: str, formats: Formats) -> None:
    for at, place in enumerate(on_paper):
        cell = f"'{source}'!{xl_col_to_name(place)}{row + 1}"
        sheet.write_formula(row, at, f'=IF({cell}="","",{cell})', formats.cell, "")


def _print_page(sheet: Worksheet, width: int, rows: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEAD)
    sheet.print_area(0, 0, max(rows, BODY), max(1, width - 1))
    sheet.set_footer("&C&P / &N")
