"""A sheet before it becomes a file: cells, merged ranges and what is hidden or coloured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qiao.demo.pen import Cell


@dataclass(slots=True)
class Sheet:
    """Rows and columns count from 0. `merges`: first row, first column, last row, last column."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    titles: set[int] = field(default_factory=set)
    header: range = range(0)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    colours: dict[int, str] = field(default_factory=dict)
    lists: dict[int, list[str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def line(self, text: Cell, width: int, title: bool = False) -> None:
        """One text across the whole width."""
        at = len(self.rows)
        self.rows.append([text, *[None] * (width - 1)])
        if width > 1:
            self.merges.append((at, 0, at, width - 1))
        if title:
            self.titles.add(at)

    def head(self, columns: Mapping[str, str]) -> None:
        """Header rows from paths such as "work/unit/name": equal neighbours merge, short ones reach down."""
        top = len(self.rows)
        block, merges = header(list(columns.values()))
        self.rows += block
        self.merges += [(top + a, b, top + c, d) for a, b, c, d in merges]
        self.header = range(top, len(self.rows))


def header(paths: Sequence[str]) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
    parts = [path.split("/") for path in paths]
    depth = max(map(len, parts))
    block: list[list[Cell]] = [[None] * len(parts) for _ in range(depth)]
    merges = []
    for level in range(depth):
        column = 0
        while column < len(parts):
            path = parts[column]
            if len(path) <= level:
                column += 1
                continue
            block[level][column] = path[level]
            last = len(path) - 1 == level
            end = column
            while not last and end + 1 < len(parts) and parts[end + 1][: level + 1] == path[: level + 1] and len(parts[end + 1]) > level + 1:
                end += 1
            bottom = depth - 1 if last else level
            if end > column or bottom > level:
                merges.append((level, column, bottom, end))
            column = end + 1
    return block, merges
