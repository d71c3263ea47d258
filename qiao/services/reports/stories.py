"""Which stories a report may tell."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from qiao.core.accounts.scope import Scope
from qiao.core.regions.models import Region
from qiao.services.reports.models import Story

MOST = 3


def told(region: Region, as_of: date) -> list[str]:
    """The newest of the region that happened by the day and whose people consented, and consent still."""
    consenting = Q(consented_on__lte=as_of) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of))
    rows = Story.objects.within(Scope(region.code)).filter(consenting, happened_on__lte=as_of)
    newest = rows.order_by("-happened_on", "-pk").values_list("told", flat=True)[:MOST]
    return [" ".join(text.split()) for text in newest]
