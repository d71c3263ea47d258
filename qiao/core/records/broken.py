"""Which rule of the database a refused statement broke, and what the rule says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import Error, models


def constraint(error: Error) -> str:
    """The name of the constraint; "" where the database names none."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")


def message(error: Error, of: Iterable[type[models.Model]]) -> str:
    """The message of the broken constraint, if it is one of these models'; else ""."""
    rules: dict[str, Any] = {rule.name: rule for model in of for rule in model._meta.constraints}
    rule = rules.get(constraint(error))
    return str(rule.get_violation_error_message()) if rule else ""
