"""A whole shared out in proportion. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction


def shared(whole: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Whole numbers in proportion to `weights` that add up to `whole`; the largest remainders round up, the first of
    equals first. Without any weight all are alike. Of nobody, nothing."""
    if not weights:
        return {}
    total = sum(weights.values())
    exact = {
        key: Fraction(whole * weight, total) if total else Fraction(whole, len(weights))
        for key, weight in weights.items()
    }
    parts = {key: int(value) for key, value in exact.items()}
    left = whole - sum(parts.values())
    for key in sorted(exact, key=lambda one: parts[one] - exact[one])[:left]:
        parts[key] += 1
    return parts


def falls_short(whole: Decimal, parts: Mapping[int, Decimal]) -> Decimal:
    """How much the parts lack to make the whole; 0 when they reach or pass it."""
    return max(Decimal(0), whole - sum(parts.values(), Decimal(0)))
