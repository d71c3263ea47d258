"""Recognition of a re-employment base, and its yearly check, as a transition table.

Local measures know application, review and recognition; the criteria and clocks are dated parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import days, months, working_days
from qiao.core.procedures.declaration import Need, PaperKind, Procedure, Stage, Text, Transition, register
from qiao.services.employers import actions, judging
from qiao.services.employers.forms import BaseForm, CheckForm, HandOverForm
from qiao.services.employers.models import Base
from qiao.services.employers.models.choices import STANDING

REASON = frozenset({Need.REASON})
OPINION = frozenset({Need.OPINION})
REVIEW, DECIDE = Right.REVIEW_CASES, Right.DECIDE_CASES


@register
class BaseRecognition(Procedure):
    code = "base"
    name = _("Re-employment base")
    model = Base
    who = "employer__name"
    responsible = "carrier"
    related = ("employer", "carrier")
    opening = BaseForm
    opening_label = _("Apply for a base")
    opening_right = Right.EDIT_PEOPLE

    papers = (
        PaperKind("licence", _("Business licence")),
        PaperKind("hired", _("List of people in hardship employed")),
        PaperKind("hiring_record", _("Record of hiring")),
        PaperKind("payroll", _("Payroll")),
        PaperKind("contracts", _("Labour contracts")),
        PaperKind("insurance", _("Proof of social insurance")),
    )

    stages = (
        Stage("applied", _("Applied"), _("review at the place"), clock=working_days("wd_base_review")),
        Stage("reviewed", _("Seen by the street"), _("recognise"), clock=working_days("wd_base_review")),
        Stage(
            "recognised",
            pgettext_lazy("base", "Recognised"),
            _("check the base again"),
            clock=months("base_recheck_months"),
        ),
        Stage("mending", _("Putting right"), _("see what was put right"), clock=days("base_mend_days")),
        Stage("refused", pgettext_lazy("base", "Refused"), final=True, aside=True),
        Stage("withdrawn", _("Title withdrawn"), final=True, aside=True),
    )

    transitions = (
        Transition(
            "review",
            ("applied",),
            "reviewed",
            _("Pass on to the district"),
            REVIEW,
            OPINION,
            _("Seen at the place; the papers are true."),
        ),
        Transition(
            "recognise",
            ("reviewed",),
            "recognised",
            _("Recognise as a base"),
            DECIDE,
            OPINION,
            _("The criteria are met."),
            rule=actions.criteria_unmet,
            effect=actions.recognise,
            overridable=True,
        ),
        Transition(
            "keep",
            STANDING,
            "recognised",
            _("Checked: stays a base"),
            REVIEW,
            OPINION,
            _("Checked at the place; the criteria are met."),
            effect=actions.keep,
            form=CheckForm,
            renews=True,
        ),
        Transition("mend", ("recognised",), "mending", _("Ask to put right"), REVIEW, REASON),
        *(
            Transition(
                name,
                (stage,),
                stage,
                _("Hand over to another"),
                REVIEW,
                REASON,
                effect=actions.hand_over,
                form=HandOverForm,
            )
            for name, stage in (("hand_over", "recognised"), ("hand_over_mending", "mending"))
        ),
        Transition("refuse", ("applied", "reviewed"), "refused", _("Refuse"), REVIEW, REASON, danger=True),
        Transition(
            "withdraw",
            STANDING,
            "withdrawn",
            _("Withdraw the title"),
            DECIDE,
            REASON,
            effect=actions.withdraw,
            danger=True,
        ),
    )

    def facts(self, case: Base, today: date) -> Iterable[tuple[Text, Any]]:
        yield _("Employer"), case.employer
        yield _("Staff"), case.staff
        yield _("Of them in hardship"), case.hardship
        yield _("Can place"), case.capacity
        yield _("Responsible"), case.carrier
        yield _("Recognised on"), case.recognised_on
        if case.recognised_on:
            yield _("Placed since recognition"), case.placed()
        yield _("Last checked on"), case.checked_on
        yield _("Withdrawn on"), case.withdrawn_on
        yield _("Note"), case.note

    def findings(self, case: Base, today: date) -> Iterable[tuple[bool | None, Text]]:
        if case.closed_on is None:
            yield from judging.of_base(case, today)

    def subject_url(self, case: Base) -> str:
        return reverse("ledgers:file", args=["employers", case.employer_id])

    def notice_line(self, case: Base, today: date) -> Mapping[str, Any]:
        return {"name": case.employer.name, "category": str(self.name)}
