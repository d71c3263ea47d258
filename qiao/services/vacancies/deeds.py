"""Work a person recorded for somebody; what an import brought in is a deed of the import."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.duties.deeds import Deed, Side, register
from qiao.services.vacancies.models import Placement
from qiao.services.vacancies.models.choices import Channel


def recorded_by_hand() -> QuerySet[Placement]:
    return Placement.objects.filter(batch_id=None, continues=None)


register(
    Deed(
        code="placements.made",
        side=Side.DONE,
        title=_("Placement"),
        rows=recorded_by_hand,
        by="created_by",
        at="started_on",
        who="resident__name",
        state="channel",
        states=dict(Channel.choices),
        url=lambda placement: reverse("ledgers:file", args=["placements", placement]),
    )
)
