"""Amounts in templates."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """150000 -> 1,500.00; nothing for None."""
    return "" if fen is None or fen == "" else f"{fen / 100:,.2f}"
