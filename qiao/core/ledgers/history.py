"""What was changed in a record: before and after, when, by whom, in which import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.models import User
from qiao.core.ledgers.columns import Column
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer

PAGE = 50
LABELS = {
    "insert": pgettext_lazy("what happened", "Entered"),
    "update": pgettext_lazy("what happened", "Corrected"),
    "delete": pgettext_lazy("what happened", "Removed"),
}


class Change(NamedTuple):
    name: object
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    what: object
    by: str
    batch: int | None
    changes: list[Change]


def event_model(model: type[models.Model]) -> type[models.Model] | None:
    """The history table of a tracked model, if it is tracked."""
    events: dict[str, type[models.Model]] = getattr(model, "pgh_event_models", None) or {}
    return next(iter(events.values()), None)


def events(record: models.Model) -> QuerySet[Any] | None:
    model = event_model(type(record))
    return None if model is None else model._default_manager.filter(pgh_obj_id=record.pk).order_by("-pgh_id")


def steps(
    ledger: Ledger, record: Any, viewer: Viewer, before: int | None = None
) -> tuple[list[Step], int | None]:
    """A page of changes, newest first, and the event after which the next page begins."""
    found = events(record)
    if found is None:
        return [], None
    if before is not None:
        found = found.filter(pgh_id__lt=before)
    rows = list(found[: PAGE + 1])
    names = _names(rows)
    pairs = zip(rows, [*rows[1:], None], strict=True)
    made = [_step(ledger, viewer, new, old, names) for new, old in pairs][:PAGE]
    return made, rows[PAGE - 1].pgh_id if len(rows) > PAGE else None


def _names(rows: Iterable[Any]) -> dict[int, str]:
    users = {user for row in rows if (user := (row.pgh_context or {}).get("user"))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=users)}


def _step(ledger: Ledger, viewer: Viewer, new: Any, old: Any, names: dict[int, str]) -> Step:
    context = new.pgh_context or {}
    label: object = LABELS.get(new.pgh_label, new.pgh_label)
    if old is not None and new.deleted_at != old.deleted_at:
        label = _("Deleted") if new.deleted_at else _("Restored")
    batch = context.get("batch") or (new.batch_id if old is None else None)
    return Step(
        new.pgh_created_at,
        label,
        names.get(context.get("user", 0), ""),
        batch,
        list(changes(ledger.resolved.values(), viewer, old, new)) if old is not None else [],
    )


def changes(columns: Iterable[Column], viewer: Viewer, old: Any, new: Any) -> Iterable[Change]:
    fields = {field.name: field for field in type(new)._meta.fields}
    for column in columns:
        traced = column.trace or (
            column.source if isinstance(column.source, str) and column.source else column.key
        )
        if traced not in fields:
            continue
        attribute = fields[traced].attname
        was, now = getattr(old, attribute), getattr(new, attribute)
        if bytes_of(was) == bytes_of(now):
            continue
        if column.trace:
            yield Change(column.name, "…" if was else "", "…" if now else "")
        else:
            yield Change(column.name, _shown(column, old, viewer), _shown(column, new, viewer))


def bytes_of(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _shown(column: Column, event: Any, viewer: Viewer) -> str:
    return column.shown(column.value(event, viewer.today), viewer.personal)


def source(ledger: Ledger) -> Source | None:
    """Corrections as events of the timeline; the changes themselves stand on the history page."""
    if event_model(ledger.model) is None:
        return None
    return Source(
        code="history",
        rows=lambda record: events(record).all(),  # type: ignore[union-attr]
        at="pgh_created_at",
        title=lambda event: LABELS.get(event.pgh_label, event.pgh_label),
        url=lambda event: ledger.url("history", event.pgh_obj_id),
    )
