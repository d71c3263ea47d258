"""A duty that a visit meets: it leads to the form, and stands in the evening's round."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.duties.declaration import Duty, Text, duties
from qiao.services.visits.models import Why

RESIDENT, HOUSEHOLD, EMPLOYER, OUTLET, AFTER = "resident", "household", "employer", "outlet", "after"


def door(whom: str, number: int, why: str = "") -> str:
    """The form of a visit to somebody: `whom` is "resident", "household", "employer" or "outlet", or "after" for
    the same as an earlier visit."""
    said = {whom: number, "why": why} if why else {whom: number}
    return f"{reverse('visit_new')}?{urlencode(said)}"


class VisitDuty(Duty):
    """`target` is the path to the number of `whom`; `why` is the reason of the visit that is owed."""

    action: ClassVar[Text] = _("Record visit")
    whom: ClassVar[str] = RESIDENT
    why: ClassVar[str] = ""

    def url(self, target: int) -> str:
        return door(self.whom, target, self.why)


def visit_duties() -> list[VisitDuty]:
    return [one for one in duties() if isinstance(one, VisitDuty)]


def kept_by_duties() -> set[str]:
    """Reasons whose rhythm a duty of its own keeps."""
    return {one.why for one in visit_duties() if one.why} - {Why.OTHER}
