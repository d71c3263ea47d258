"""Personal data as lists show it. Pure; the full value is shown on request and the request is logged."""

from __future__ import annotations


def mask_id(number: str) -> str:
    """130103196203050027 -> 1301**********0027."""
    return _middle(number, 4, 4)


def mask_phone(phone: str) -> str:
    """13903111111 -> 139****1111."""
    return _middle(phone, 3, 4)


def mask_name(name: str) -> str:
    """The first and last characters stay; of two characters, the first."""
    if len(name) < 2:
        return name
    return name[0] + "*" if len(name) == 2 else _middle(name, 1, 1)


def _middle(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[-tail:] if hidden > 0 else "*" * len(text)
