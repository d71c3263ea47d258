"""The monthly visit to people in assistance."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import months
from qiao.services.people import api as people
from qiao.services.visits.models import Outcome, Visit


@register
class VisitInAssistance(Duty):
    """Runs from the last visit that met somebody, or from recognition; a visit in vain does not close it."""

    code = "visit_in_assistance"
    title = _("Monthly visit to people being helped")
    action = _("Record visit")
    due = After(
        Coalesce(Greatest(F("last_visit"), F("recognised_on")), F("stage_since")), months("followup_months")
    )
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE, Role.EMPLOYMENT_SECTION)
    person = "resident__owner"
    who = "resident__name"
    target = "resident"
    rank = 20

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        met = Visit.objects.filter(resident=OuterRef("resident"), outcome=Outcome.MET).order_by("-visited_on")
        rows: QuerySet[Any] = people.in_assistance().annotate(
            last_visit=Subquery(met.values("visited_on")[:1], output_field=DateField())
        )
        return rows

    def url(self, target: int) -> str:
        return f"{reverse('visit_new')}?resident={target}"
