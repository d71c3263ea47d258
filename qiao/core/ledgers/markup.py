"""The cells of a list, written in one go: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from qiao.core.ledgers.columns import Column, Kind

UNBROKEN = {Kind.NAME, Kind.PERSON, Kind.ID_NUMBER, Kind.PHONE, Kind.DATE, Kind.REGION}


def cells(url: str, title: str, found: Iterable[tuple[Column, str, list[tuple[str, str]]]]) -> SafeString:
    """`found`: column, text and tags of each cell. The first opens the file and heads the card on a phone."""
    made = []
    for place, (column, text, tags) in enumerate(found):
        if place == 0:
            inner = format_html('<a href="{}">{}</a>', url, text or title)
        elif tags:
            shown = ((f" q-tag-{tone}" if tone else "", said) for said, tone in tags)
            inner = format_html_join(" ", '<span class="q-tag{}">{}</span>', shown)
        else:
            inner = escape(text)
        look = "q-title" if place == 0 else "num" if column.numeric else "" if text else "q-empty-cell"
        if column.kind in UNBROKEN:
            look += " q-unbroken"
        made.append(f'<td data-label="{escape(column.name)}" class="{look}">{inner}</td>')
    return mark_safe("".join(made))
