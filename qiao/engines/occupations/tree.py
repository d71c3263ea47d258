"""The Occupational Classification of the People's Republic of China, edition of 2022, as a tree.

Four levels: 8 major groups, 72 middle groups, 336 divided minor groups and 1,631 occupations are held. A code is written ``4-07-03-01``;
as a number it is ``4070301``, so that two codes share their ancestors when they agree in the leading decimal digits
(``number // 10**6``, ``// 10**4``, ``// 10**2``). Groups end in zeros. A minor group that is not divided further is an
occupation itself: ``2-06-03-00`` has level 4. A few occupations stand directly below a middle group.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

EDITION = 2022
OCCUPATION = 4
_WRITTEN = re.compile(r"[1-8](?:-[0-9]{2}){3}")


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry of the classification.

    ``level`` is 1 to 4. ``digital`` and ``green`` are the marks S and L of the edition. ``aliases`` are usual job
    titles, ``definition`` is the official one ("" for groups).
    """

    code: str
    name: str
    level: int
    digital: bool
    green: bool
    aliases: tuple[str, ...]
    definition: str

    @property
    def number(self) -> int:
        return number_of(self.code)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def number_of(code: str) -> int:
    """``4-07-03-01`` as 4070301. Raises ValueError on text that is not written like a code; asks no tree."""
    if not _WRITTEN.fullmatch(code):
        raise ValueError(f"not written like an occupation code (4-07-03-01): {code!r}")
    return int(code.replace("-", ""))


def code_of(number: int) -> str:
    """4070301 as ``4-07-03-01``. Raises ValueError on a number that no code can have; asks no tree."""
    if not 1_000_000 <= number < 9_000_000:
        raise ValueError(f"not the number of an occupation code (4070301): {number!r}")
    digits = str(number)
    return f"{digits[0]}-{digits[1:3]}-{digits[3:5]}-{digits[5:]}"


class Tree:
    """Entries in the order of their codes; every look-up is by a written code or by its number."""

    def __init__(self, entries: list[Occupation]):
        self.entries = tuple(sorted(entries, key=lambda entry: entry.code))
        self._by_code: dict[str | int, Occupation] = {entry.code: entry for entry in self.entries}
        self._by_code |= {entry.number: entry for entry in self.entries}

    def __iter__(self) -> Iterator[Occupation]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str | int) -> Occupation:
        """Raises KeyError when the edition has no such code."""
        return self._by_code[code]

    def get(self, code: str | int) -> Occupation | None:
        return self._by_code.get(code)

    def name(self, code: str | int) -> str:
        """The name, or "" when the edition has no such code."""
        return entry.name if (entry := self.get(code)) else ""

    def label(self, code: str | int) -> str:
        """Code and name for people to read; an unknown code stays as it is."""
        return str(self.get(code) or code)

    def parent(self, code: str | int) -> Occupation | None:
        """The nearest group above that the edition has; None above a major group."""
        entry = self[code]
        for step in (100, 10_000, 1_000_000):
            above = self.get(entry.number // step * step)
            if above and above.level < entry.level:
                return above
        return None

    def ancestors(self, code: str | int) -> tuple[Occupation, ...]:
        """From the major group down to the parent."""
        above = self.parent(code)
        return (*self.ancestors(above.code), above) if above else ()

    def children(self, code: str | int | None = None) -> tuple[Occupation, ...]:
        """What stands directly below; the major groups for None."""
        return self._children.get(self[code].code if code is not None else None, ())

    def level(self, level: int) -> tuple[Occupation, ...]:
        return tuple(entry for entry in self.entries if entry.level == level)

    def starting(self, text: str, limit: int | None = None) -> tuple[Occupation, ...]:
        """Entries whose code (with or without hyphens) or name begins with the text, in the order of codes."""
        text = text.strip()
        digits = text.replace("-", "")
        bare = digits if digits.isdecimal() else None
        found = (
            entry
            for entry in self.entries
            if entry.name.startswith(text) or (bare and str(entry.number).startswith(bare))
        )
        return (
            tuple(entry for entry, _ in zip(found, range(limit or len(self)), strict=False)) if text else ()
        )

    @cached_property
    def _children(self) -> dict[str | None, tuple[Occupation, ...]]:
        below: dict[str | None, tuple[Occupation, ...]] = {}
        for entry in self.entries:
            above = self.parent(entry.code)
            key = above.code if above else None
            below[key] = (*below.get(key, ()), entry)
        return below


@cache
def tree() -> Tree:
    """The edition in force, read once from the file in this package."""
    path = Path(__file__).parent / "data" / f"occupations_{EDITION}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return Tree([_entry(row) for row in csv.DictReader(file)])


def _entry(row: dict[str, str]) -> Occupation:
    return Occupation(
        code=row["code"],
        name=row["name"],
        level=int(row["level"]),
        digital="S" in row["marks"],
        green="L" in row["marks"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        definition=row["definition"],
    )
