"""The cells of a list, written in one go: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.viewer import Viewer

UNBROKEN = {Kind.NAME, Kind.PERSON, Kind.ID_NUMBER, Kind.PHONE, Kind.DATE, Kind.REGION}


class Opening(NamedTuple):
    """What begins every cell of a column, with text and without."""

    filled: str
    empty: str


def opening(column: Column, first: bool, editable: bool) -> Opening:
    """The first column heads the card on a phone; an editable one is changed where it stands."""
    label, unbroken = escape(column.name), " q-unbroken" if column.kind in UNBROKEN else ""
    key = f' data-cell="{column.key}"' if editable else ""
    look = "q-title" if first else "num" if column.numeric else ""
    filled, empty = (
        f'<td data-label="{label}"{key} class="{one}{unbroken}">' for one in (look, look or "q-empty-cell")
    )
    return Opening(filled, empty)


def cells(url: str, title: str, found: Iterable[tuple[Opening, str, list[tuple[str, str]]]]) -> SafeString:
    """`found`: opening, text and tags of each cell. The first opens the file."""
    made = []
    for place, (begun, text, tags) in enumerate(found):
        link = f'<a href="{escape(url)}">{escape(text or title)}</a>'
        within = _within(text, tags) if place else link
        made.append(f"{begun.filled if text else begun.empty}{within}</td>")
    return mark_safe("".join(made))


def inner(column: Column, record: Any, viewer: Viewer) -> SafeString:
    """What stands in one cell."""
    value = column.value(record, viewer.today)
    return mark_safe(_within(column.shown(value, viewer.personal), column.tags(value)))


def _within(text: str, tags: list[tuple[str, str]]) -> str:
    return " ".join(tag(said, tone) for said, tone in tags) if tags else escape(text)


def tag(said: str, tone: str) -> str:
    look = f" q-tag-{escape(tone)}" if tone else ""
    return f'<span class="q-tag{look}">{escape(said)}</span>'
