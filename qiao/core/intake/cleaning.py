"""From the cells of a sheet to clean rows: column by column, in pieces, each odd value judged once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qiao.core.intake.cells import Cell, is_blank, plain
from qiao.core.intake.checks import PersonChecks
from qiao.core.intake.columns import Column
from qiao.core.intake.dittos import Dittos, Repeats
from qiao.core.intake.notes import Note, Severity
from qiao.core.intake.rows import RowSorter
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.understanding import Reading
from qiao.core.intake.values import Cleaned, Context, Value, cleaner
from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import squeeze

PIECE = 4096
READY, FIXED, CONFIRM, ERROR, SKIPPED = STATUSES = ("ready", "fixed", "confirm", "error", "skipped")
_ONCE = frozenset({Kind.ID_NUMBER})  # values that hardly ever repeat are not worth a cache
_CACHE = 50_000
_EMPTY: Mapping[str, Any] = {}


class Row:
    """One row of the sheet (of one block, when tables stand side by side).

    `number` counts from 1 as in the file; `values` maps field codes to what was made; `extras` maps the
    labels of unknown columns to their text; `notes` carry the index of their column.
    """

    __slots__ = ("block", "cells", "extras", "notes", "number", "status", "values")

    def __init__(
        self, number: int, status: str, values: dict[str, Any], extras: Mapping[str, str],
        notes: list[Note], cells: Sequence[Cell], block: int = 0,
    ) -> None:  # fmt: skip
        self.number, self.status, self.values, self.extras = number, status, values, extras
        self.notes, self.cells, self.block = notes, cells, block

    def value(self, column: Column) -> Value:
        """The story of one cell."""
        read = self.cells[column.index] if column.index < len(self.cells) else None
        made = self.values.get(column.field) if column.field else self.extras.get(column.label)
        return Value(read, made, tuple(note for note in self.notes if note.column == column.index))

    def __repr__(self) -> str:
        return f"Row({self.number}, {self.status}, {self.values}, {[note.code for note in self.notes]})"


def clean(sheet: Sheet, reading: Reading, vocabulary: Vocabulary, context: Context) -> Iterator[Row]:
    """Every row below the header exactly once a block, in the order of the file."""
    blocks = [_Block(sheet, reading, vocabulary, context, number) for number in range(reading.blocks)]
    start = reading.bottom + 1
    for top in range(start, len(sheet.rows), PIECE):
        piece = [block.clean(top, min(top + PIECE, len(sheet.rows))) for block in blocks]
        for together in zip(*piece, strict=True):
            yield from together


class _Block:
    """One table of a sheet, with what must be carried from piece to piece."""

    def __init__(
        self, sheet: Sheet, reading: Reading, vocabulary: Vocabulary, context: Context, number: int
    ) -> None:
        self.sheet, self.number, self.start = sheet, number, reading.bottom + 1
        columns = [column for column in reading.columns if column.block == number]
        self.known = [c for c in columns if c.field and vocabulary.fields[c.field].kind is not Kind.SEQ]
        self.unknown = [column for column in columns if not column.field]
        self.codes = [column.field or "" for column in self.known]
        self.required = [(code, i) for i, code in enumerate(self.codes) if vocabulary.fields[code].required]
        self.missing = bool(reading.missing)
        self.single = reading.blocks == 1
        self.span = (columns[0].index, columns[-1].index + 1) if columns else (0, 0)
        self.cleaners = [_ColumnCleaner(column, reading, vocabulary, context) for column in self.known]
        self.dittos = Dittos(sheet, columns, vocabulary, self.start)
        self.checks = PersonChecks(self.known, vocabulary, context)
        self.sorter = _sorter(sheet, columns, vocabulary)

    def clean(self, top: int, bottom: int) -> list[Row]:
        kept: list[int] = []
        reasons: dict[int, str] = {}
        for number in range(top, bottom):
            if reason := self.sorter.reason(number, self._cells(number), number - self.start + 1):
                reasons[number] = reason
            else:
                kept.append(number)
        rows = iter(self._records(kept))
        return [
            Row(
                number + 1, SKIPPED, {}, _EMPTY, [Note(reasons[number])], self.sheet.rows[number], self.number
            )
            if number in reasons
            else next(rows)
            for number in range(top, bottom)
        ]

    def _cells(self, number: int) -> Sequence[Cell]:
        cells = self.sheet.rows[number]
        if self.single:
            return cells
        return [None] * self.span[0] + cells[self.span[0] : self.span[1]]

    def _records(self, kept: list[int]) -> list[Row]:
        notes: dict[int, list[Note]] = {}
        repeated = self.dittos.fill(kept, notes)
        made = [self._column(i, kept, repeated, notes) for i in range(len(self.known))]
        records = zip(*made, strict=True) if made else iter([()] * len(kept))
        return [self._row(number, record, notes) for number, record in zip(kept, records, strict=True)]

    def _column(
        self, position: int, kept: list[int], repeated: Repeats, notes: dict[int, list[Note]]
    ) -> list[Any]:
        index, one = self.known[position].index, self.cleaners[position]
        seen = one.seen.get
        made: list[Any] = []
        add = made.append
        for number, cell in zip(kept, self._cells_of(index, kept, repeated), strict=True):
            if cell is None:
                add(None)
                continue
            value, doubts = (seen(cell) if cell.__class__ is str else None) or one(cell)
            add(value)
            if doubts:
                notes.setdefault(number, []).extend(Note(note.code, note.params, index) for note in doubts)
        return made

    def _cells_of(self, index: int, kept: list[int], repeated: Repeats) -> list[Cell]:
        rows = self.sheet.rows
        try:
            cells = [rows[number][index] for number in kept]
        except IndexError:
            cells = [self.sheet.cell(number, index) for number in kept]
        for position, number in enumerate(kept) if repeated else ():
            if (number, index) in repeated:
                cells[position] = repeated[number, index]
        return cells

    def _row(self, number: int, record: tuple[Any, ...], all_notes: dict[int, list[Note]]) -> Row:
        values = dict(zip(self.codes, record, strict=True))
        notes = all_notes.get(number)
        for code, position in self.required:
            if record[position] is None:
                column = self.known[position].index
                if not any(note.column == column and note.severity is Severity.ERROR for note in notes or ()):
                    notes = [*(notes or ()), Note("missing", {"field": code}, column)]
        if self.missing:
            notes = [*(notes or ()), Note("missing_column")]
        if found := self.checks.judge(number + 1, values, notes):
            notes = [*(notes or ()), *found]
        if number in self.sheet.hidden_rows:
            notes = [*(notes or ()), Note("in_hidden_row")]
        cells = self.sheet.rows[number]
        extras = self._extras(cells) if self.unknown else _EMPTY
        return Row(
            number + 1, _status(notes) if notes else READY, values, extras, notes or [], cells, self.number
        )

    def _extras(self, cells: Sequence[Cell]) -> dict[str, str]:
        extras: dict[str, str] = {}
        for column in self.unknown:
            if column.index < len(cells) and (text := plain(cells[column.index])):
                label = column.label or column.letter
                extras[label if label not in extras else f"{label} ({column.letter})"] = text
        return extras


def _sorter(sheet: Sheet, columns: Sequence[Column], vocabulary: Vocabulary) -> RowSorter:
    kinds = {c.index: vocabulary.fields[c.field].kind for c in columns if c.field}
    person = [c.index for c in columns if c.field and vocabulary.fields[c.field].required]
    person += [index for index, kind in kinds.items() if kind is Kind.ID_NUMBER]
    headings: list[tuple[str, ...]] = [()] * sheet.width
    for column in columns:
        headings[column.index] = tuple(column.label.split("|"))
    return RowSorter(sheet, headings, person, [i for i, kind in kinds.items() if kind is Kind.SEQ])


def _status(notes: Sequence[Note]) -> str:
    severities = {note.severity for note in notes}
    for severity, status in ((Severity.ERROR, ERROR), (Severity.CONFIRM, CONFIRM), (Severity.FIX, FIXED)):
        if severity in severities:
            return status
    return READY


class _ColumnCleaner:
    """The cleaner of a column behind what was decided before, and a memory of what it has seen."""

    def __init__(self, column: Column, reading: Reading, vocabulary: Vocabulary, context: Context) -> None:
        item = vocabulary.fields[column.field or ""]
        self.clean = cleaner(item, context, column.unit, column.order)
        decided = {**reading.fixes.get(item.code, {}), **context.fixes.get(item.code, {})}
        self.fixes = {squeeze(read): made for read, made in decided.items()}
        self.seen: dict[Cell, Cleaned] = {}
        self.cached = item.kind not in _ONCE

    def __call__(self, cell: Cell) -> Cleaned:
        """Judges a cell that `seen` does not hold yet."""
        judged = self._judge(cell)
        if self.cached and cell.__class__ is str and len(self.seen) < _CACHE:
            self.seen[cell] = judged
        return judged

    def _judge(self, cell: Cell) -> Cleaned:
        if self.fixes and not is_blank(cell):
            read = plain(cell)
            if (key := squeeze(read)) in self.fixes:
                answer = self.fixes[key]
                made, notes = self._answered(answer)
                return made, (
                    Note("remembered", {"value": read, "made": "" if made is None else str(made)}),
                    *notes,
                )
        return self.clean(cell)

    def _answered(self, answer: Any) -> Cleaned:
        """A decision is cleaned like any cell, unless it says to leave the field empty."""
        return (None, ()) if answer is None else self.clean(answer)
