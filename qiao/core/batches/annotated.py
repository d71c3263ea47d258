"""The rows that did not go in, handed back as the original sheet with a column of comments."""

from __future__ import annotations

from qiao.core.batches.models import ImportBatch


def error_workbook(batch: ImportBatch) -> bytes:
    raise NotImplementedError
