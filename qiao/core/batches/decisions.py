"""What a person decided about a batch: odd values, single cells, rows accepted as they are or left out.

{"values": {field: {read: made}}, "cells": {"sheet/number": {field: text}},
 "accepted": ["sheet/number"], "accepted_codes": [note code], "left_out": ["sheet/number"]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qiao.core.intake import Sheet
from qiao.core.intake.understanding import Reading


def row_key(sheet: int, number: int) -> str:
    return f"{sheet}/{number}"


@dataclass(slots=True)
class Decisions:
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    accepted_codes: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, data: dict[str, Any]) -> Decisions:
        return cls(
            data.get("values", {}),
            data.get("cells", {}),
            set(data.get("accepted", ())),
            set(data.get("accepted_codes", ())),
            set(data.get("left_out", ())),
        )

    def dump(self) -> dict[str, Any]:
        return {
            "values": self.values,
            "cells": self.cells,
            "accepted": sorted(self.accepted),
            "accepted_codes": sorted(self.accepted_codes),
            "left_out": sorted(self.left_out),
        }

    def apply_cells(self, position: int, sheet: Sheet, reading: Reading) -> None:
        """Writes the corrected cells into the sheet as read, as if the file had said so."""
        for key, fields in self.cells.items():
            at, number = map(int, key.split("/"))
            if at != position or not 0 < number <= len(sheet.rows):
                continue
            cells = sheet.rows[number - 1]
            for code, text in fields.items():
                column = reading.column_of(code)
                if column is not None:
                    cells.extend([None] * (column.index + 1 - len(cells)))
                    cells[column.index] = text or None

    def status(self, key: str, status: str, doubts: set[str]) -> str:
        """The row's state after the decisions; `doubts` are the codes of its notes to confirm."""
        if key in self.left_out:
            return "skipped"
        if status == "confirm" and (key in self.accepted or doubts <= self.accepted_codes):
            return "fixed"
        return status
