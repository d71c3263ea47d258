"""What the fields of one person say about each other, and whether he stands in the file twice."""

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from qiao.core.intake.columns import Column
from qiao.core.intake.notes import Note, Severity
from qiao.core.intake.values import Context
from qiao.core.intake.values.dates import DAY, PartialDate
from qiao.core.intake.values.id_numbers import facts
from qiao.core.intake.vocabulary import Kind, Vocabulary

_AGE_SLACK = 3  # rosters count years in three ways and grow old themselves


class PersonChecks:
    """The ID number wins over birth and sex, fills them when they are empty, and tells people apart."""

    def __init__(self, known: Sequence[Column], vocabulary: Vocabulary, context: Context) -> None:
        self.columns = {column.field: column.index for column in known}
        self.context = context
        numbers = [item for item in vocabulary.fields.values() if item.kind is Kind.ID_NUMBER]
        self.number = next((item.code for item in numbers if item.code in self.columns), None)
        gives = numbers[0].gives if numbers else {}
        self.birth, self.sex = gives.get("birth"), gives.get("sex")
        self.age = gives.get("age") if gives.get("age") in self.columns else None
        self.identity = [
            codes for codes in vocabulary.identity if all(code in self.columns for code in codes)
        ]
        placed = [code for code in self.columns if code in context.places]
        self.regions = [code for code in placed if code and vocabulary.fields[code].kind is Kind.REGION]
        self.seen: dict[tuple[Any, ...], int] = {}

    def judge(self, row: int, values: dict[str, Any], said: list[Note] | None) -> list[Note]:
        """Completes `values` in place; doubts that the ID number settles leave `said`."""
        notes: list[Note] = []
        if self.number and (number := values[self.number]):
            known = facts(number)
            if self.birth:
                self._settle(self.birth, "birth", PartialDate(known.birth, DAY), values, said, notes)
            if self.sex:
                self._settle(self.sex, "sex", known.sex, values, said, notes)
        if self.age and self.birth and (birth := values.get(self.birth)):
            self._compare_age(values[self.age], birth, notes)
        if len(self.regions) > 1:
            self._compare_places(values, notes)
        for codes in self.identity:
            key = tuple([values[code] for code in codes])
            if None not in key:
                first = self.seen.setdefault(key, row)
                if first != row:
                    notes.append(Note("twice", {"row": first}, self.columns[codes[0]]))
                break
        return notes

    def _settle(
        self,
        code: str,
        name: str,
        made: Any,
        values: dict[str, Any],
        said: list[Note] | None,
        notes: list[Note],
    ) -> None:
        """What the ID number tells is taken; it differs from what was read, or ends a doubt about it."""
        column, read = self.columns.get(code), values.get(code)
        values[code] = made
        if read == made and not said:
            return
        doubts = [note for note in said or () if note.column == column and note.severity is Severity.CONFIRM]
        if said and doubts:
            said[:] = [note for note in said if note not in doubts]
            if read != made:
                params = {"value": doubts[0].params.get("value", ""), "made": str(made)}
                notes.append(Note(f"{name}_from_id", params, column))
        elif read not in (None, made) and not (isinstance(read, PartialDate) and read.agrees(made.first)):
            notes.append(Note(f"{name}_differs", {"value": str(read), "made": str(made)}, column))

    def _compare_age(self, said: int | None, birth: PartialDate, notes: list[Note]) -> None:
        if said is None or not self.age:
            return
        made = age_on(birth.first, self.context.as_of)
        if abs(made - said) > _AGE_SLACK:
            notes.append(Note("age_differs", {"value": said, "made": made}, self.columns[self.age]))

    def _compare_places(self, values: dict[str, Any], notes: list[Note]) -> None:
        """The larger place holds the smaller one: codes of twelve digits, zeros at the end."""
        placed = sorted(
            ((values[code], code) for code in self.regions if values[code]), key=lambda item: -_zeros(item[0])
        )
        for (large, _), (small, code) in itertools.pairwise(placed):
            if small // _zeros(large) != large // _zeros(large):
                notes.append(Note("place_differs", {"value": str(small)}, self.columns[code]))


def _zeros(code: int) -> int:
    """The power of ten that a region's code ends with: 1000 for a street, 1 for a community."""
    return next((power for power in (10**10, 10**8, 10**6, 10**3) if code % power == 0), 1)


def age_on(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
