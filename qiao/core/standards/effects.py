"""What a new value would change, shown before it is entered. A service that can tell registers how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Effect:
    """On one thing that depends on the value: how many it counts now and would count then, who comes and goes."""

    name: str | Promise
    unit: str | Promise
    now: int
    then: int
    added: int
    dropped: int


Foresight = Callable[[str, int, Any, date], Iterable[Effect]]

_known: list[tuple[frozenset[str], Foresight]] = []


def foresee(codes: Iterable[str], foresight: Foresight) -> None:
    """`foresight(code, place, value, day)` is asked when one of these parameters is about to change."""
    _known.append((frozenset(codes), foresight))


def foreseeable(code: str) -> bool:
    return any(code in codes for codes, _foresight in _known)


def effects(code: str, place: int, value: Any, on: date) -> Iterator[Effect]:
    for codes, foresight in _known:
        if code in codes:
            yield from foresight(code, place, value, on)
