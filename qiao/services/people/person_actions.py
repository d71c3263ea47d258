"""What can be done for one resident or for many chosen ones from the list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.handing import hand_over
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


CONFIRM = Action(
    "confirm",
    _("Confirm the record"),
    Right.EDIT_PEOPLE,
    run=confirm,
    why_not=confirmed_today,
    batch=True,
    aside=True,
)
ASSIGN = hand_over("owner", _("Assign responsible"), menu=CHANGE)

ACTIONS = (
    CONFIRM,
    *(verb.action for verb in VERBS.values() if verb.menu != CHANGE),
    ASSIGN,
    *(verb.action for verb in VERBS.values() if verb.menu == CHANGE),
)
