"""What other services may ask of fairs."""

from __future__ import annotations

from datetime import date

from qiao.core.accounts.scope import Scope
from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor
from qiao.services.fairs.results import counters, outcomes
from qiao.services.fairs.suggestions import suggest


def last_day(region: int, on: date) -> date | None:
    """The day of the last fair of a region up to a day."""
    held = Fair.objects.within(Scope(region)).filter(held_on__lte=on).order_by("-held_on", "-pk")
    found: date | None = held.values_list("held_on", flat=True).first()
    return found


__all__ = ["Booth", "Fair", "Intention", "Offer", "Visitor", "counters", "last_day", "outcomes", "suggest"]
