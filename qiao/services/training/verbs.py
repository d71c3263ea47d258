"""What the ledgers offer towards training: on residents, and on those in a class."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.refusal import Refused
from qiao.services.people import api as people
from qiao.services.training import actions, eligibility
from qiao.services.training.choices import Stage
from qiao.services.training.forms import ENROL, enrol_form, reason_form
from qiao.services.training.models import Enrolment


def not_eligible(viewer: Viewer, resident: people.Resident) -> str:
    found = eligibility.finding(resident, viewer.today)
    return "" if found.ground else found.words


def enrol(viewer: Viewer, residents: list[Any], data: dict[str, Any]) -> object:
    """Everybody or nobody: the sentence says what became of it."""
    chosen, at_once = data["training_class"], data["how"] == ENROL
    try:
        made = actions.enrol(residents, chosen, invited=not at_once, on=viewer.today, by=viewer.user)
    except Refused as refusal:
        return _("Nobody was enrolled. %(why)s") % {"why": refusal}
    said = {"n": len(made), "class": chosen}
    if len(made) == 1:
        said["why"] = made[0].ground_words
        return (_("Enrolled in %(class)s. %(why)s") if at_once else _("Invited to %(class)s. %(why)s")) % said
    if at_once:
        return (
            ngettext(
                "%(n)d person is enrolled in %(class)s.", "%(n)d people are enrolled in %(class)s.", len(made)
            )
            % said
        )
    return (
        ngettext("%(n)d person is invited to %(class)s.", "%(n)d people are invited to %(class)s.", len(made))
        % said
    )


ENROL_PEOPLE = Action(
    "training",
    gettext_lazy("Invite to training"),
    Right.EDIT_PEOPLE,
    run=enrol,
    form=enrol_form,
    why_not=not_eligible,
    batch=True,
    aside=True,
)


def _stage_is(stage: str, words: Any) -> Any:
    return lambda viewer, enrolment: "" if enrolment.stage == stage else words


NOT_INVITED = gettext_lazy("Only an open invitation is answered.")
NOT_ENROLLED = gettext_lazy("Only who is enrolled can leave the class.")


def accept(viewer: Viewer, enrolments: list[Any], data: dict[str, Any]) -> object:
    try:
        number = actions.answer(enrolments, True, viewer.today)
    except Refused as refusal:
        return _("Nobody was enrolled. %(why)s") % {"why": refusal}
    return ngettext("%(n)d person takes part.", "%(n)d people take part.", number) % {"n": number}


def decline(viewer: Viewer, enrolments: list[Any], data: dict[str, Any]) -> object:
    number = actions.answer(enrolments, False, viewer.today, data["reason"])
    return ngettext("%(n)d person declined.", "%(n)d people declined.", number) % {"n": number}


def leave(viewer: Viewer, enrolments: list[Any], data: dict[str, Any]) -> object:
    number = actions.leave(enrolments, viewer.today, data["reason"])
    return ngettext("%(n)d person left the class.", "%(n)d people left the class.", number) % {"n": number}


def results_url(enrolment: Enrolment) -> str:
    return reverse("training_results", args=[enrolment.training_class_id])


ANSWERS = (
    Action(
        "accept",
        pgettext_lazy("training", "Accepts"),
        Right.EDIT_PEOPLE,
        run=accept,
        why_not=_stage_is(Stage.INVITED, NOT_INVITED),
        batch=True,
        primary=True,
    ),
    Action(
        "decline",
        pgettext_lazy("training", "Declines"),
        Right.EDIT_PEOPLE,
        run=decline,
        form=reason_form,
        why_not=_stage_is(Stage.INVITED, NOT_INVITED),
        batch=True,
    ),
    Action(
        "leave",
        gettext_lazy("Leaves the class"),
        Right.EDIT_PEOPLE,
        run=leave,
        form=reason_form,
        why_not=_stage_is(Stage.ENROLLED, NOT_ENROLLED),
        batch=True,
    ),
    Action("results", gettext_lazy("Results of the class"), Right.SEE_PEOPLE, url=results_url, aside=True),
)
OF_A_CLASS = (
    Action(
        "attendance",
        gettext_lazy("Attendance"),
        Right.SEE_PEOPLE,
        url=lambda one: reverse("training_attendance", args=[one.pk]),
        primary=True,
    ),
    Action(
        "results",
        gettext_lazy("Results"),
        Right.SEE_PEOPLE,
        url=lambda one: reverse("training_results", args=[one.pk]),
    ),
)
