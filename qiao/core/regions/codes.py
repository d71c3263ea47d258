"""Arithmetic on 12-digit statistical area codes held as integers.

A code is 2+2+2+3+3 digits: province, city, district, street or town, community.
The subtree of a region is the half-open range from its code to its code plus its span.
Source: the National Bureau of Statistics' rules for statistical area codes.
"""

from dataclasses import dataclass
from enum import IntEnum

NATION = 0


class Level(IntEnum):
    NATION = 0
    PROVINCE = 1
    CITY = 2
    DISTRICT = 3
    STREET = 4
    COMMUNITY = 5


SPANS = {
    Level.NATION: 10**12,
    Level.PROVINCE: 10**10,
    Level.CITY: 10**8,
    Level.DISTRICT: 10**6,
    Level.STREET: 10**3,
    Level.COMMUNITY: 1,
}


class BadCode(ValueError):
    """The text is not a 12-digit area code."""


@dataclass(frozen=True, slots=True)
class Subtree:
    """A half-open range of codes: every code c with lo <= c < hi."""

    lo: int
    hi: int

    def __contains__(self, code: int) -> bool:
        return self.lo <= code < self.hi


def parse(text: str) -> int:
    """The code written as 2, 4, 6, 9 or 12 digits. Raises BadCode."""
    digits = text.strip()
    if (
        not digits.isdecimal()
        or not digits.isascii()
        or len(digits) not in (2, 4, 6, 9, 12)
        or int(digits) == 0
    ):
        raise BadCode(text)
    return int(digits.ljust(12, "0"))


def level_of(code: int) -> Level:
    """The level whose own digits are the last that are not zero."""
    if not 0 <= code < SPANS[Level.NATION]:
        raise BadCode(str(code))
    for level, span in SPANS.items():
        if code % span == 0:
            return level
    raise BadCode(str(code))


def span_of(code: int) -> int:
    return SPANS[level_of(code)]


def subtree(code: int) -> Subtree:
    return Subtree(code, code + span_of(code))


def contains(outer: int, inner: int) -> bool:
    return inner in subtree(outer)


def at_level(code: int, level: Level) -> int:
    """The ancestor of `code` at `level`, or the code itself when it stands at or above it."""
    return code - code % SPANS[level]


def parent_of(code: int) -> int | None:
    level = level_of(code)
    return None if level is Level.NATION else at_level(code, Level(level - 1))


def ancestors(code: int) -> list[int]:
    """From the province down to the parent."""
    return [at_level(code, level) for level in Level if Level.NATION < level < level_of(code)]
