"""What a typed text may mean: a name, its initials, a number or its tail, a phone's tail, a birth date."""

from __future__ import annotations

import re

from django.db.models import Q

from qiao.core.intake.cells import plain
from qiao.core.intake.values.id_numbers import check_digit
from qiao.services.people.identity import cipher, keys

LETTERS = re.compile(r"[a-z]{2,12}")
NUMBER = re.compile(r"\d{14}(\d|\d{3}[\dxX])")
TAIL = re.compile(r"\d{3,5}[\dxX]")
BIRTH = re.compile(r"(19|20)\d{6}")
DIGITS = re.compile(r"\d{4,15}")
NOTHING = Q(pk__in=[])


def matching(text: str, prefix: str = "") -> Q:
    """Residents a text may mean; none for one that says too little. `prefix` leads to the resident."""
    words = plain(text)
    if not words or "\0" in words:
        return NOTHING
    compact = words.replace(" ", "").replace("-", "")
    found = [Q(**{f"{prefix}search_keys__contains": list(each)}) for each in _keys(compact)]
    if DIGITS.fullmatch(compact):
        found.append(_phone(compact, prefix))
    if NUMBER.fullmatch(compact):
        found.append(Q(**{f"{prefix}id_hash": cipher.blind_index(_whole(compact.upper()))}))
    if BIRTH.fullmatch(compact):
        found.append(Q(**{f"{prefix}search_keys__contains": [f"d{compact}"]}))
    if not found:
        return NOTHING
    q = found[0]
    for other in found[1:]:
        q |= other
    return q


def _keys(text: str) -> list[list[str]]:
    """Sets of keys of which a record must hold one set whole."""
    sets: list[list[str]] = []
    lower = text.lower()
    if LETTERS.fullmatch(lower):
        return [[f"p{lower}"]]
    if TAIL.fullmatch(text):
        upper = text.upper()
        sets += [[key] for key in keys.id_keys(upper)[-1:] if len(upper) in (keys.TAIL, keys.LONG_TAIL)]
    if not any(character.isdigit() for character in text):
        name = text.replace(keys.DOT, "")
        sets.append(sorted(gram for gram in keys.grams(name) if len(gram) == min(2, len(name))))
    return [one for one in sets if one]


def _phone(digits: str, prefix: str) -> Q:
    """A phone that ends with the digits."""
    q = Q(**{f"{prefix}search_keys__contains": [keys.phone_key(digits)]})
    if len(digits) > keys.TAIL:
        q &= Q(**{f"{prefix}phone__endswith": digits}) | Q(**{f"{prefix}phone2__endswith": digits})
    return q


def _whole(number: str) -> str:
    """Fifteen digits as the eighteen they became."""
    if len(number) != 15:
        return number
    long = number[:6] + "19" + number[6:]
    return long + check_digit(long)
