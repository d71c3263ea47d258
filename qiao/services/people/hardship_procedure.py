"""Recognition of a person in hardship, as a transition table.

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
from qiao.core.duties.spans import months, working_days
from qiao.core.procedures.declaration import (
    Need,
    PaperKind,
    Procedure,
    Stage,
    Text,
    Transition,
    register,
)
from qiao.services.people import eligibility, hardship
from qiao.services.people.forms.cases import ApplicationForm, ExitForm, HelpForm
from qiao.services.people.models.cases import HardshipCase
from qiao.services.people.models.choices import HardshipCategory

REASON = frozenset({Need.REASON})
OPINION = frozenset({Need.OPINION})
CHECK, REVIEW, DECIDE = Right.CHECK_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES


def of_category(*categories: str) -> Any:
    return lambda case: case.category in categories


@register
class Hardship(Procedure):
    code = "hardship"
    name = _("Hardship recognition")
    model = HardshipCase
    who = "resident__name"
    responsible = "resident__owner"
    related = ("resident", "helper")
    opening = ApplicationForm
    opening_label = _("Apply for recognition")
    opening_right = Right.EDIT_PEOPLE

    stages = (
        Stage("applied", _("Applied"), _("community check"), clock=working_days("wd_first_check")),
        Stage(
            "community_checked",
            _("Checked by the community"),
            _("put on public notice"),
            clock=working_days("wd_publicise"),
        ),
        Stage(
            "publicised",
            _("On public notice"),
            _("street review after public notice"),
            clock=working_days("wd_notice"),
            decide=working_days("wd_review"),
            notice=True,
        ),
        Stage(
            "street_reviewed",
            _("Reviewed by the street"),
            _("district decision"),
            clock=working_days("wd_decision"),
        ),
        Stage("recognised", _("Recognised"), _("agree on help"), clock=working_days("wd_agreement")),
        Stage("assisted", _("Being helped")),
        Stage(
            "employed_unstable",
            _("In work, not yet stable"),
            _("confirm stable work"),
            clock=months("followup_stable_months"),
        ),
        Stage("employed_stable", _("In stable work"), _("end of help"), clock=working_days("wd_review")),
        Stage("exited", _("Help ended"), final=True),
        Stage("rejected", _("Not recognised"), clock=working_days("wd_appeal"), final=True, aside=True),
        Stage(
            "reviewed_on_appeal",
            _("Under review on appeal"),
            _("answer the appeal"),
            clock=working_days("wd_appeal"),
            aside=True,
        ),
        Stage("dismissed", _("Appeal dismissed"), final=True, aside=True),
        Stage("lapsed", _("Ended: out of contact"), final=True, aside=True),
        Stage("refused", _("Ended: help refused"), final=True, aside=True),
    )

    transitions = (
        Transition(
            "check",
            ("applied",),
            "community_checked",
            _("Pass the community check"),
            CHECK,
            OPINION | {Need.PAPERS},
            _("Checked at home and against the records; the conditions are met."),
            rule=hardship.records_speak_against,
            overridable=True,
        ),
        Transition(
            "publicise", ("community_checked",), "publicised", _("Put on public notice"), CHECK, frozenset()
        ),
        Transition(
            "review",
            ("publicised",),
            "street_reviewed",
            _("Pass to the district"),
            REVIEW,
            OPINION,
            _("The public notice raised no objection. Recognition is recommended."),
        ),
        Transition(
            "recognise",
            ("street_reviewed",),
            "recognised",
            _("Recognise"),
            DECIDE,
            OPINION,
            _("Recognised as a person in employment hardship."),
            rule=hardship.category_not_listed,
            effect=hardship.recognise,
        ),
        Transition(
            "assist",
            ("recognised",),
            "assisted",
            _("Agree on help"),
            CHECK,
            form=HelpForm,
            effect=hardship.assist,
        ),
        Transition(
            "start_work",
            ("assisted",),
            "employed_unstable",
            _("Record that work has begun"),
            CHECK,
            rule=hardship.not_in_work,
            effect=hardship.start_work,
        ),
        Transition(
            "confirm_stable",
            ("employed_unstable",),
            "employed_stable",
            _("Confirm stable work"),
            CHECK,
            OPINION,
            _("Still in the same work on the follow-up visit."),
            rule=hardship.not_stable_yet,
        ),
        Transition(
            "end_stable",
            ("employed_stable",),
            "exited",
            _("End help: stable work"),
            REVIEW,
            OPINION,
            _("In stable work; help ends."),
            effect=hardship.exits(HardshipCase.Exit.STABLE_WORK),
        ),
        Transition(
            "lose_work",
            ("employed_unstable", "employed_stable"),
            "assisted",
            _("Work was lost: help again"),
            CHECK,
            REASON,
            rule=hardship.still_in_work,
            effect=hardship.lose_work,
        ),
        Transition(
            "refuse_offer",
            ("assisted",),
            "assisted",
            _("Record a refused offer"),
            CHECK,
            REASON,
            effect=hardship.count_refusal,
        ),
        Transition(
            "end_refused",
            ("assisted",),
            "refused",
            _("End help: offers refused"),
            REVIEW,
            OPINION,
            _("Suitable offers were refused as often as the rule allows."),
            rule=hardship.too_few_refusals,
            effect=hardship.exits(HardshipCase.Exit.REFUSED),
            danger=True,
        ),
        Transition(
            "end_no_contact",
            ("recognised", "assisted"),
            "lapsed",
            _("End help: out of contact"),
            REVIEW,
            REASON,
            rule=hardship.contact_is_recent,
            effect=hardship.exits(HardshipCase.Exit.NO_CONTACT),
            danger=True,
        ),
        Transition(
            "end_other",
            ("recognised", "assisted", "employed_unstable", "employed_stable"),
            "exited",
            _("End help for another reason"),
            REVIEW,
            form=ExitForm,
            effect=hardship.exit_as_told,
            danger=True,
        ),
        Transition(
            "return_to_station",
            ("publicised", "street_reviewed"),
            "applied",
            _("Return to the community"),
            REVIEW,
            REASON,
            hasty=True,
        ),
        Transition(
            "reject_at_community",
            ("applied", "community_checked", "publicised"),
            "rejected",
            _("Do not recognise"),
            CHECK,
            REASON,
            hasty=True,
            danger=True,
        ),
        Transition(
            "reject_at_street",
            ("publicised",),
            "rejected",
            _("Do not recognise"),
            REVIEW,
            REASON,
            hasty=True,
            danger=True,
        ),
        Transition(
            "reject", ("street_reviewed",), "rejected", _("Do not recognise"), DECIDE, REASON, danger=True
        ),
        Transition(
            "appeal",
            ("rejected",),
            "reviewed_on_appeal",
            _("Record an appeal"),
            CHECK,
            REASON,
            rule=hardship.appeal_too_late,
        ),
        Transition(
            "grant",
            ("reviewed_on_appeal",),
            "recognised",
            _("Recognise on appeal"),
            DECIDE,
            OPINION,
            _("The appeal is well founded."),
            rule=hardship.category_not_listed,
            effect=hardship.recognise,
        ),
        Transition(
            "dismiss",
            ("reviewed_on_appeal",),
            "dismissed",
            _("Dismiss the appeal"),
            DECIDE,
            REASON,
            danger=True,
        ),
    )

    papers = (
        PaperKind("application", _("Signed application")),
        PaperKind("identity", _("Identity card and household register")),
        PaperKind("promise", _("Signed promise of truth")),
        PaperKind(
            "allowance", _("Low-income allowance certificate"), of_category(HardshipCategory.LOW_INCOME)
        ),
        PaperKind("disability", _("Disability certificate"), of_category(HardshipCategory.DISABLED)),
        PaperKind(
            "registration",
            _("Unemployment registration"),
            of_category(HardshipCategory.LONG_UNEMPLOYED, HardshipCategory.OLDER_4050),
        ),
        PaperKind("land", _("Proof of land taken"), of_category(HardshipCategory.LOST_LAND)),
        PaperKind("diploma", _("Diploma"), of_category(HardshipCategory.GRADUATE)),
        PaperKind("discharge", _("Discharge certificate"), of_category(HardshipCategory.VETERAN)),
    )

    def about(self, case: HardshipCase) -> Text:
        return case.get_category_display()

    def facts(self, case: HardshipCase, today: date) -> Iterable[tuple[Text, Any]]:
        resident = case.resident
        yield _("Category"), case.get_category_display()
        yield _("Sex"), resident.get_sex_display()
        yield _("Age"), resident.age_on(today)
        yield _("Status"), resident.get_state_display()
        yield _("Status since"), resident.state_since
        yield _("Ground"), case.ground
        yield _("Recognised on"), case.recognised_on
        yield _("Helper"), case.helper
        yield _("Help agreed"), case.measures
        yield _("Refusals"), case.refusals if case.recognised_on else None
        yield _("In work since"), case.employed_on
        yield _("Reason of exit"), case.get_exit_reason_display()

    def findings(self, case: HardshipCase, today: date) -> Iterable[tuple[bool | None, Text]]:
        if case.recognised_on is None and case.closed_on is None:
            yield eligibility.finding(case.resident, case.category, case.opened_on)

    def subject_url(self, case: HardshipCase) -> str:
        return reverse("ledgers:file", args=["residents", case.resident_id])

    def notice_line(self, case: HardshipCase, today: date) -> Mapping[str, Any]:
        return {
            "name": mask_name(case.resident.name),
            "sex": case.resident.get_sex_display(),
            "age": case.resident.age_on(today),
            "category": case.get_category_display(),
        }
