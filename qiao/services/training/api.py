"""What other services may ask of training: the timeline of a resident, enrolments, subsidy bases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.ledgers.timeline import Source
from qiao.services.people import api as people
from qiao.services.training.certificates import certified_in, leads_to
from qiao.services.training.choices import Trade
from qiao.services.training.models import Enrolment
from qiao.services.training.subsidy import SubsidyBase, bases, of_class
from qiao.services.training.trades import expression as trade_in

TRADES: dict[str, Any] = dict(Trade.choices)
OTHER = Trade.OTHER.value
EMPLOYED_AFTER = people.worked_within(
    OuterRef("resident"), OuterRef("finished_on"), OuterRef("followed_until")
)


def enrolments(scope: Scope) -> Any:
    return Enrolment.objects.within(scope).select_related("resident", "training_class__course")


def subsidy_bases(scope: Scope, start: date, end: date) -> list[SubsidyBase]:
    """The bases that arose in `start`..`end`, the last day excluded, from residents of a scope."""
    return bases(Enrolment.objects.within(scope).filter(finished_on__gte=start, finished_on__lt=end))


def _of(resident: Any) -> Any:
    return Enrolment.objects.filter(resident=resident).select_related("training_class__course")


def _outcome(one: Enrolment) -> str:
    parts = [one.get_result_display(), one.certificate_no]
    return " · ".join(str(part) for part in parts if part)


TIMELINE = Source(
    "training",
    rows=_of,
    at="entered_on",
    title=lambda one: _("Training: %(class)s") % {"class": one.training_class},
    text=lambda one: " · ".join(
        str(part) for part in (one.get_stage_display(), one.ground_words, one.left_because) if part
    ),
    by=lambda one: one.created_by or "",
)
RESULTS = Source(
    "training-results",
    rows=_of,
    at="finished_on",
    title=lambda one: _("Training finished: %(class)s") % {"class": one.training_class},
    text=_outcome,
    tone=lambda one: "good" if one.result == "passed" else "",
)
__all__ = [
    "EMPLOYED_AFTER",
    "OTHER",
    "RESULTS",
    "TIMELINE",
    "TRADES",
    "Enrolment",
    "SubsidyBase",
    "certified_in",
    "enrolments",
    "leads_to",
    "of_class",
    "subsidy_bases",
    "trade_in",
]
