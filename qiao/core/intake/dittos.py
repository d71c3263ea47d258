"""Ditto marks and cells merged downwards: the value above holds, but nobody joins another family."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from qiao.core.intake.cells import Cell, is_blank, plain
from qiao.core.intake.columns import Column
from qiao.core.intake.notes import Note
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.values.choices import choice_cleaner
from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import WORDS, squeeze

_MARKS = frozenset({str(mark) for mark in WORDS["ditto"]} | {squeeze(str(mark)) for mark in WORDS["ditto"]})
_LONGEST = 8
_REACH = 500  # rows that are searched upwards for the value a mark repeats
Repeats: TypeAlias = dict[tuple[int, int], Cell]  # (row, column) -> the cell that holds there
_PERSONAL = frozenset({Kind.PERSON_NAME, Kind.ID_NUMBER})


def is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < _LONGEST and (cell in _MARKS or squeeze(cell) in _MARKS)


class Dittos:
    """Walks a table once from top to bottom, in pieces."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], vocabulary: Vocabulary, start: int) -> None:
        self.sheet, self.start = sheet, start
        self.columns = list(columns)
        self.indexes = [column.index for column in columns]
        kinds = {c.index: vocabulary.fields[c.field].kind for c in columns if c.field}
        self.personal = {index for index, kind in kinds.items() if kind in _PERSONAL}
        # The household's own columns may say "the same family as above"; the person's own may not.
        self.shared = {c.index for c in columns if c.field in vocabulary.household}
        self.guarded = self.personal - self.shared
        self.heads = self._heads(vocabulary)
        self.families = bool(self.shared or self.heads)
        self.above: dict[int, Cell] = {}  # what holds at the end of the piece before
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

    def fill(self, kept: Sequence[int], notes: dict[int, list[Note]]) -> Repeats:
        """The values to use instead of what stands in the cells; notes on them are added to `notes`."""
        rows = [self.sheet.rows[number] for number in kept]
        short: set[Cell] = {
            cell for cells in rows for cell in cells if cell.__class__ is str and len(cell) < _LONGEST
        }
        marks = {cell for cell in short if is_ditto(cell)}
        filled: Repeats = {}
        if marks or self.merged:
            self._walk(kept, rows, marks, filled, notes)
        for index in self.indexes:
            for number in reversed(kept):
                if not is_blank(cell := self._cell(number, index, filled)) and cell not in marks:
                    self.above[index] = cell
                    break
        return filled

    def _walk(
        self, kept: Sequence[int], rows: Sequence[list[Cell]], marks: set[Cell],
        filled: Repeats, notes: dict[int, list[Note]],
    ) -> None:  # fmt: skip
        previous = None
        for position, (number, cells) in enumerate(zip(kept, rows, strict=True)):
            if self.merged:
                for index in self.indexes:
                    if (number, index) in self.merged:
                        filled[number, index] = self.sheet.cell(self.merged[number, index], index)
            breaks = self._breaks(number, marks, filled) if self.families else False
            if not marks.isdisjoint(cells):
                breaks = breaks or (previous is not None and number != previous + 1)
                for index in self.indexes:
                    if index < len(cells) and cells[index] in marks and (number, index) not in filled:
                        above = self._above(kept, position, index, filled, marks)
                        self._repeat(number, index, above, breaks, filled, notes)
            previous = number

    def _cell(self, number: int, index: int, filled: Repeats) -> Cell:
        return filled[number, index] if (number, index) in filled else self.sheet.cell(number, index)

    def _above(
        self, kept: Sequence[int], position: int, index: int, filled: Repeats, marks: set[Cell]
    ) -> Cell:
        for number in reversed(kept[max(0, position - _REACH) : position]):
            if not is_blank(cell := self._cell(number, index, filled)) and cell not in marks:
                return cell
        return self.above.get(index) if position <= _REACH else None

    def _breaks(self, number: int, marks: set[Cell], filled: Repeats) -> bool:
        """Whether a new family begins: its number or head changes, or the row is a head's own."""
        cells = [self._cell(number, index, filled) for index in sorted(self.shared)]
        household = tuple(cell for cell in cells if not is_blank(cell) and cell not in marks)
        changed = bool(household) and household != self.household
        self.household = household or self.household
        return changed or (self.heads is not None and self.heads[1](self.sheet.cell(number, self.heads[0])))

    def _repeat(
        self,
        number: int,
        index: int,
        above: Cell,
        breaks: bool,
        filled: Repeats,
        notes: dict[int, list[Note]],
    ) -> None:
        params = {"value": plain(self.sheet.cell(number, index)), "made": plain(above)}
        if above is None or (breaks and index in self.personal):
            filled[number, index] = None
            note = Note("ditto_across", params, index)
        else:
            filled[number, index] = above
            note = Note("ditto_name" if index in self.guarded else "ditto", params, index)
        notes.setdefault(number, []).append(note)
