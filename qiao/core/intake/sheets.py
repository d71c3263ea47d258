"""A workbook as read: cells where the file has them, so that messages can name the real row and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qiao.core.intake.cells import Cell


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; all four ends are included and count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """`rows[0]` is row 1 of the file and `rows[r][0]` its column A. Rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def top_merges(self, below: int) -> Iterator[Merge]:
        """Merged ranges that begin above row `below`."""
        return (merge for merge in self.merges if merge.top < below)


@dataclass(slots=True)
class Workbook:
    """`form` names how the bytes were read: xlsx, xls, ods, csv, html, xml."""

    filename: str
    form: str
    sheets: list[Sheet]
    encoding: str | None = None
