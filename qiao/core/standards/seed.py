"""Enters the declared first values. A parameter that already has a value at a place is left alone there."""

from __future__ import annotations

from typing import Any

from django.db import connection

from qiao.core.standards.declarations import declared
from qiao.core.standards.models import ParameterValue


def enter_first_values(**_: Any) -> int:
    """How many values were entered. Called after each migration."""
    if ParameterValue._meta.db_table not in connection.introspection.table_names():
        return 0
    held = set(ParameterValue.objects.values_list("code", "place"))
    rows = [
        ParameterValue(
            code=parameter.code,
            place=given.place,
            valid_from=given.valid_from,
            valid_to=given.valid_to,
            value=given.value,
            source=given.source,
            doubt=given.doubt,
            status=ParameterValue.Status.SEED,
        )
        for parameter in declared().values()
        for given in parameter.given
        if (parameter.code, given.place) not in held
    ]
    ParameterValue.objects.bulk_create(rows)
    return len(rows)
