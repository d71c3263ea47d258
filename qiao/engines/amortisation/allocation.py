"""In which order a payment settles what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum


class Part(Enum):
    FEES = "fees"
    COMPOUND = "penalty_on_interest"
    PENALTY = "penalty"
    INTEREST = "interest"
    PRINCIPAL = "principal"


NORMAL = (Part.FEES, Part.COMPOUND, Part.PENALTY, Part.INTEREST, Part.PRINCIPAL)
"""Costs, interest, principal (Civil Code, article 561; before it the same order in judicial practice)."""

PRINCIPAL_FIRST = (Part.FEES, Part.PRINCIPAL, Part.INTEREST, Part.PENALTY, Part.COMPOUND)
"""For loans more than 90 days overdue, where the contract says so."""


def allocate(
    paid: int, owed: Mapping[Part, int], order: Sequence[Part] = NORMAL
) -> tuple[dict[Part, int], int]:
    """How `paid` fen settles `owed` fen: amount by part, and what is left over. The parts and the rest sum to `paid`.

    Raises ValueError for a negative payment.
    """
    if paid < 0:
        raise ValueError("a payment is not negative")
    settled: dict[Part, int] = {}
    for part in order:
        settled[part] = min(paid, max(owed.get(part, 0), 0))
        paid -= settled[part]
    return settled, paid
