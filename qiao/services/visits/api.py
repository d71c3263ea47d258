"""What other services may ask of visits, and what they declare to them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.ledgers.timeline import Source
from qiao.services.visits.actions import record
from qiao.services.visits.campaigns import INTERESTED, interested, reached
from qiao.services.visits.matrix import Month, all_three, matrix
from qiao.services.visits.models import (
    Campaign,
    Finding,
    Need,
    Outcome,
    Repayment,
    Situation,
    Target,
    Visit,
    Way,
    Why,
)
from qiao.services.visits.needs import Door, meets
from qiao.services.visits.owed import VisitDuty, door
from qiao.services.visits.rhythm import follows


def _said(visit: Visit) -> str:
    parts = [
        visit.get_way_display(),
        visit.get_situation_display(),
        visit.findings_shown,
        visit.needs_shown,
        visit.note,
    ]
    if visit.next_on:
        parts.append(_("next visit on %(day)s") % {"day": visit.next_on})
    return " · ".join(str(part) for part in parts if part)


def timeline(to: str) -> Source:
    """The visits in the timeline of what they were to: a resident, a household, an employer or an outlet."""
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


def campaigns(scope: Scope) -> Any:
    return Campaign.objects.within(scope)


def of_campaign(campaign: Any) -> Any:
    """Visits of a campaign, or of each of several. Narrowed by `reached()` they are one for each household or other
    door at which somebody was met, by `interested()` one for each that was interested."""
    chosen = (
        {"campaign__in": campaign} if isinstance(campaign, (list, tuple, set)) else {"campaign": campaign}
    )
    return Visit.objects.filter(**chosen)


def outreach(**narrowed: Any) -> Any:
    """Outreach visits that met somebody, with or without a campaign."""
    return Visit.objects.filter(why=Why.OUTREACH, outcome=Outcome.MET, **narrowed)


__all__ = [
    "INTERESTED",
    "Campaign",
    "Door",
    "Finding",
    "Month",
    "Need",
    "Outcome",
    "Repayment",
    "Situation",
    "Target",
    "Visit",
    "VisitDuty",
    "Way",
    "Why",
    "all_three",
    "campaigns",
    "door",
    "follows",
    "found_working",
    "interested",
    "matrix",
    "meets",
    "of_campaign",
    "outreach",
    "reached",
    "record",
    "timeline",
]
