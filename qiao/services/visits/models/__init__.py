"""Visits, the needs they leave behind, campaigns of outreach, and helpers with those they help."""

from qiao.services.visits.models.answer import NeedAnswer
from qiao.services.visits.models.campaign import Campaign
from qiao.services.visits.models.choices import (
    FINDINGS,
    TO_PEOPLE,
    AnswerKind,
    Finding,
    HelpEnd,
    HelperKind,
    Need,
    Outcome,
    Repayment,
    Situation,
    Target,
    Way,
    Why,
)
from qiao.services.visits.models.pair import HelperPair
from qiao.services.visits.models.visit import Visit

__all__ = [
    "FINDINGS",
    "TO_PEOPLE",
    "AnswerKind",
    "Campaign",
    "Finding",
    "HelpEnd",
    "HelperKind",
    "HelperPair",
    "Need",
    "NeedAnswer",
    "Outcome",
    "Repayment",
    "Situation",
    "Target",
    "Visit",
    "Way",
    "Why",
]
