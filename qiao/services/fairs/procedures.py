"""The fair as a procedure: no fair is approved without its plans, none is closed before it was held.

The organiser needs a plan, an emergency plan and a security plan, verifies employers and posts and publishes
them beforehand: Interim Regulation on Human Resources Markets, 2018, article 28; before 2018 as good practice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import days, working_days
from qiao.core.procedures.declaration import (
    Move,
    Need,
    PaperKind,
    Procedure,
    Stage,
    Text,
    Transition,
    register,
)
from qiao.services.fairs.models import Fair

DECIDE = Right.DECIDE_CASES


def not_yet(fair: Fair, move: Move) -> str | None:
    if move.on >= fair.held_on:
        return None
    return _now("The fair is on %(day)s. Record it as held on that day or later.") % {"day": fair.held_on}


@register
class FairProcedure(Procedure):
    code = "fair"
    name = pgettext_lazy("fair", "Job fair")
    model = Fair
    who = "title"
    responsible = "carrier"
    related = ("carrier",)
    stages = (
        Stage("planned", _("Planned"), _("approve the fair"), clock=working_days("fair_approve_days")),
        Stage("approved", pgettext_lazy("fair", "Approved")),
        Stage("held", _("Held"), _("enter results and close"), clock=days("fair_close_days")),
        Stage("closed", pgettext_lazy("fair", "Closed"), final=True),
        Stage("cancelled", pgettext_lazy("fair", "Cancelled"), final=True, aside=True),
    )
    papers = (
        PaperKind("plan", _("Plan of the fair")),
        PaperKind("emergency", _("Emergency plan")),
        PaperKind("security", _("Security plan")),
        PaperKind("publication", _("Publication of employers and posts")),
    )
    transitions = (
        Transition(
            "approve",
            ("planned",),
            "approved",
            _("Approve"),
            DECIDE,
            frozenset({Need.OPINION, Need.PAPERS}),
            _("The papers are complete, employers and posts are verified."),
        ),
        Transition("hold", ("approved",), "held", _("Record as held"), DECIDE, rule=not_yet),
        Transition(
            "close",
            ("held",),
            "closed",
            pgettext_lazy("fair", "Close"),
            DECIDE,
            frozenset({Need.OPINION}),
            _("The results are entered."),
        ),
        Transition(
            "cancel",
            ("planned", "approved"),
            "cancelled",
            _("Cancel the fair"),
            DECIDE,
            frozenset({Need.REASON}),
            danger=True,
        ),
    )

    def facts(self, case: Fair, today: date) -> Iterable[tuple[Text, Any]]:
        yield _("Held on"), case.held_on
        yield pgettext_lazy("fair", "Place"), case.place
        yield _("Organiser"), case.organiser
        yield _("Press coverage"), case.press

    def subject_url(self, case: Fair) -> str:
        return reverse("ledgers:file", args=["fairs", case.pk])
