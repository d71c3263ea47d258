"""Recognition of a zero-employment household, as a transition table.

The stages and clocks follow the local rules collected for 2002 to 2020; every number is a dated parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.masking import mask_name
from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import days, working_days
from qiao.core.procedures.declaration import (
    Need,
    Procedure,
    Stage,
    Text,
    Transition,
    register,
)
from qiao.services.people import hardship, zero_employment
from qiao.services.people.forms.cases import HelpForm
from qiao.services.people.models.cases import ZeroEmploymentCase

REASON = frozenset({Need.REASON})
OPINION = frozenset({Need.OPINION})
CHECK, REVIEW, DECIDE = Right.CHECK_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES


@register
class ZeroEmployment(Procedure):
    code = "zero_employment"
    name = _("Zero-employment household")
    model = ZeroEmploymentCase
    who = "household__head__name"
    responsible = "helper"
    related = ("household", "household__head", "helper")

    stages = (
        Stage("found", _("Found"), _("check at home"), clock=working_days("wd_first_check")),
        Stage("checked", _("Checked"), _("put on public notice"), clock=working_days("wd_publicise")),
        Stage(
            "publicised",
            _("On public notice"),
            _("recognise after public notice"),
            clock=working_days("wd_notice"),
            decide=working_days("wd_review"),
            notice=True,
        ),
        Stage("recognised", _("Recognised"), _("help into work"), clock=days("zero_household_clear_days")),
        Stage("cleared", _("Cleared"), final=True),
        Stage("ended", _("Ended without work"), final=True, aside=True),
    )

    transitions = (
        Transition(
            "check",
            ("found",),
            "checked",
            _("Confirm at home"),
            CHECK,
            OPINION,
            _("Visited at home: nobody in the household works."),
            rule=zero_employment.no_longer_so,
        ),
        Transition("publicise", ("checked",), "publicised", _("Put on public notice"), CHECK),
        Transition(
            "recognise",
            ("publicised",),
            "recognised",
            _("Recognise and assign a helper"),
            REVIEW,
            OPINION,
            _("The public notice raised no objection."),
            rule=zero_employment.no_longer_so,
            effect=zero_employment.recognise,
            form=HelpForm,
        ),
        Transition(
            "clear",
            ("recognised",),
            "cleared",
            _("Record as cleared"),
            CHECK,
            OPINION,
            _("At least one member works."),
            rule=zero_employment.nobody_works_yet,
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.EMPLOYED),
        ),
        Transition(
            "refuse_offer",
            ("recognised",),
            "recognised",
            _("Record a refused offer"),
            CHECK,
            REASON,
            effect=hardship.count_refusal,
        ),
        Transition(
            "end_refused",
            ("recognised",),
            "ended",
            _("End: offers refused"),
            REVIEW,
            OPINION,
            _("Suitable offers were refused as often as the rule allows."),
            rule=hardship.too_few_refusals,
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.REFUSED),
            danger=True,
        ),
        Transition(
            "end_no_contact",
            ("recognised",),
            "ended",
            _("End: out of contact"),
            REVIEW,
            REASON,
            rule=zero_employment.contact_is_recent,
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.NO_CONTACT),
            danger=True,
        ),
        Transition(
            "strike_off",
            ("found", "checked", "publicised"),
            "ended",
            _("Strike off"),
            CHECK,
            REASON,
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.NO_LONGER_FITS),
            hasty=True,
            danger=True,
        ),
        Transition(
            "found_work",
            ("recognised",),
            "cleared",
            _("A member found work"),
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.EMPLOYED),
        ),
        Transition(
            "no_longer_fits",
            ("found", "checked", "publicised", "recognised"),
            "ended",
            _("No longer such a household"),
            effect=zero_employment.ends(ZeroEmploymentCase.Ending.NO_LONGER_FITS),
            hasty=True,
        ),
    )

    def facts(self, case: ZeroEmploymentCase, today: date) -> Iterable[tuple[Text, Any]]:
        yield _("Household"), case.household
        yield _("Address"), case.household.address
        yield _("Why it was found"), zero_employment.in_words(case.because)
        yield _("Found on"), case.found_on
        yield _("Days open"), zero_employment.days_open(case, today)
        yield _("Recognised on"), case.recognised_on
        yield _("Helper"), case.helper
        yield _("Help agreed"), case.measures
        yield _("Refusals"), case.refusals if case.recognised_on else None
        yield _("How it ended"), case.get_ending_display()

    def findings(self, case: ZeroEmploymentCase, today: date) -> Iterable[tuple[bool | None, Text]]:
        if case.closed_on is None and (verdict := zero_employment.verdict_of(case.household_id, today)):
            yield verdict.zero, zero_employment.in_words(verdict.because)

    def subject_url(self, case: ZeroEmploymentCase) -> str:
        return reverse("ledgers:file", args=["households", case.household_id])

    def notice_line(self, case: ZeroEmploymentCase, today: date) -> Mapping[str, Any]:
        head = case.household.head
        return {
            "name": mask_name(head.name) if head else case.household.number,
            "sex": head.get_sex_display() if head else "",
            "age": head.age_on(today) if head else None,
            "category": str(self.name),
        }
