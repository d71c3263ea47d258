"""History of every record, written by the database at statement level, so that COPY and bulk rows are in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory.trigger import Event

M = TypeVar("M", bound=type[models.Model])

DERIVED = ("street", "district")


class _PlannedAnew(Event):
    """Before and after of an update are joined. A plan kept from the update of one row compares each with each when
    the same connection then changes a hundred thousand."""

    def get_func(self, model: Any) -> pgtrigger.Func:
        statement = super().get_func(model).func.removesuffix("RETURN NULL;")
        return pgtrigger.Func(f"EXECUTE $history${statement}$history$; RETURN NULL;")


class _Update(pghistory.UpdateEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        event = _PlannedAnew(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=self.level,
        )
        pgtrigger.register(event)(event_model.pgh_tracked_model)


def tracked(*exclude: str) -> Callable[[M], M]:
    """Class decorator: keep each insert, update and delete of the model, with the actor in the row.

    `exclude` names columns that are derived from others and would only repeat them.
    """

    def decorate(model: M) -> M:
        names = {field.name for field in model._meta.fields}
        decorated: M = pghistory.track(
            pghistory.InsertEvent(),
            _Update(),
            pghistory.DeleteEvent(),
            exclude=[name for name in (*DERIVED, *exclude) if name in names],
            model_name=f"{model.__name__}Event",
            level=pghistory.Statement,
        )(model)
        return decorated

    return decorate
