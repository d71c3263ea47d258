"""What other services may ask of visits. `TIMELINE` is the visits in a resident's timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qiao.core.ledgers.timeline import Source
from qiao.services.visits.actions import record
from qiao.services.visits.models import Outcome, Situation, Target, Visit, Way


def _said(visit: Visit) -> str:
    parts = [visit.get_way_display(), visit.get_situation_display(), visit.needs_shown, visit.note]
    if visit.next_on:
        parts.append(_("next visit on %(day)s") % {"day": visit.next_on})
    return " · ".join(str(part) for part in parts if part)


TIMELINE = Source(
    "visits",
    rows=lambda resident: Visit.objects.filter(resident=resident).select_related("by"),
    at="visited_on",
    title=lambda visit: (
        _("Visit to %(whom)s: %(result)s")
        % {"whom": visit.get_target_display().lower(), "result": visit.get_outcome_display()}
    ),
    text=_said,
    by=lambda visit: visit.by,
)


def found_working(resident: Any) -> Any:
    """Visits that found a person at work, told by the person, the family or the employer. `resident` is a value
    or an expression such as `OuterRef("resident")`."""
    return Visit.objects.filter(resident=resident, outcome=Outcome.MET, situation=Situation.WORKING)


__all__ = ["TIMELINE", "Outcome", "Situation", "Target", "Visit", "Way", "found_working", "record"]
