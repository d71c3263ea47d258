"""Rosters a person brought in, and those the person merged."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.batches.models import ImportBatch
from qiao.core.duties.deeds import Deed, Side, register


def import_deed(code: str, side: Side, at: str) -> Deed:
    return Deed(
        code=code,
        side=side,
        title=_("Import of a roster"),
        rows=ImportBatch.objects.all,
        by="created_by",
        at=at,
        who="file__name",
        state="stage",
        states=dict(ImportBatch.Stage.choices),
        url=lambda batch: reverse("batch", args=[batch]),
    )


register(
    import_deed("import.begun", Side.STARTED, "created_at"),
    import_deed("import.merged", Side.DONE, "merged_at"),
)
