"""Rows of a roster that wait for somebody to put them right."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import days


@register
class RowsLeftToFix(Duty):
    """Closed when every row is imported, skipped or put right, or the batch is undone."""

    code = "fix_import_rows"
    title = _("Imported rosters with rows left to fix")
    action = _("Open the import")
    due = After("created_at", days(7))
    owed_by = Role.STATION, Role.OFFICE, Role.EMPLOYMENT_SECTION
    person = "created_by"
    who = "file__name"
    rank = 55

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        left = ImportRow.objects.filter(
            batch=OuterRef("pk"),
            status__in=(ImportRow.Status.CONFIRM, ImportRow.Status.ERROR),
            merged_at=None,
        )
        waiting = (ImportBatch.Stage.MAPPING, ImportBatch.Stage.PREVIEW, ImportBatch.Stage.DONE)
        rows: QuerySet[Any] = ImportBatch.objects.filter(stage__in=waiting).filter(Exists(left))
        return rows

    def url(self, target: int) -> str:
        return reverse("batch", args=[target])
