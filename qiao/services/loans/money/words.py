"""What the database refuses, in the words of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.records import broken

CLOSED = "loans_day_is_open"


@contextmanager
def in_words() -> Iterator[None]:
    """One transaction whose broken rules become Refused."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        raise _refusal(error) from error


def _refusal(error: DatabaseError) -> Exception:
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    context = str(getattr(diagnosis, "context", "") or "")
    if CLOSED in context:
        return Refused(
            _("The day or its month is closed. Book on an open day; the day it counts for may be earlier.")
        )
    told = broken.message(error, apps.get_app_config("loans").get_models())
    return Refused(told) if told else error
