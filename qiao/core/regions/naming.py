"""Pinyin initials of place names, by which people look them up."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

LONGEST = 40


def initials(name: str) -> str:
    """The lower-case first letter of each character; letters and digits stay as they are."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isalnum())[:LONGEST]
