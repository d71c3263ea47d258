"""What other services may ask of relief and subsidies."""

from __future__ import annotations

from datetime import date
from typing import Any

from qiao.core.accounts.scope import Scope
from qiao.services.support import facts, judging
from qiao.services.support.models import Benefit


def benefits(scope: Scope) -> Any:
    return Benefit.objects.within(scope)


def policies_of(resident: int, region: int, on: date) -> list[judging.Shown]:
    """Every policy in force with its verdict on a resident, those that fit first."""
    return judging.answers(facts.of_person(resident, on), region, on)


__all__ = ["benefits", "policies_of"]
