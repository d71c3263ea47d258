"""The cells of a list, written in one go: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from qiao.core.ledgers.columns import Column, Kind

UNBROKEN = {Kind.NAME, Kind.PERSON, Kind.ID_NUMBER, Kind.PHONE, Kind.DATE, Kind.REGION}


class Opening(NamedTuple):
    """What begins every cell of a column, with text and without."""

    filled: str
    empty: str


def opening(column: Column, first: bool) -> Opening:
    """The first column heads the card on a phone."""
    label, unbroken = escape(column.name), " q-unbroken" if column.kind in UNBROKEN else ""
    look = "q-title" if first else "num" if column.numeric else ""
    filled, empty = (
        f'<td data-label="{label}" class="{one}{unbroken}">' for one in (look, look or "q-empty-cell")
    )
    return Opening(filled, empty)


def cells(url: str, title: str, found: Iterable[tuple[Opening, str, list[tuple[str, str]]]]) -> SafeString:
    """`found`: opening, text and tags of each cell. The first opens the file."""
    made = []
    for place, (begun, text, tags) in enumerate(found):
        if place == 0:
            inner = f'<a href="{escape(url)}">{escape(text or title)}</a>'
        elif tags:
            inner = " ".join(tag(said, tone) for said, tone in tags)
        else:
            inner = escape(text)
        made.append(f"{begun.filled if text else begun.empty}{inner}</td>")
    return mark_safe("".join(made))


def tag(said: str, tone: str) -> str:
    look = f" q-tag-{escape(tone)}" if tone else ""
    return f'<span class="q-tag{look}">{escape(said)}</span>'
