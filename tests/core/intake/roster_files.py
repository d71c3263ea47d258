"""A roster as a grid, written in each form that files come in."""

import csv
import io
from dataclasses import dataclass, field
from html import escape

import xlsxwriter
import xlwt


@dataclass
class Layout:
    """`header` counts from 0; `fields` name the truth column by column; `count` people stand in it."""

    name: str
    rows: list[list]
    header: tuple[int, int] | None
    fields: list
    count: int = 6
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    form: str = "xlsx"
    encoding: str = "utf-8"
    blocks: int = 1
    sheet: int = 0
    others: list[tuple[str, list[list]]] = field(default_factory=list)
    filename: str = ""

    @property
    def data(self) -> bytes:
        return WRITERS[self.form](self)


def _xlsx(layout: Layout) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheets = [*layout.others[: layout.sheet], ("名单", layout.rows), *layout.others[layout.sheet :]]
    for position, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if cell not in ("", None):
                    sheet.write_string(r, c, cell) if isinstance(cell, str) else sheet.write(r, c, cell)
        if position == layout.sheet:
            for top, left, bottom, right in layout.merges:
                value = rows[top][left]
                sheet.merge_range(top, left, bottom, right, value)
    book.close()
    return out.getvalue()


def _xls(layout: Layout) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    covered = set()
    for top, left, bottom, right in layout.merges:
        sheet.write_merge(top, bottom, left, right, layout.rows[top][left])
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    for r, cells in enumerate(layout.rows):
        for c, cell in enumerate(cells):
            if (r, c) not in covered and cell not in ("", None):
                sheet.write(r, c, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(layout: Layout) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if layout.form == "tsv" else ",").writerows(layout.rows)
    return out.getvalue().encode(layout.encoding)


def _html(layout: Layout) -> bytes:
    spans = {(t, le): (b - t + 1, r - le + 1) for t, le, b, r in layout.merges}
    covered = {
        (r, c)
        for top, left, bottom, right in layout.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - set(spans)
    body = ""
    for r, cells in enumerate(layout.rows):
        body += "<tr>"
        for c, cell in enumerate(cells):
            if (r, c) not in covered:
                down, across = spans.get((r, c), (1, 1))
                body += f'<td rowspan="{down}" colspan="{across}">{escape(str(cell or ""))}</td>'
        body += "</tr>"
    page = f'<html><head><meta charset="{layout.encoding}"></head><body><table>{body}</table></body></html>'
    return page.encode(layout.encoding)


def _xml(layout: Layout) -> bytes:
    body = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{escape(str(c or ""))}</Data></Cell>' for c in cells)
        + "</Row>"
        for cells in layout.rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名单">'
        f"<Table>{body}</Table></Worksheet></Workbook>"
    ).encode()


WRITERS = {"xlsx": _xlsx, "xls": _xls, "csv": _csv, "tsv": _csv, "html": _html, "xml": _xml}
