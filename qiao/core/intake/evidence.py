"""What the values of a column say about it, when its heading says nothing or the wrong thing."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.columns import Column
from qiao.core.intake.values.id_numbers import is_valid
from qiao.core.intake.vocabulary import Kind, Vocabulary
from qiao.core.intake.words import WORDS, squeeze

_ENOUGH = 0.6
_CONFIDENCE = 0.7
_DITTO = {squeeze(word) for word in WORDS["ditto"]}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NAME = re.compile(rf"[{WORDS['surnames']}][\u4e00-\u9fff]{{1,2}}")
_ID_SHAPE = re.compile(r"[0-9]{14,17}[0-9Xx]|[0-9]\.[0-9]+[eE]\+1[47]")


def assign_by_values(columns: list[Column], rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> None:
    """Finds the columns of ID numbers, telephones, sexes and names among those that no heading names."""
    for block in {column.block for column in columns}:
        mine = [column for column in columns if column.block == block]
        for code, looks in _looks(vocabulary):
            _assign(code, looks, mine, rows, strong=vocabulary.fields[code].kind is Kind.ID_NUMBER)


def _looks(vocabulary: Vocabulary) -> list[tuple[str, Callable[[str], bool]]]:
    """For each kind that values betray: its first field in the vocabulary, and the test."""
    tests: dict[str, Callable[[str], bool]] = {}
    for code, item in vocabulary.fields.items():
        if item.kind is Kind.ID_NUMBER:
            tests[code] = is_valid
            for told, target in item.gives.items():
                if told == "sex" and target in vocabulary.fields:
                    choices = vocabulary.fields[target].choices.values()
                    tests[target] = partial(_is_word, {squeeze(word) for words in choices for word in words})
    for kind, pattern in ((Kind.PHONE, _MOBILE), (Kind.PERSON_NAME, _NAME)):
        first = next((code for code, item in vocabulary.fields.items() if item.kind is kind), None)
        if first:
            tests[first] = partial(_matches, pattern)
    return list(tests.items())


def _is_word(words: set[str], text: str) -> bool:
    return not text.isdecimal() and squeeze(text) in words


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None


def _assign(
    code: str,
    looks: Callable[[str], bool],
    columns: list[Column],
    rows: Sequence[Sequence[Cell]],
    strong: bool,
) -> None:
    holder = next((column for column in columns if column.field == code), None)
    if holder and not (strong and _share(holder.index, rows, _resembles_id) == 0):
        return
    candidates = [c for c in columns if c.field is None and (strong or not c.label)]
    shares = [(_share(column.index, rows, looks), -column.index, column) for column in candidates]
    if shares and (best := max(shares, key=lambda item: item[:2]))[0] >= _ENOUGH:
        if holder:
            holder.field, holder.confidence, holder.source = None, 0.0, "none"
        best[2].field, best[2].confidence, best[2].source = code, _CONFIDENCE, "values"


def _resembles_id(text: str) -> bool:
    return _ID_SHAPE.search(text) is not None


def _share(index: int, rows: Sequence[Sequence[Cell]], looks: Callable[[str], bool]) -> float:
    """Share of a column's filled cells that pass; 0 when there are none."""
    texts = [plain(cells[index]) for cells in rows if index < len(cells) and cells[index] is not None]
    texts = [text for text in texts if text and squeeze(text) not in _DITTO]
    return sum(looks(text) for text in texts) / len(texts) if texts else 0.0
