"""Rows that could not be taken, as the sheet they came from with a column of comments."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from qiao.core.intake.cells import EXACT, Cell, letter, number_text
from qiao.core.intake.cleaning import Row
from qiao.core.intake.messages import COMMENT_HEADER, Translate, _, text
from qiao.core.intake.notes import Severity
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.understanding import Reading

_SAID = (Severity.ERROR, Severity.CONFIRM)
_WIDTH = 60


def annotate(
    sheet: Sheet, reading: Reading, rows: Iterable[tuple[Sequence[Cell], list[str]]], translate: Translate = _
) -> bytes:
    """An xlsx with the sheet's titles and header, the given rows' cells, and behind them what to put right.

    The file can be corrected and read again. Text stays text: nothing in it becomes a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    writer = _Writer(book, sheet, reading)
    for number in range(reading.bottom + 1):
        writer.row(sheet.rows[number], translate(COMMENT_HEADER) if number == reading.bottom else "")
    writer.merges()
    for cells, said in rows:
        writer.row(cells, "\n".join(said))
    book.close()
    return out.getvalue()


def comments(row: Row, reading: Reading, translate: Translate = _) -> list[str]:
    """What to put right in a row, each with the column it is about."""
    labels = {column.index: column.label.rsplit("|", 1)[-1] for column in reading.columns}
    said = [note for note in row.notes if note.severity in _SAID]
    return [
        text(note, translate)
        if note.column is None
        else f"{letter(note.column)} {labels.get(note.column, '')}: {text(note, translate)}"
        for note in said
    ]


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, sheet: Sheet, reading: Reading) -> None:
        self.out = book.add_worksheet()
        self.sheet, self.reading = sheet, reading
        self.text = book.add_format({"num_format": "@"})
        self.dates = book.add_format({"num_format": "yyyy-mm-dd"})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF5", "text_wrap": True, "valign": "vcenter"}
        )
        self.comment = book.add_format({"font_color": "#B42318", "text_wrap": True, "valign": "top"})
        self.last = sheet.width
        self.next = 0
        self.out.set_column(0, max(self.last - 1, 0), 14)
        self.out.set_column(self.last, self.last, _WIDTH)

    def row(self, cells: Iterable[Cell], comment: str) -> None:
        header = self.reading.top <= self.next <= self.reading.bottom
        for column, cell in enumerate(cells):
            self._cell(column, cell, header)
        if comment:
            form = self.head if header else self.comment
            self.out.write_string(self.next, self.last, comment[:32_000], form)
        self.next += 1

    def _cell(self, column: int, cell: Cell, header: bool) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            self.out.write_boolean(self.next, column, cell)
        elif isinstance(cell, int | float):
            if cell == cell and abs(cell) < EXACT:
                self.out.write_number(self.next, column, cell)
            else:
                self.out.write_string(self.next, column, number_text(cell), self.text)
        elif isinstance(cell, date) and cell.year >= 1900:
            self.out.write_datetime(self.next, column, cell, self.dates)
        elif isinstance(cell, datetime | date | time):
            self.out.write_string(self.next, column, str(cell), self.text)
        else:
            self.out.write_string(self.next, column, str(cell)[:32_000], self.head if header else self.text)

    def merges(self) -> None:
        """The merged cells of titles and header, as they were."""
        for merge in self.sheet.top_merges(self.reading.bottom + 1):
            if merge.bottom > self.reading.bottom or merge.left >= self.last:
                continue
            value = self.sheet.cell(merge.top, merge.left)
            form = self.head if merge.top >= self.reading.top else None
            try:
                self.out.merge_range(
                    merge.top, merge.left, merge.bottom, min(merge.right, self.last - 1), "", form
                )
            except XlsxWriterException:  # ranges that overlap, or of one cell
                continue
            self.out.write_string(merge.top, merge.left, "" if value is None else str(value), form)
