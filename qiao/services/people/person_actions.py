"""What can be done for one resident or for many chosen ones from the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.filters import colleagues
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.models import Resident
from qiao.services.people.verbs import CHANGE, VERBS


def confirm(viewer: Viewer, residents: list[Resident], given: dict[str, Any]) -> object:
    """Somebody looked: the records still say what is true."""
    Resident.objects.filter(pk__in=[one.pk for one in residents]).update(verified_on=viewer.today)
    return ngettext("%d record is confirmed.", "%d records are confirmed.", len(residents)) % len(residents)


def confirmed_today(viewer: Viewer, resident: Resident) -> object:
    return _("Confirmed today already.") if resident.verified_on == viewer.today else ""


def owner_form(viewer: Viewer) -> type[forms.Form]:
    class OwnerForm(forms.Form):
        owner = forms.TypedChoiceField(
            label=_("Responsible"),
            choices=[("", "—"), *colleagues(viewer)],
            coerce=int,
            empty_value=None,
            required=False,
        )

    return OwnerForm


def assign(viewer: Viewer, residents: list[Resident], given: dict[str, Any]) -> object:
    for resident in residents:
        resident.owner_id = given["owner"]
        resident.save(update_fields=["owner"])
    return ngettext("%d resident is assigned.", "%d residents are assigned.", len(residents)) % len(residents)


CONFIRM = Action(
    "confirm",
    _("Confirm the record"),
    Right.EDIT_PEOPLE,
    run=confirm,
    why_not=confirmed_today,
    batch=True,
    aside=True,
)
ASSIGN = Action(
    "assign",
    _("Assign responsible"),
    Right.EDIT_PEOPLE,
    run=assign,
    form=owner_form,
    batch=True,
    menu=CHANGE,
    aside=True,
)

ACTIONS = (
    CONFIRM,
    *(verb.action for verb in VERBS.values() if verb.menu != CHANGE),
    ASSIGN,
    *(verb.action for verb in VERBS.values() if verb.menu == CHANGE),
)
