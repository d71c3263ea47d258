"""A batch as data: what was understood of the file and what became of each row."""

from __future__ import annotations

from typing import Any

from qiao.core.batches.models import ImportBatch
from qiao.core.batches.notes import severity, text
from qiao.core.intake import letter


def as_json(batch: ImportBatch) -> dict[str, Any]:
    """Sheets with header rows and column mapping, then every row: status, values, fixes, messages."""
    return {
        "batch": batch.pk,
        "file": batch.file.name,
        "sha256": batch.file.sha256,
        "stage": batch.stage,
        "problem": batch.problem,
        "counts": batch.counts,
        "sheets": [_sheet(reading) for reading in batch.readings],
        "rows": [_row(row) for row in batch.rows.order_by("sheet", "number", "block").iterator()],
    }


def _sheet(reading: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": reading["sheet"],
        "imported": reading["chosen"],
        "header_rows": list(range(reading["top"] + 1, reading["bottom"] + 2)),
        "columns": [
            {
                "column": letter(column["index"]),
                "label": column["label"],
                "field": column["field"],
                "confidence": column["confidence"],
                "samples": column["samples"],
            }
            for column in reading["columns"]
        ],
    }


def _row(row: Any) -> dict[str, Any]:
    values = {code: value for code, value in row.values.items() if not code.startswith("_")}
    said = [
        {"code": note["code"], "text": text(note), "severity": severity(note["code"])} for note in row.notes
    ]
    return {
        "sheet": row.sheet,
        "row": row.number,
        "status": row.status,
        "act": row.act,
        "values": values,
        "extras": row.extras,
        "fixes": [note for note in said if note["severity"] == "fix"],
        "messages": [note for note in said if note["severity"] != "fix"],
    }
