"""The cells of a list, written in one go: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from qiao.core.ledgers.columns import Column


def cells(url: str, title: str, found: Iterable[tuple[Column, str, str]]) -> SafeString:
    """`found`: column, text and tone of each cell. The first opens the file and heads the card on a phone."""
    made = []
    for place, (column, text, tone) in enumerate(found):
        if place == 0:
            inner = format_html('<a href="{}">{}</a>', url, text or title)
        elif tone:
            inner = format_html('<span class="q-tag q-tag-{}">{}</span>', tone, text)
        else:
            inner = escape(text)
        look = "q-title" if place == 0 else "num" if column.numeric else "" if text else "q-empty-cell"
        made.append(f'<td data-label="{escape(column.name)}" class="{look}">{inner}</td>')
    return mark_safe("".join(made))
