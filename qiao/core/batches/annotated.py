"""The rows that did not go in, handed back as the original sheet with a column of comments."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext

from qiao.core.batches import notes, staging
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.intake import letter
from qiao.core.intake.annotate import annotate
from qiao.core.intake.understanding import Reading

OPEN = (ImportRow.Status.ERROR, ImportRow.Status.CONFIRM)


def error_workbook(batch: ImportBatch) -> bytes:
    """An xlsx of the sheet with most open rows: its titles and header, those rows, and what to put right."""
    rows = list(batch.rows.filter(status__in=OPEN, merged_at=None).order_by("sheet", "number"))
    number = Counter(row.sheet for row in rows).most_common(1)[0][0] if rows else 0
    sheet = staging.open_file(batch).sheets[number]
    reading = Reading.from_dict({k: v for k, v in batch.readings[number].items() if k != "chosen"})
    labels = {column.index: column.label for column in reading.columns}
    chosen = [row for row in rows if row.sheet == number]
    return annotate(
        sheet, reading, [(sheet.rows[row.number - 1], _said(row, labels)) for row in chosen], gettext
    )


def _said(row: ImportRow, labels: dict[int, str]) -> list[str]:
    """What to put right in a row, each with the column it is about."""
    said = []
    for note in row.notes:
        if notes.severity(note["code"]) in ("error", "confirm"):
            column = note.get("column")
            where = "" if column is None else f"{letter(column)} {labels.get(column, '')}: "
            said.append(where + notes.text(note))
    return said
