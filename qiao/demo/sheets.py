"""A sheet before it becomes a file: cells, merged ranges and what is hidden or coloured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cell = str | int | float | date | None
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
NARROWEST, WIDEST = 4, 34
Place = Literal["title", "line", "head", "body"]


@dataclass(slots=True)
class Sheet:
    """Rows and columns count from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    titles: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    header: range = range(0)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    colours: dict[int, str] = field(default_factory=dict)
    lists: dict[int, list[str]] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def line(self, text: Cell, columns: int, title: bool = False) -> None:
        """One text across the whole table."""
        at = len(self.rows)
        self.rows.append([text, *[None] * (columns - 1)])
        self.merges.append((at, 0, at, columns - 1))
        (self.titles if title else self.lines).add(at)

    def head(self, paths: Mapping[str, str]) -> None:
        """Header rows from paths such as "work/unit/name": equal neighbours merge, short ones reach down."""
        top = len(self.rows)
        block, merges = header([path.split("/") for path in paths.values()])
        self.rows += block
        self.merges += [(top + first, left, top + last, right) for first, left, last, right in merges]
        self.header = range(top, len(self.rows))

    def place(self, row: int) -> Place:
        if row in self.titles:
            return "title"
        if row in self.header:
            return "head"
        return "line" if row in self.lines else "body"

    def widths(self) -> list[int]:
        """Columns as wide as what usually stands in them, in half-width characters."""
        sample = [row for number, row in enumerate(self.rows) if self.place(number) in ("head", "body")][:60]
        return [_column_width(row[at] for row in sample if at < len(row)) for at in range(self.columns)]


def _column_width(cells: Iterable[Cell]) -> int:
    return min(WIDEST, max([NARROWEST, *map(_width, cells)]) + 1)


def _width(cell: Cell) -> int:
    return 0 if cell is None else sum(2 if ord(char) > 0x2E7F else 1 for char in str(cell))


def header(paths: Sequence[Sequence[str]]) -> tuple[list[list[Cell]], list[Merge]]:
    """The rows of a header and its merged ranges, from the path of each column."""
    depth = max(map(len, paths))
    block: list[list[Cell]] = [[None] * len(paths) for _ in range(depth)]
    merges: list[Merge] = []
    for level in range(depth):
        column = 0
        while column < len(paths):
            right = _last_of_group(paths, column, level)
            if level < len(paths[column]):
                block[level][column] = paths[column][level]
                bottom = depth - 1 if level == len(paths[column]) - 1 else level
                if right > column or bottom > level:
                    merges.append((level, column, bottom, right))
            column = right + 1
    return block, merges


def _last_of_group(paths: Sequence[Sequence[str]], column: int, level: int) -> int:
    """The last neighbour that shares the heading above the columns' own names."""
    shared = paths[column][: level + 1]
    if len(paths[column]) <= level + 1:
        return column
    last = column
    while (
        last + 1 < len(paths) and len(paths[last + 1]) > level + 1 and paths[last + 1][: level + 1] == shared
    ):
        last += 1
    return last
