"""History of every record, written by the database at statement level, so that COPY and bulk rows are in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])

DERIVED = ("street", "district")


def tracked(*exclude: str) -> Callable[[M], M]:
    """Class decorator: keep each insert, update and delete of the model, with the actor in the row.

    `exclude` names columns that are derived from others and would only repeat them.
    """

    def decorate(model: M) -> M:
        names = {field.name for field in model._meta.fields}
        decorated: M = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[name for name in (*DERIVED, *exclude) if name in names],
            model_name=f"{model.__name__}Event",
            level=pghistory.Statement,
        )(model)
        return decorated

    return decorate
