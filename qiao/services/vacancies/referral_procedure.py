"""From the introduction to the first day of work, as a transition table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import days
from qiao.core.procedures.declaration import Move, Need, Procedure, Stage, Text, Transition, register
from qiao.services.people import api as people
from qiao.services.vacancies.actions import placing
from qiao.services.vacancies.forms import DeclineForm, RefuseForm, StartForm
from qiao.services.vacancies.models import Referral
from qiao.services.vacancies.models.choices import Lapse

DO = Right.EDIT_PEOPLE
OPEN = ("referred", "interviewed", "offered")
SOON = days("referral_answer_days")


def start(case: Referral, move: Move) -> None:
    begun = move.extra.get("start") or placing.Start(post=case.post, **move.extra)
    placing.begin(case.resident, begun, move.by, move.on, case)


def refuse(case: Referral, move: Move) -> None:
    """A suitable post refused by a person in hardship counts toward the end of help."""
    case.reason, case.suitable = move.extra["because"], move.extra["suitable"]
    if case.suitable:
        words = f"{case.post}: {case.get_reason_display()}"
        people.refuse_post(case.resident, move.on, words)


def decline(case: Referral, move: Move) -> None:
    case.reason = move.extra["because"]


def lapse(case: Referral, move: Move) -> None:
    case.reason = move.extra.get("because", Lapse.NO_ANSWER)
    case.ended_by = move.extra.get("ended_by")


def reopen(case: Referral, move: Move) -> None:
    case.reason, case.told_on, case.ended_by = "", None, None


@register
class Referrals(Procedure):
    code = "referrals"
    name = _("Referrals")
    model = Referral
    who = "resident__name"
    responsible = "created_by"
    related = ("resident", "post", "post__employer")

    stages = (
        Stage("referred", _("Referred"), _("hear how it went"), clock=SOON),
        Stage("interviewed", _("Interviewed"), _("ask for the employer's decision"), clock=SOON),
        Stage("offered", _("Offered"), _("record the beginning of work"), clock=SOON),
        Stage("placed", _("At work"), final=True),
        Stage("refused", _("Refused by the person"), final=True, aside=True),
        Stage("declined", _("Declined by the employer"), final=True, aside=True),
        Stage("lapsed", _("Lapsed"), final=True, aside=True),
    )
    transitions = (
        Transition("interview", ("referred",), "interviewed", _("The interview took place"), DO),
        Transition("offer", ("referred", "interviewed"), "offered", _("The employer takes the person"), DO),
        Transition("start", OPEN, "placed", _("Work has begun"), DO, form=StartForm, effect=start),
        Transition("refuse", OPEN, "refused", _("The person refuses"), DO, form=RefuseForm, effect=refuse),
        Transition(
            "decline", OPEN, "declined", _("The employer declines"), DO, form=DeclineForm, effect=decline
        ),
        Transition(
            "give_up",
            OPEN,
            "lapsed",
            _("Close: nothing was heard"),
            DO,
            frozenset({Need.REASON}),
            effect=lapse,
        ),
        Transition("lapse", (*OPEN, "placed"), "lapsed", _("Closed by the system"), effect=lapse),
        *(
            Transition(f"reopen_{stage}", ("placed", "lapsed"), stage, _("Open again"), effect=reopen)
            for stage in OPEN
        ),
    )

    def about(self, case: Referral) -> Text:
        return f"{case.post} · {case.post.employer}"

    def facts(self, case: Referral, today: date) -> Iterable[tuple[Text, Any]]:
        post = case.post
        yield pgettext_lazy("vacancy", "Post"), post.title
        yield _("Employer"), post.employer
        yield _("Openings left"), post.left
        yield _("Community"), case.region
        yield _("Referred on"), case.opened_on
        yield _("By"), case.created_by
        yield _("Why nothing came of it"), case.get_reason_display()
        yield _("Person told on"), case.told_on
        yield _("Note"), case.note

    def subject_url(self, case: Referral) -> str:
        return reverse("ledgers:file", args=["residents", case.resident_id])
