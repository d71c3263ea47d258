"""The one way to change what holds: a new dated value, which ends the one before it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from qiao.core.standards import api
from qiao.core.standards.declarations import declared
from qiao.core.standards.models import ParameterValue


class CannotSet(ValueError):
    """The message says why and what to do."""


@transaction.atomic
def put(
    code: str,
    place: int,
    value: Any,
    *,
    valid_from: date,
    source: str,
    reason: str,
    by: Any = None,
    doubt: str = "",
) -> ParameterValue:
    """`value` holds at `place` from `valid_from` until the next dated value. The value that held until
    then ends that day; one that began on the very same day is withdrawn, and stays readable as such."""
    parameter = declared().get(code)
    if parameter is None:
        raise CannotSet(_("No parameter is called “%(code)s”.") % {"code": code})
    if not reason.strip():
        raise CannotSet(_("Say why the value changes."))
    here = ParameterValue.objects.standing().filter(code=code, place=place).select_for_update()
    here.filter(valid_from=valid_from).update(withdrawn_at=Now())
    later = here.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    before = Q(valid_from=None) | Q(valid_from__lt=valid_from)
    here.filter(before, Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    created = ParameterValue.objects.create(
        code=code,
        place=place,
        value=parameter.kind.keep(value),
        valid_from=valid_from,
        valid_to=later.valid_from if later else None,
        source=source,
        doubt=doubt,
        reason=reason,
        created_by=by,
    )
    api.forget()
    return created
