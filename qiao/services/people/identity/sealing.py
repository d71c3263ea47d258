"""What is stored of who somebody is, for many people at once. Pure but for the key of the settings."""

from __future__ import annotations

from typing import Any, TypeAlias

from qiao.services.people.identity import cipher, keys

Sealed: TypeAlias = tuple[bytes | None, bytes | None, dict[str, Any]]
"""The number's blind index, the number encrypted, and what else a staged row keeps."""

BETWEEN = "\n"
"""Between search keys; no name, number or phone holds it."""


def people(told: list[tuple[str, str, str, str]]) -> list[Sealed]:
    """(name, identity number, phone, second phone) of each."""
    return [_person(*one) for one in told]


def _person(name: str, number: str, phone: str, phone2: str) -> Sealed:
    kept = {"_keys": BETWEEN.join(keys.of(name, number, phone, phone2)), "_sort": keys.sort_key(name)}
    if not number:
        return None, None, kept
    kept["_tail"] = number[-4:]
    return cipher.blind_index(number), cipher.encrypt(number), kept
