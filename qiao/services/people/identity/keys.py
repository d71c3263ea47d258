"""The keys a resident is found by: grams of the name, pinyin initials, tails of phones and of the number.

All stand in one array with one GIN index; a key's first letter says what it is a key of, except that the
grams of a name are kept as they are.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml
from pypinyin import Style, pinyin

from qiao.services.people.identity import cipher

DOT = "\u00b7"
TAIL = 4
LONG_TAIL = 6


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    """Surnames that are read otherwise than the character usually is."""
    loaded: dict[str, str] = yaml.safe_load((files(__package__) / "surnames.yml").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=65_536)
def _readings(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


@lru_cache(maxsize=65_536)
def _first(character: str) -> str:
    return pinyin(character, style=Style.NORMAL)[0][0]


@lru_cache(maxsize=4_096)
def syllables(name: str) -> list[str]:
    """One reading per character, the surname's by its own table."""
    known = _surnames()
    surname = next((name[:length] for length in (2, 1) if name[:length] in known), "")
    head = known[surname].split() if surname else []
    return head + [_first(character) for character in name[len(surname) :]]


def sort_key(name: str) -> str:
    """Orders names as a dictionary does."""
    return "".join(syllables(name))[:80]


@lru_cache(maxsize=4_096)
def initials(name: str) -> tuple[str, ...]:
    """Every way the initials may be typed: all readings of the first character, the usual one of the rest."""
    rest = "".join([_first(character)[:1] for character in name[1:]])
    firsts = {reading[:1] for reading in _readings(name[0])} if name else set()
    usual = "".join([syllable[:1] for syllable in syllables(name)])
    return tuple({usual, *(first + rest for first in firsts)})


def grams(name: str) -> set[str]:
    return {*name, *(name[i : i + 2] for i in range(len(name) - 1))}


def id_keys(number: str) -> list[str]:
    """Keyed hashes of the last four and six characters: equal tails meet, nobody reads the number from them."""
    return [
        f"{letter}{cipher.keyed_hash(b'tail', number[-length:])[:9].hex()}"
        for letter, length in (("a", TAIL), ("b", LONG_TAIL))
        if len(number) >= length
    ]


def birth_key(number: str) -> str | None:
    """The birth date inside a number of eighteen characters."""
    return f"d{number[6:14]}" if len(number) == 18 else None


def phone_key(phone: str) -> str | None:
    digits = "".join(character for character in phone if character.isdigit())
    return f"t{digits[-TAIL:]}" if len(digits) >= TAIL else None


def of(name: str, id_number: str = "", *phones: str) -> list[str]:
    """Every key of a person, for the index."""
    plain = name.replace(DOT, "").replace(" ", "")
    found = {*grams(plain), *(f"p{letters}" for letters in initials(plain) if letters), *id_keys(id_number)}
    found |= {key for key in (birth_key(id_number), *map(phone_key, phones)) if key}
    return sorted(found)
