"""What happened to one record, merged from several sources, newest first, paged by key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.core.signing import b64_decode, b64_encode
from django.db import models
from django.db.models import Q, QuerySet

from qiao.core.calendars.clock import ZONE

PAGE = 20


@dataclass(frozen=True, slots=True)
class Source:
    """`rows(record)` are the events, `at` the field of their time (a date or a moment), `title` and `text`
    say what happened, `url` opens it, `by` names who did it."""

    code: str
    rows: Callable[[Any], QuerySet[Any]]
    at: str
    title: Callable[[Any], object]
    text: Callable[[Any], object] = lambda event: ""
    by: Callable[[Any], object] = lambda event: ""
    url: Callable[[Any], str] = lambda event: ""
    tone: Callable[[Any], str] = lambda event: ""


class Place(NamedTuple):
    """Where a page begins: strictly after this event in the order of the timeline."""

    at: datetime
    source: int
    id: int

    def written(self) -> str:
        return b64_encode(json.dumps([self.at.isoformat(), self.source, self.id]).encode()).decode()

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None for what is not a place: the timeline then begins at its head."""
        try:
            at, source, number = json.loads(b64_decode(text.encode()))
            place = cls(datetime.fromisoformat(at), int(source), int(number))
        except (ValueError, TypeError, UnicodeError):
            return None
        return place if place.at.tzinfo and abs(place.id) < 2**63 else None


class Entry(NamedTuple):
    at: str
    title: object
    text: object
    by: object
    url: str
    tone: str


def moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(), ZONE)


def after(place: Place, index: int, source: Source, field: models.Field[Any, Any]) -> Q:
    """The events of a source that come after a place: older, or as old and later in order."""
    at: Any = place.at
    exact = True
    if not isinstance(field, models.DateTimeField):
        local = place.at.astimezone(ZONE)
        at, exact = local.date(), local.time() == time()
    older = Q(**{f"{source.at}__lt": at})
    same = Q(**{source.at: at})
    if not exact:
        return older | same
    if index == place.source:
        return older | same & Q(pk__lt=place.id)
    return older | same if index > place.source else older


def page(record: Any, sources: Iterable[Source], start: Place | None) -> tuple[list[Entry], Place | None]:
    """One page and the place where the next one begins, if there is a next one."""
    found: list[tuple[Place, Source, Any]] = []
    for index, source in enumerate(sources):
        rows = source.rows(record).exclude(**{source.at: None}).order_by(f"-{source.at}", "-pk")
        if start:
            rows = rows.filter(after(start, index, source, rows.model._meta.get_field(source.at)))
        for event in rows[: PAGE + 1]:
            found.append((Place(moment(getattr(event, source.at)), index, event.pk), source, event))
    found.sort(key=lambda one: (-one[0].at.timestamp(), one[0].source, -one[0].id))
    shown = found[:PAGE]
    entries = [_entry(place, source, event) for place, source, event in shown]
    return entries, shown[-1][0] if len(found) > PAGE else None


def _entry(place: Place, source: Source, event: Any) -> Entry:
    local = place.at.astimezone(ZONE)
    written = local.strftime("%Y-%m-%d" if local.time() == time() else "%Y-%m-%d %H:%M")
    return Entry(
        written,
        source.title(event),
        source.text(event),
        source.by(event),
        source.url(event),
        source.tone(event),
    )
