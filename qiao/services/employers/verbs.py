"""What can be done from the lists and files of employers and outlets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.filters import colleagues
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.services.employers import actions
from qiao.services.employers.forms import ClosingForm, ReasonForm, SeenForm
from qiao.services.employers.models import Base, Employer, Outlet
from qiao.services.employers.models.choices import Verification


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


def carrier_form(viewer: Viewer) -> type[forms.Form]:
    class CarrierForm(forms.Form):
        carrier = forms.TypedChoiceField(
            label=_("Responsible"),
            choices=[("", "—"), *colleagues(viewer)],
            coerce=int,
            empty_value=None,
            required=False,
        )

    return CarrierForm


def _hand_over(viewer: Viewer, records: list[Any], given: dict[str, Any]) -> object:
    for record in records:
        record.carrier_id = given["carrier"]
        record.save(update_fields=["carrier"])
    return ngettext("%d record is handed over.", "%d records are handed over.", len(records)) % len(records)


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
HAND_OVER = Action(
    "hand_over",
    gettext_lazy("Hand over to another"),
    Right.EDIT_PEOPLE,
    run=_hand_over,
    form=carrier_form,
    batch=True,
    aside=True,
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
