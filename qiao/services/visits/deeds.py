"""Visits a person made."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.duties.deeds import Deed, Side, register
from qiao.services.visits.duties import NAME
from qiao.services.visits.models import Outcome, Visit

register(
    Deed(
        code="visits.made",
        side=Side.DONE,
        title=_("Visit"),
        rows=Visit.objects.all,
        by="by",
        at="visited_on",
        who=NAME,
        state="outcome",
        states=dict(Outcome.choices),
        url=lambda visit: reverse("ledgers:file", args=["visits", visit]),
    )
)
