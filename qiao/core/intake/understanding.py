"""What each column of a sheet means, with how much confidence, and what must be asked."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from qiao.core.intake import evidence
from qiao.core.intake.cells import Cell, is_blank, plain
from qiao.core.intake.columns import Column
from qiao.core.intake.headings import SURE, Match, meaning, unit
from qiao.core.intake.layout import WIDEST, Header, find_header, header_at
from qiao.core.intake.sheets import Sheet, Workbook
from qiao.core.intake.values.dates import ambiguous_order
from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import WORDS, squeeze, word_set

_SAMPLES = 3
_OBSERVED = 300
_COMMENTS = word_set(WORDS["heading"]["comments"])


@dataclass(slots=True)
class Question:
    """Something only a person can decide, asked once for the whole column."""

    code: str
    column: int
    options: list[str]
    sample: str


@dataclass(slots=True)
class Reading:
    """How a sheet is understood. Row numbers count from 0; the header is rows `top` to `bottom`, included.

    `bottom` < `top` when the sheet has no header. `missing`: required fields that no column holds.
    `fixes` are values decided before: {field: {read: made}}.
    """

    sheet: str
    top: int
    bottom: int
    score: float
    columns: list[Column]
    fingerprint: str
    titles: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    fixes: dict[str, dict[str, Any]] = field(default_factory=dict)
    hidden: bool = False
    rows: int = 0

    @property
    def blocks(self) -> int:
        return max((column.block for column in self.columns), default=0) + 1

    @property
    def usable(self) -> bool:
        """Whether the sheet looks like a roster of the vocabulary: two columns known, or the only one."""
        known = {column.field for column in self.columns if column.field}
        return self.rows > 0 and (len(known) >= 2 or (len(self.columns) == 1 and bool(known)))

    def column_of(self, code: str, block: int = 0) -> Column | None:
        return next((c for c in self.columns if c.field == code and c.block == block), None)

    def assign(self, index: int, code: str | None) -> None:
        """A person says what a column means; another column of that meaning gives it up."""
        chosen = next(column for column in self.columns if column.index == index)
        for column in self.columns:
            if code and column.field == code and column.block == chosen.block:
                column.field, column.source = None, "user"
        chosen.field, chosen.confidence, chosen.source = code, 1.0, "user"
        self.find_missing()

    def find_missing(self) -> None:
        """Which required fields no column holds."""
        known = {column.field for column in self.columns}
        self.missing = [code for code in self.required if code not in known]

    @property
    def _labelled(self) -> list[Column]:
        return [column for column in self.columns if column.label]

    def memory(self) -> "Memory":
        """What is worth keeping for the next file with the same header."""
        return {
            "columns": [[column.label, column.field] for column in self._labelled],
            "orders": [column.order for column in self._labelled],
            "fixes": self.fixes,
        }

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reading":
        return cls(
            **{
                **data,
                "columns": [Column(**column) for column in data["columns"]],
                "questions": [Question(**question) for question in data["questions"]],
            }
        )


Memory = dict[str, Any]  # as `Reading.memory` makes it; plain JSON


def survey(
    workbook: Workbook, vocabulary: Vocabulary, remembered: Mapping[str, Memory] | None = None
) -> list[Reading]:
    """A reading of every sheet; those that are no roster have `usable` False."""
    return [understand(sheet, vocabulary, remembered) for sheet in workbook.sheets]


def understand(
    sheet: Sheet,
    vocabulary: Vocabulary,
    remembered: Mapping[str, Memory] | None = None,
    header: tuple[int, int] | None = None,
) -> Reading:
    """`remembered`: memories by header fingerprint. `header`: the rows a person has pointed at."""
    found = header_at(sheet, vocabulary, *header) if header else find_header(sheet, vocabulary)
    start = found.bottom + 1
    columns = _columns(sheet, found)
    reading = Reading(
        sheet.name,
        found.top,
        found.bottom,
        round(found.score, 2),
        columns,
        fingerprint=_fingerprint(columns),
        titles=_titles(sheet, found),
        hidden=sheet.hidden,
        rows=sum(any(not is_blank(cell) for cell in cells) for cells in sheet.rows[start:]),
    )
    memory = (remembered or {}).get(reading.fingerprint)
    _assign_blocks(columns, vocabulary)
    _assign_by_heading(columns, found, vocabulary)
    observed = _observed(sheet, start)
    weighed = [column for column in columns if column.index < WIDEST]
    for column in weighed:
        column.samples = _samples(observed, column.index)
    evidence.assign_by_values(weighed, observed, vocabulary)
    if memory:
        _recall(reading, memory, vocabulary)
    _settle_units_and_orders(sheet, reading, found, vocabulary)
    reading.required = [code for code, item in vocabulary.fields.items() if item.required]
    reading.find_missing()
    return reading


def _columns(sheet: Sheet, header: Header) -> list[Column]:
    """Every column that has a heading or a value."""
    filled = {
        column
        for cells in sheet.rows[header.bottom + 1 :]
        for column, cell in enumerate(cells)
        if cell is not None
    }
    return [
        Column(index, header.label(index), hidden=index in sheet.hidden_columns)
        for index in range(sheet.width)
        if (header.label(index) or index in filled) and squeeze(header.label(index)) not in _COMMENTS
    ]


def _titles(sheet: Sheet, header: Header) -> list[str]:
    rows = sheet.rows[: header.top] if header.found else []
    return [
        text for cells in rows if (text := "  ".join(plain(cell) for cell in cells if not is_blank(cell)))
    ]


def _fingerprint(columns: Sequence[Column]) -> str:
    """The same for the same headings in the same order, whatever the titles and marks around them."""
    labels = "\n".join(squeeze(column.label) for column in columns if column.label)
    return hashlib.sha256(labels.encode()).hexdigest()[:24]


def _assign_blocks(columns: list[Column], vocabulary: Vocabulary) -> None:
    """Tables side by side: the same run of two or more headings begins again."""
    labels = [squeeze(column.label) for column in columns]
    again = [start for start, label in enumerate(labels) if label and label == labels[0]]
    for second in again[1:]:
        width = next((n for n in range(second) if not labels[n]), second)  # an empty column may stand between
        first = labels[:width]
        starts = [start for start in again if labels[start : start + width] == first]
        regular = all(
            labels[start : start + second] == labels[: len(labels[start : start + second])]
            for start in starts
        )
        if width > 1 and second in starts and regular and _is_record(first, vocabulary):
            for number, column in enumerate(columns):
                column.block = max(0, sum(number >= start for start in starts) - 1)
            return


def _is_record(labels: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the headings hold the name or the number of a person."""
    kinds = {
        vocabulary.fields[match.field].kind for label in labels for match in meaning((label,), vocabulary)[:1]
    }
    return bool(kinds & {Kind.PERSON_NAME, Kind.ID_NUMBER})


def _assign_by_heading(columns: list[Column], header: Header, vocabulary: Vocabulary) -> None:
    """Each field goes to the column that claims it most surely; the others keep it as a suggestion."""
    claims: list[tuple[float, int, Match, Column]] = []
    for column in columns:
        parts = header.parts[column.index] if column.index < len(header.parts) else ()
        matches = meaning(parts, vocabulary)
        column.suggestions = [match.field for match in matches[:3]]
        claims += [
            (-match.confidence, column.index, match, column) for match in matches if match.confidence >= SURE
        ]
    taken: set[tuple[int, str]] = set()
    for _, _, match, column in sorted(claims, key=lambda claim: claim[:2]):
        if column.field is None and (column.block, match.field) not in taken:
            taken.add((column.block, match.field))
            column.field, column.confidence, column.source = match.field, match.confidence, "heading"


def _observed(sheet: Sheet, start: int) -> list[list[Cell]]:
    return [
        cells for cells in sheet.rows[start : start + _OBSERVED] if any(cell is not None for cell in cells)
    ]


def _samples(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    samples: list[str] = []
    for cells in rows:
        if index < len(cells) and (text := plain(cells[index])) and text not in samples:
            samples.append(text[:40])
            if len(samples) == _SAMPLES:
                break
    return samples


def _recall(reading: Reading, memory: Memory, vocabulary: Vocabulary) -> None:
    """The fingerprint promises the same labels in the same order; a memory that fits no longer is left."""
    labelled = [column for column in reading.columns if column.label]
    known = memory.get("columns", [])
    if [label for label, _ in known] == [column.label for column in labelled]:
        orders = memory.get("orders", [None] * len(labelled))
        for column, (_, code), order in zip(labelled, known, orders, strict=False):
            if code is None or code in vocabulary.fields:
                column.field, column.confidence, column.source = code, 1.0, "remembered"
            column.order = order
        taken = {(column.block, column.field) for column in labelled}
        for column in reading.columns:
            if not column.label and (column.block, column.field) in taken:
                column.field, column.source = None, "none"
    reading.fixes = {code: dict(values) for code, values in memory.get("fixes", {}).items()}


_YEAR_LAST = re.compile(r"\s*\d{1,2}[-./]\d{1,2}[-./]\d{4}\s*")


def _settle_units_and_orders(sheet: Sheet, reading: Reading, header: Header, vocabulary: Vocabulary) -> None:
    for column in reading.columns:
        kind = vocabulary.fields[column.field].kind if column.field else None
        if kind:
            column.unit = unit(column.label, kind)
        if kind is Kind.MONEY and column.unit is None:
            column.unit = next((u for text in reading.titles if (u := unit(text, kind))), None)
        if kind is Kind.DATE and column.order is None:
            _settle_order(sheet, reading, header.bottom + 1, column)


def _settle_order(sheet: Sheet, reading: Reading, start: int, column: Column) -> None:
    """One date that can be read in a single way decides for the whole column; else it is asked."""
    index = column.index
    texts = {
        cell for cells in sheet.rows[start:] if index < len(cells) and isinstance(cell := cells[index], str)
    }
    written = [text for text in texts if _YEAR_LAST.fullmatch(text)]
    orders = {ambiguous_order(text): text for text in sorted(written, reverse=True)}
    if "dmy" in orders or "mdy" in orders:
        if not ("dmy" in orders and "mdy" in orders):
            column.order = "dmy" if "dmy" in orders else "mdy"
    elif "either" in orders:
        reading.questions.append(Question("date_order", index, ["mdy", "dmy"], orders["either"]))
