"""What a person's or a household's file offers towards a recognition."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people import zero_employment
from qiao.services.people.models import HardshipCase, Household, Membership, Resident
from qiao.services.people.verbs import VERBS


def open_already(viewer: Viewer, resident: Resident) -> str:
    if HardshipCase.objects.filter(resident=resident, closed_on=None).exists():
        return _("A recognition for this person is already open.")
    return ""


def ended_already(viewer: Viewer, member: Membership) -> str:
    return _("This membership has ended already.") if member.until else ""


def verdict_in_words(household: Household, today: date) -> str:
    """Whether it counts as a zero-employment household, and why."""
    verdict = zero_employment.verdict_of(household.pk, today)
    if verdict is None:
        return ""
    said = (
        _("Counts as a zero-employment household.") if verdict.zero else _("Not a zero-employment household.")
    )
    return f"{said} {zero_employment.in_words(verdict.because)}"


APPLY = Action(
    "apply",
    gettext_lazy("Apply for recognition"),
    Right.EDIT_PEOPLE,
    url=lambda resident: f"{reverse('case_new', args=['hardship'])}?resident={resident.pk}",
    why_not=open_already,
    aside=True,
)
ADD_MEMBER = Action(
    "member",
    gettext_lazy("Add a member"),
    Right.EDIT_PEOPLE,
    url=lambda household: reverse("member_new", args=[household.pk]),
)


def _on_member(code: str) -> Action:
    return Action(
        code,
        VERBS[code].name,
        Right.EDIT_PEOPLE,
        url=lambda member: reverse("people_verb", args=[member.resident_id, code]),
        why_not=ended_already,
    )


END_MEMBERSHIP, MAKE_HEAD = _on_member("part"), _on_member("head")
