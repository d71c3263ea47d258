"""Where the header of a sheet stands: one to three rows among the first twenty, found by their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.headings import SURE, Match, meaning
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.vocabulary import Vocabulary

SEARCHED = 20
DEPTH = 3
WIDEST = 256  # columns whose headings and values are weighed; those beyond are kept as they are
_DATA = re.compile(r"\d{6,}|^\d{4}[-./\u5e74]\d")
_ROW_COST = 0.3
_DATA_COST = 0.5
_TITLE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `top` to `bottom`, both included and counted from 0; no header at all when bottom < top."""

    top: int
    bottom: int
    parts: list[tuple[str, ...]] = field(default_factory=list)
    score: float = 0.0

    @property
    def found(self) -> bool:
        return self.bottom >= self.top

    def label(self, column: int) -> str:
        """The levels of a column's heading, each once, joined by "|"."""
        parts = self.parts[column] if column < len(self.parts) else ()
        return "|".join(part for number, part in enumerate(parts) if part and part not in parts[:number])


NO_HEADER = Header(0, -1)


def find_header(sheet: Sheet, vocabulary: Vocabulary) -> Header:
    """The best window of rows, or NO_HEADER when nothing reads like one."""
    grid = Grid(sheet, SEARCHED + DEPTH)
    best = NO_HEADER
    for top in range(min(SEARCHED, len(grid.texts))):
        for depth in range(1, DEPTH + 1):
            bottom = top + depth - 1
            if bottom >= len(grid.texts) or not any(grid.texts[bottom]):
                break
            if grid.cuts_merge(top, bottom):
                continue
            header = _scored(grid, top, bottom, vocabulary)
            if header.score > best.score:
                best = header
    return best if best.score >= _needed(sheet, best) else NO_HEADER


def header_at(sheet: Sheet, vocabulary: Vocabulary, top: int, bottom: int) -> Header:
    """The header a person has pointed at."""
    return _scored(Grid(sheet, bottom + 1), top, bottom, vocabulary)


def _needed(sheet: Sheet, header: Header) -> float:
    named = sum(1 for parts in header.parts if any(parts))
    return 0.9 if named <= 2 or sheet.width <= 2 else 1.8


class Grid:
    """The texts of the first rows, merged cells filled, titles across the sheet left out."""

    def __init__(self, sheet: Sheet, rows: int) -> None:
        self.sheet = sheet
        head = sheet.rows[:rows]
        head = [cells[:WIDEST] for cells in head]
        self.width = max(map(len, head), default=0)
        self.texts = [[plain(cell) for cell in cells] + [""] * (self.width - len(cells)) for cells in head]
        self.data = [[_is_data(cell) for cell in cells] for cells in head]
        self.merges = []
        used = max((sum(map(bool, texts)) for texts in self.texts), default=0)
        for merge in sheet.top_merges(len(head)):
            columns = merge.right - merge.left + 1
            text = self.texts[merge.top][merge.left] if merge.left < self.width else ""
            if columns >= 4 and columns >= used * _TITLE_SHARE:
                if merge.left < self.width:
                    self.texts[merge.top][merge.left] = ""
                continue
            self.merges.append(merge)
            for row in range(merge.top, min(merge.bottom + 1, len(self.texts))):
                for column in range(merge.left, min(merge.right + 1, self.width)):
                    self.texts[row][column] = text
        self._merged = {
            (merge.top, column) for merge in self.merges for column in range(merge.left, merge.right + 1)
        }

    def cuts_merge(self, top: int, bottom: int) -> bool:
        """Whether a vertical merge reaches over the upper or the lower edge of the window."""
        return any(
            merge.top < top <= merge.bottom or merge.top <= bottom < merge.bottom for merge in self.merges
        )

    def parts(self, top: int, bottom: int) -> list[tuple[str, ...]]:
        rows = [list(self.texts[row]) for row in range(top, bottom + 1)]
        for level in range(len(rows) - 1):
            _fill_right(rows[level], rows[level + 1], {c for r, c in self._merged if r == top + level})
        return list(zip(*rows, strict=True))


def _fill_right(upper: list[str], lower: Sequence[str], merged: set[int]) -> None:
    """A group's heading stands over its first column only, when a file knows no merged cells."""
    current = ""
    for column, text in enumerate(upper):
        if text or column in merged or not lower[column]:
            current = text if text and lower[column] and column not in merged else ""
        else:
            upper[column] = current


def _is_data(cell: Cell) -> bool:
    if cell is None:
        return False
    return not isinstance(cell, str) or bool(_DATA.search(cell))


def _scored(grid: Grid, top: int, bottom: int, vocabulary: Vocabulary) -> Header:
    parts = grid.parts(top, bottom)
    best: dict[str, float] = {}
    for column_parts in parts:
        for match in best_match(column_parts, vocabulary):
            best[match.field] = max(best.get(match.field, 0), match.confidence)
    data = sum(sum(grid.data[row]) for row in range(top, bottom + 1))
    score = sum(best.values()) - _ROW_COST * (bottom - top) - _DATA_COST * data
    return Header(top, bottom, parts, score)


def best_match(parts: tuple[str, ...], vocabulary: Vocabulary) -> list[Match]:
    """The surest meaning of a heading, as a list of one, or nothing."""
    return [match for match in meaning(parts, vocabulary)[:1] if match.confidence >= SURE]
