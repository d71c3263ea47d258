"""What other services may ask of visits."""

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


def timeline(to: str) -> Source:
    """The visits in the timeline of what they were to: a resident, an employer or an outlet."""
    return Source(
        "visits",
        rows=lambda record: Visit.objects.filter(**{to: record}).select_related("by"),
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


__all__ = ["Outcome", "Situation", "Target", "Visit", "Way", "found_working", "record", "timeline"]
