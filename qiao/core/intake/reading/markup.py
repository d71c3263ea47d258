"""HTML tables (often named .xls) and Excel 2003 XML."""

import contextlib
import re

from lxml import etree, html

from qiao.core.intake.cells import Cell
from qiao.core.intake.notes import Unreadable
from qiao.core.intake.reading.text import decode
from qiao.core.intake.sheets import Merge, Sheet, Workbook

_SPAN_LIMIT = 256
_CELL_LIMIT = 3_000_000
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class _Grid:
    """Places cells one after another, leaving out those that a merged cell already covers."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()
        self._size = 0

    def goto(self, row: int) -> None:
        self._grow(max(0, row + 1 - len(self.rows)))
        while len(self.rows) <= row:
            self.rows.append([])

    def put(self, row: int, column: int, value: Cell, across: int = 1, down: int = 1) -> int:
        """Puts a value at or after `column`; returns the next free column."""
        while (row, column) in self._taken:
            column += 1
        cells = self.rows[row]
        self._grow(across * down + max(0, column - len(cells)))
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value
        if across > 1 or down > 1:
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            self._taken.update((row + r, column + c) for r in range(down) for c in range(across))
        return column + across

    def _grow(self, cells: int) -> None:
        self._size += cells
        if self._size > _CELL_LIMIT:
            raise Unreadable("too_many_cells")


def read_html(data: bytes, filename: str) -> Workbook:
    declared = _CHARSET.search(data[:4096])
    text, encoding = decode(data)
    if declared and encoding not in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            text, encoding = (
                data.decode(declared[1].decode().replace("gb2312", "gb18030")),
                declared[1].decode(),
            )
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("corrupted") from error
    tables = [_html_sheet(table, f"{number}") for number, table in enumerate(root.iter("table"), 1)]
    tables = [sheet for sheet in tables if sheet.rows]
    if not tables:
        raise Unreadable("not_a_table", kind="HTML")
    return Workbook(filename, "html", tables, encoding)


def _html_sheet(table: html.HtmlElement, name: str) -> Sheet:
    grid = _Grid()
    own_rows = table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    for number, row in enumerate(own_rows):
        grid.goto(number)
        column = 0
        for cell in row.xpath("./td | ./th"):
            value = " ".join(cell.text_content().split())
            down = min(_span(cell, "rowspan"), len(own_rows) - number)
            column = grid.put(number, column, value or None, _span(cell, "colspan"), down)
    return Sheet(name, grid.rows, grid.merges)


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _SPAN_LIMIT) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def read_spreadsheetml(data: bytes, filename: str) -> Workbook:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise Unreadable("corrupted")
    sheets = [_xml_sheet(element) for element in root.iter(f"{_SS}Worksheet")]
    if not sheets:
        raise Unreadable("corrupted")
    return Workbook(filename, "xml", sheets, root.getroottree().docinfo.encoding)


def _xml_sheet(worksheet: etree._Element) -> Sheet:
    grid = _Grid()
    hidden = set()
    row = -1
    for element in worksheet.iter(f"{_SS}Row"):
        row = _number(element, "Index", row + 2) - 1
        if row > 1_048_575:
            raise Unreadable("corrupted")
        grid.goto(row)
        if element.get(f"{_SS}Hidden") == "1":
            hidden.add(row)
        column = 0
        for cell in element.iter(f"{_SS}Cell"):
            column = min(_number(cell, "Index", column + 1) - 1, 16_383)
            across = min(_number(cell, "MergeAcross", 0), _SPAN_LIMIT) + 1
            down = min(_number(cell, "MergeDown", 0), _SPAN_LIMIT) + 1
            column = grid.put(row, column, _xml_value(cell.find(f"{_SS}Data")), across, down)
    return Sheet(worksheet.get(f"{_SS}Name") or "1", grid.rows, grid.merges, hidden_rows=frozenset(hidden))


def _number(element: etree._Element, name: str, default: int) -> int:
    text = element.get(f"{_SS}{name}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else default


def _xml_value(data: etree._Element | None) -> Cell:
    if data is None:
        return None
    text = "".join(map(str, data.itertext()))
    if data.get(f"{_SS}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text or None
