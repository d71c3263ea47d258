"""Codes of the occupation classification (2022): 4-07-03-01 is 4070301; a level is a prefix of 1, 3, 5 or 7 digits.

Source: Occupation Classification of the People's Republic of China, 2022: major, medium, minor groups, occupations.
"""

from __future__ import annotations

LEVELS = (10**6, 10**4, 10**2, 1)


def code(text: str) -> int:
    """Raises ValueError for text that is not one digit and three pairs of digits."""
    parts = text.strip().split("-")
    if [len(one) for one in parts] != [1, 2, 2, 2] or not all(
        one.isascii() and one.isdigit() for one in parts
    ):
        raise ValueError(f"{text!r} is not a code like 4-07-03-01")
    return int("".join(parts))


def written(number: int) -> str:
    digits = f"{number:07d}"
    return "-".join((digits[0], digits[1:3], digits[3:5], digits[5:7]))


def level(number: int) -> int:
    """How many levels the code itself gives, 1..4; 0 for no code."""
    return 0 if not number else next(k + 1 for k, span in enumerate(LEVELS) if number % span == 0)


def shared(wish: int, occupation: int) -> int:
    """Levels in common, 0..4. A wish for a whole group is met in full by whatever belongs to it."""
    if not wish or not occupation:
        return 0
    same = sum(wish // span == occupation // span for span in LEVELS)
    return 4 if wish // LEVELS[level(wish) - 1] == occupation // LEVELS[level(wish) - 1] else same
