"""A table of figures as an Excel workbook: the values, and what each of them counts."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from qiao.core.indicators.choosing import Choice
from qiao.core.indicators.figures import Table
from qiao.core.indicators.shown import MARK, Row, marks, rows_of, total_of

WIDTHS = {"place": 24, "number": 16, "name": 30, "words": 80}


def workbook(choice: Choice, table: Table, place: str, as_of: date) -> bytes:
    """Numbers stay numbers; every text is written as text, so that none is taken for a formula."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6F4", "border": 1, "text_wrap": True})
        line = book.add_format({"border": 1})
        count = book.add_format({"border": 1, "num_format": "#,##0"})
        rate = book.add_format({"border": 1, "num_format": "0.0"})
        changed = {"border": 1, "bg_color": "#FDF3DC"}
        count_marked = book.add_format({**changed, "num_format": f'#,##0"{MARK}"'})
        rate_marked = book.add_format({**changed, "num_format": f'0.0"{MARK}"'})
        wrapped = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 14})

        sheet = book.add_worksheet(_("Figures"))
        sheet.set_column(0, 0, WIDTHS["place"])
        sheet.set_column(1, max(len(choice.columns), 1), WIDTHS["number"])
        sheet.write_string(0, 0, f"{place} · {choice.period.label}", title)
        sheet.write_string(1, 0, _("As of %(day)s") % {"day": as_of})
        if table.behind_since:
            behind = _("Changes since %(at)s are still being counted.")
            sheet.write_string(1, 2, behind % {"at": table.behind_since})
        sheet.write_string(3, 0, _("Breakdown") if choice.by else _("Area"), head)
        for column, one in enumerate(choice.columns, start=1):
            sheet.write_string(3, column, f"{one.name} ({one.unit})", head)
        lines: list[Row] = [*rows_of(choice, table), total_of(choice, table)]
        for number, row in enumerate(lines, start=4):
            sheet.write_string(number, 0, str(row.label), line)
            for column, cell in enumerate(row.cells, start=1):
                if cell.number is None:
                    sheet.write_string(number, column, cell.text, line)
                else:
                    looks = (rate_marked, count_marked) if cell.now else (rate, count)
                    sheet.write_number(number, column, cell.number, looks[0 if cell.hint else 1])
        for number, told in enumerate(marks(choice.columns, lines), start=5 + len(lines)):
            sheet.write_string(number, 0, told)
        sheet.freeze_panes(4, 1)

        words = book.add_worksheet(_("Definitions"))
        words.set_column(0, 0, WIDTHS["name"])
        words.set_column(1, 1, WIDTHS["number"])
        words.set_column(2, 3, WIDTHS["words"])
        for column, label in enumerate((_("Figure"), _("Unit"), _("Definition"), _("Source"))):
            words.write_string(0, column, label, head)
        for number, one in enumerate(choice.columns, start=1):
            for column, text in enumerate((one.name, one.unit, one.definition, one.source)):
                words.write_string(number, column, str(text), wrapped)
    return target.getvalue()
