"""Rows below the header that are nobody's record: totals, signatures, remarks, repeated headers."""

import re
from collections.abc import Sequence

from qiao.core.intake.cells import Cell, is_blank, plain
from qiao.core.intake.sheets import Sheet
from qiao.core.intake.words import WORDS, alternatives, squeeze, word_set

_R = WORDS["row"]
_TOTAL = re.compile(rf"(?:{alternatives(word_set(_R['total']))})(?:[:：(\d].*|[^\w]*)?")
_SIGNED = re.compile(rf"(?:{alternatives(word_set(_R['signature']))})(?:[(（][^)）]*[)）])?(?:[:：_].*)?")
_SIGNED_SURELY = re.compile(rf"(?:{alternatives(word_set(_R['signature']))})(?:[(（][^)）]*[)）])?[:：_].*")
_REMARK = re.compile(rf"(?:{alternatives(word_set(_R['note']))})\d*[:：、.].*|※.*")
_EXAMPLE = re.compile(rf"[(（【\[]?(?:{alternatives(word_set(_R['example']))})[)）】\]:：]?\d*")
_INSTRUCTION = re.compile(alternatives(word_set(_R["instruction"])))
_NUMBERING = word_set(WORDS["heading"]["numbering"])
_LISTED = re.compile(r"[(（]?\d{1,2}[)）、.．].{6,}")
_SHORT = 24
_ID_LENGTH = 12  # anything shorter in the column of ID numbers is no number of a person


class RowSorter:
    """Says why a row is skipped, or None when it is somebody's record.

    `headings`: the texts above each column. `keys`: the columns of names and ID numbers. `seq`: those of
    running numbers.
    """

    def __init__(
        self, sheet: Sheet, headings: Sequence[tuple[str, ...]], keys: Sequence[int], seq: Sequence[int]
    ) -> None:
        self.sheet = sheet
        self.keys, self.seq = tuple(keys), frozenset(seq)
        self.headings = [
            {squeeze(part) for part in parts if part} | {squeeze("".join(parts))} for parts in headings
        ]
        self.spread = {merge.top for merge in sheet.merges if merge.right - merge.left >= 2}
        self.records = 0
        self.in_remarks = False

    def reason(self, number: int, cells: Sequence[Cell], after_header: int) -> str | None:
        """`after_header`: how many rows below the header this is, from 1."""
        if self._plainly_a_record(cells) and after_header > 2:
            self.records += 1
            self.in_remarks = False
            return None
        reason = self._slow(number, cells, after_header)
        self.records += reason is None
        self.in_remarks = reason == "skip_remark" or (self.in_remarks and reason == "skip_blank")
        return reason

    def _plainly_a_record(self, cells: Sequence[Cell]) -> bool:
        """A name and an ID number that is one: no heading, total or signature has that."""
        width = len(cells)
        if len(self.keys) < 2:
            return False
        for column in self.keys[:2]:
            if column >= width or not cells[column]:
                return False
        number = cells[self.keys[1]]
        return isinstance(number, str) and len(number) in (15, 18) and number[:14].isdecimal()

    def _slow(self, number: int, cells: Sequence[Cell], after_header: int) -> str | None:
        filled = [(column, squeeze(plain(cell))) for column, cell in enumerate(cells) if not is_blank(cell)]
        filled = [(column, text) for column, text in filled if text]
        if not filled:
            return "skip_blank"
        if self._repeats_header(filled):
            return "skip_header"
        first_column, first = filled[0]
        texts = dict(filled)
        keyed = [c for c in self.keys if c in texts and (c == self.keys[0] or len(texts[c]) >= _ID_LENGTH)]
        if after_header <= 3 and self.records < 2 and (reason := self._guidance(filled)):
            return reason
        if any(_TOTAL.fullmatch(text) for _, text in filled[:3]) and len(keyed) < 2:
            return "skip_total"
        if any(_SIGNED_SURELY.fullmatch(text) for _, text in filled) and len(keyed) < 2:
            return "skip_signature"
        if _REMARK.fullmatch(first):
            return "skip_remark"
        if len(filled) == 1 and (reason := self._lonely(number, first_column, first)):
            return reason
        if (
            _SIGNED.fullmatch(first)
            and len(filled) <= 4
            and not any(text[:6].isdecimal() for _, text in filled)
        ):
            return "skip_signature"
        if not keyed and self._sums_up(number, after_header, filled):
            return "skip_total"
        return None

    def _repeats_header(self, filled: list[tuple[int, str]]) -> bool:
        same = sum(column < len(self.headings) and text in self.headings[column] for column, text in filled)
        return same >= 2 and same * 2 > len(filled)

    def _guidance(self, filled: list[tuple[int, str]]) -> str | None:
        texts = [text for _, text in filled]
        if len(texts) > 2 and all(
            text in _NUMBERING or (text.isdecimal() and len(text) < 3) for text in texts
        ):
            counted = [int(text) for text in texts if text.isdecimal()]
            if counted == sorted(set(counted)):
                return "skip_numbering"
        if _EXAMPLE.fullmatch(texts[0]):
            return "skip_instruction"
        told = sum(bool(_INSTRUCTION.search(text)) for text in texts)
        return "skip_instruction" if told >= 2 or (told and told == len(texts)) else None

    def _lonely(self, number: int, column: int, text: str) -> str | None:
        """A row with a single cell."""
        if column in self.seq and text.isdecimal():
            return "skip_empty_number"
        if _SIGNED.fullmatch(text):
            return "skip_signature"
        if self.in_remarks or _LISTED.fullmatch(text) or len(text) > _SHORT:
            return "skip_remark"
        if number in self.spread or (column not in self.keys and not text.isdecimal()):
            return "skip_heading"
        return None

    def _sums_up(self, number: int, after_header: int, filled: list[tuple[int, str]]) -> bool:
        """Numbers alone, one of them the count of the records so far or the sum of its column."""
        numbers = [(column, text) for column, text in filled if column not in self.seq]
        if not all(text.replace(".", "", 1).isdecimal() for _, text in numbers):
            return False
        above = self.sheet.rows[number - after_header + 1 : number]
        return any(float(text) in (self.records, _sum(above, column)) for column, text in numbers)


def _sum(rows: Sequence[Sequence[Cell]], column: int) -> float:
    return sum(cell for cells in rows if column < len(cells) and isinstance(cell := cells[column], float))
