"""What can be done from the lists and files of employers and outlets."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qiao.core.accounts.models import User
from qiao.core.accounts.rights import Right
from qiao.core.accounts.staffing import serving
from qiao.core.ledgers.handing import colleague_form, hand_over, handed
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.services.employers import actions
from qiao.services.employers.forms import CARRIERS, ClosingForm, ReasonForm, SeenForm
from qiao.services.employers.models import Base, Employer, Outlet
from qiao.services.employers.models.choices import STANDING, Verification


def _verify(viewer: Viewer, employers: list[Employer], given: dict[str, Any]) -> object:
    actions.verify(employers, viewer.user, viewer.today)
    return ngettext("%d employer is verified.", "%d employers are verified.", len(employers)) % len(employers)


def _refuse(viewer: Viewer, employers: list[Employer], given: dict[str, Any]) -> object:
    actions.refuse(employers, viewer.user, viewer.today, given["because"])
    return ngettext("%d employer is refused.", "%d employers are refused.", len(employers)) % len(employers)


def _verified_already(viewer: Viewer, employer: Employer) -> object:
    return _("Verified already.") if employer.verification == Verification.VERIFIED else ""


def _is_base(viewer: Viewer, employer: Employer) -> object:
    if Base.objects.filter(employer=employer, closed_on=None).exists():
        return _("This employer is a base or has applied already. Open its case.")
    return ""


def _close(viewer: Viewer, outlets: list[Outlet], given: dict[str, Any]) -> object:
    for outlet in outlets:
        actions.close_outlet(outlet, given["closed_on"], given["because"])
    return _("The outlet is closed.")


def _closed_already(viewer: Viewer, outlet: Outlet) -> object:
    return _("Closed on %s.") % outlet.closed_on if outlet.closed_on else ""


def _saw(viewer: Viewer, outlets: list[Outlet], given: dict[str, Any]) -> object:
    actions.saw(outlets, viewer.today, given["jobs"])
    return ngettext("%d outlet was seen today.", "%d outlets were seen today.", len(outlets)) % len(outlets)


def _hand_over_bases(viewer: Viewer, bases: list[Base], given: dict[str, Any]) -> object:
    to = User.objects.get(pk=given["to"])
    for region in {base.region_id for base in bases}:
        if not serving(region, viewer.today, CARRIERS).filter(pk=to.pk).exists():
            raise Refused(
                _(
                    "%s does not serve the place of every base chosen. Choose somebody who does, or fewer bases."
                )
                % to
            )
    for base in bases:
        step = "hand_over_mending" if base.stage == "mending" else "hand_over"
        moves.take(base, step, viewer.appointment, reason=given["because"], extra={"carrier": to})
    return handed(len(bases))


def _not_standing(viewer: Viewer, base: Base) -> object:
    return "" if base.stage in STANDING else _("Only a base that stands is handed over.")


VERIFY = Action(
    "verify",
    gettext_lazy("Verify"),
    Right.SECOND_PERSON,
    run=_verify,
    why_not=_verified_already,
    batch=True,
    primary=True,
)
REFUSE = Action(
    "refuse",
    gettext_lazy("Refuse"),
    Right.SECOND_PERSON,
    run=_refuse,
    form=lambda viewer: ReasonForm,
    batch=True,
    danger=True,
    aside=True,
)
APPLY = Action(
    "base",
    gettext_lazy("Apply for a base"),
    Right.EDIT_PEOPLE,
    url=lambda employer: f"{reverse('case_new', args=['base'])}?employer={employer.pk}",
    why_not=_is_base,
)
HAND_OVER = hand_over("carrier")
HAND_OVER_BASES = Action(
    "hand_over",
    gettext_lazy("Hand over to another"),
    Right.REVIEW_CASES,
    run=_hand_over_bases,
    form=colleague_form(CARRIERS, ReasonForm),
    why_not=_not_standing,
    batch=True,
)
SEEN = Action(
    "seen",
    gettext_lazy("Seen today"),
    Right.EDIT_PEOPLE,
    run=_saw,
    form=lambda viewer: SeenForm,
    why_not=_closed_already,
    batch=True,
    primary=True,
)
CLOSE = Action(
    "close",
    gettext_lazy("Close the outlet"),
    Right.EDIT_PEOPLE,
    run=_close,
    form=lambda viewer: ClosingForm,
    why_not=_closed_already,
)
