"""From the bytes of a file to its sheets. What a file *is* decides, never what it is called."""

from qiao.core.intake.notes import Unreadable
from qiao.core.intake.reading import binary, markup, text
from qiao.core.intake.reading.kinds import kind_of
from qiao.core.intake.sheets import Sheet, Workbook

MAX_BYTES = 100 * 1024 * 1024

_READERS = {
    "zip": binary.read_zip,
    "ole": binary.read_ole,
    "html": markup.read_html,
    "xml": markup.read_spreadsheetml,
    "text": text.read_text,
}


def read_workbook(data: bytes, filename: str) -> Workbook:
    """Every sheet of xlsx, xlsm, xlsb, xls, ods, csv, tsv, HTML tables or SpreadsheetML 2003.

    Raises `Unreadable`, and nothing else, for a file that holds no readable table.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", size=len(data) // 2**20, limit=MAX_BYTES // 2**20)
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Unreadable("empty_file")
    workbook = _READERS[kind_of(data)](data, filename)
    if not any(sheet.rows for sheet in workbook.sheets):
        raise Unreadable("empty_table")
    return workbook


__all__ = ["MAX_BYTES", "Sheet", "Unreadable", "Workbook", "read_workbook"]
