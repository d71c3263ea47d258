"""A row on its way from the clean sheet to the staging table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qiao.core.batches import notes as notes_text
from qiao.core.batches.decisions import Decisions, row_key
from qiao.core.batches.importer import Importer
from qiao.core.batches.lines import Told
from qiao.core.batches.models import ImportRow
from qiao.core.batches.places import Places
from qiao.core.intake import Note, PartialDate, Row, Severity


@dataclass(slots=True)
class Staged:
    """`derived`: what the importer derived of a row that is somebody's; key and cipher follow from it."""

    batch: int
    sheet: int
    number: int
    block: int
    status: str
    region: int | None
    cells: list[str | None]
    values: dict[str, Any]
    extras: Mapping[str, str]
    notes: list[Note]
    derived: tuple[Any, ...] | None
    act: str = ""
    target: int | None = None

    def told(self) -> Told:
        """What its line is made of."""
        return (
            (
                *(self.batch, self.sheet, self.number, self.block),
                *(self.status, self.act, self.target, self.region),
            ),
            self.cells,
            self.values,
            dict(self.extras) if self.extras else {},
            [_note(note) for note in self.notes],
            self.derived,
        )


def staged(
    batch: int, declared: Importer, sheet: int, row: Row, places: Places, decisions: Decisions, as_of: str
) -> Staged:
    """What is staged of a clean row; its key and its number are not known yet."""
    notes, status = list(row.notes), row.status
    region = derived = None
    values: dict[str, Any] = {}
    if status != ImportRow.Status.SKIPPED:
        values = plain_values(row.values)
        values["_as_of"] = as_of
        region, problem = places.region_of(values)
        if problem and (declared.placed or "community" in values):
            notes.append(problem)
            status = ImportRow.Status.ERROR
        derived = declared.derive(values)
        if decisions.left_out or status == ImportRow.Status.CONFIRM:
            doubts = {note.code for note in notes if notes_text.severity(note.code) is Severity.CONFIRM}
            status = decisions.status(row_key(sheet, row.number), status, doubts)
    cells = [str(cell) if cell is not None else None for cell in row.cells] if notes else []
    return Staged(
        batch, sheet, row.number, row.block, status, region, cells, values, row.extras, notes, derived
    )


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """What a row says, without blanks, as JSON knows it; a partial date: first day and precision."""
    found: dict[str, Any] = {}
    for code, made in values.items():
        if made is None or made == "":
            continue
        if isinstance(made, PartialDate):
            found[code], found[f"{code}_precision"] = made.first.isoformat(), made.precision
        else:
            found[code] = made
    return found


def _note(note: Note) -> dict[str, Any]:
    params = {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in note.params.items()
    }
    return {"code": note.code, "params": params, "column": note.column}
