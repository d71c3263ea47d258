"""Ditto marks and cells merged downwards: the value above holds, but no person is copied into another family."""

from collections.abc import Sequence
from typing import Any

from qiao.core.intake.cells import Cell, is_blank, plain
from qiao.core.intake.columns import Column
from qiao.core.intake.notes import Note
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.values.choices import choice_cleaner
from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import WORDS, squeeze

_MARKS = frozenset({str(mark) for mark in WORDS["ditto"]} | {squeeze(str(mark)) for mark in WORDS["ditto"]})
_PERSONAL = frozenset({Kind.PERSON_NAME, Kind.ID_NUMBER})


def is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < 8 and (cell in _MARKS or squeeze(cell) in _MARKS)


class Dittos:
    """Walks a table once from top to bottom, in pieces."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], vocabulary: Vocabulary, start: int) -> None:
        self.sheet, self.start = sheet, start
        self.columns = list(columns)
        kinds = {c.index: vocabulary.fields[c.field].kind for c in columns if c.field}
        self.personal = {index for index, kind in kinds.items() if kind in _PERSONAL}
        # The household's own columns may say "the same family as above"; the person's own may not.
        self.shared = {c.index for c in columns if c.field in vocabulary.household}
        self.guarded = self.personal - self.shared
        self.heads = self._heads(vocabulary)
        self.above: dict[int, Cell] = {}
        self.household: tuple[Cell, ...] = ()
        self.merged = {
            (row, merge.left): merge.top
            for merge in sheet.merges
            if merge.bottom > merge.top >= start and merge.left not in self.guarded
            for row in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows)))
        }

    def _heads(self, vocabulary: Vocabulary) -> tuple[int, Any] | None:
        """The column that says who is the head of a family, and the test of its cells."""
        if not vocabulary.head or vocabulary.head[0] not in vocabulary.fields:
            return None
        code, value = vocabulary.head
        column = next((c.index for c in self.columns if c.field == code), None)
        means = choice_cleaner(vocabulary.fields[code].choices)
        return None if column is None else (column, lambda cell: means(cell)[0] == value)

    def fill(
        self, kept: Sequence[int], top: int, bottom: int, notes: dict[int, list[Note]]
    ) -> dict[tuple[int, int], Cell]:
        """The values to use instead of what stands in the cells; notes on them are added to `notes`."""
        filled: dict[tuple[int, int], Cell] = {}
        indexes = [column.index for column in self.columns]
        previous = None
        for number in kept:
            cells = self.sheet.rows[number]
            dittos = [
                i for i in indexes if i < len(cells) and cells[i].__class__ is str and is_ditto(cells[i])
            ]
            for index in indexes:
                if self.merged and (number, index) in self.merged:
                    filled[number, index] = self.sheet.cell(self.merged[number, index], index)
            breaks = self._breaks(number, cells, filled) or (previous is not None and number != previous + 1)
            for index in dittos:
                self._repeat(number, index, cells, breaks, filled, notes)
            for index in indexes:
                cell = filled.get((number, index), cells[index] if index < len(cells) else None)
                if not is_blank(cell) and not is_ditto(cell):
                    self.above[index] = cell
            previous = number
        return filled

    def _breaks(self, number: int, cells: Sequence[Cell], filled: dict[tuple[int, int], Cell]) -> bool:
        """Whether a new family begins: its number or head changes, or the row is a head's own."""
        household = tuple(
            cell
            for index in sorted(self.shared)
            if not is_blank(cell := filled.get((number, index), cells[index] if index < len(cells) else None))
            and not is_ditto(cell)
        )
        changed = bool(household) and household != self.household
        self.household = household or self.household
        if self.heads is None:
            return changed
        column, is_head = self.heads
        return changed or (column < len(cells) and cells[column] is not None and is_head(cells[column]))

    def _repeat(
        self, number: int, index: int, cells: Sequence[Cell], breaks: bool,
        filled: dict[tuple[int, int], Cell], notes: dict[int, list[Note]],
    ) -> None:  # fmt: skip
        above = self.above.get(index)
        params = {"value": plain(cells[index]) or '"', "made": plain(above)}
        if above is None or (breaks and index in self.personal):
            filled[number, index] = None
            note = Note("ditto_across", params, index)
        else:
            filled[number, index] = above
            note = Note("ditto_name" if index in self.guarded else "ditto", params, index)
        notes.setdefault(number, []).append(note)
