"""An import, from the file as it came to the rows it wrote."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.records.models import Record
from qiao.core.regions.models import Region


class SourceFile(models.Model):
    """The uploaded file, kept as it came."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("File"), max_length=200)
    size = models.BigIntegerField(_("Size"))
    path = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField(_("Uploaded at"), db_default=Now())

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return self.name


class ImportBatch(Record):
    """`readings` holds, per sheet, what was understood of it and what a person changed in that.

    `decisions` holds what a person said of values and rows (see decisions.py); `counts` the rows per state.
    Staged rows are a pure function of the file, the readings and the decisions.
    """

    class Stage(models.TextChoices):
        READING = "reading", _("Being read")
        MAPPING = "mapping", _("Columns to confirm")
        CHECKING = "checking", _("Being checked")
        PREVIEW = "preview", _("Ready to import")
        MERGING = "merging", _("Being imported")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Stopped")

    RUNNING = (Stage.READING, Stage.CHECKING, Stage.MERGING, Stage.UNDOING)

    importer = models.CharField(_("Kind of roster"), max_length=40)
    file = models.ForeignKey(SourceFile, models.PROTECT, related_name="batches", verbose_name=_("File"))
    scope_code = models.BigIntegerField(_("Area of the person who imports"))
    stage = models.CharField(_("State"), max_length=10, choices=Stage, default=Stage.READING)
    readings = models.JSONField(default=list)
    decisions = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    progress = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    problem = models.TextField(_("Problem"), blank=True)
    merged_at = models.DateTimeField(_("Imported at"), null=True, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Imported by"),
        db_index=False,
    )
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["region", "-id"], name="import_batch_region")]

    def __str__(self) -> str:
        return self.file.name

    @property
    def running(self) -> bool:
        return self.stage in self.RUNNING

    @property
    def left_to_fix(self) -> int:
        return int(self.counts.get("error", 0) + self.counts.get("confirm", 0))

    @property
    def tone(self) -> str:
        stages = self.Stage
        return {
            stages.DONE: "good",
            stages.FAILED: "danger",
            stages.PREVIEW: "warn",
            stages.MAPPING: "warn",
        }.get(stages(self.stage), "")


class ImportRow(models.Model):
    """One row of the file: what stood there, what was made of it, what it will do or did."""

    class Status(models.TextChoices):
        READY = "ready", _("Ready")
        FIXED = "fixed", _("Put right automatically")
        CONFIRM = "confirm", _("To confirm")
        ERROR = "error", _("Errors")
        SKIPPED = "skipped", _("Skipped")

    class Act(models.TextChoices):
        INSERT = "insert", _("New")
        UPDATE = "update", _("Changes a record")
        SAME = "same", _("Already so")
        MOVE = "move", _("Proposes a transfer")
        NONE = "", _("Nothing")

    MERGED = (Status.READY, Status.FIXED)

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.SmallIntegerField(default=0)
    number = models.IntegerField(_("Row"))
    block = models.SmallIntegerField(default=0)
    status = models.CharField(_("State"), max_length=8, choices=Status)
    act = models.CharField(_("Effect"), max_length=6, choices=Act, blank=True, default="")
    region = models.ForeignKey(
        Region, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    extras = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    key = models.BinaryField(max_length=32, null=True)
    cipher = models.BinaryField(null=True)
    target = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    merged_at = models.DateTimeField(_("Imported at"), null=True)
    stayed = models.BooleanField(_("Stayed when the import was taken back"), default=False, db_default=False)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number", "block"], name="import_row_is_read_once"
            )
        ]
        indexes = [
            models.Index(fields=["batch", "status", "sheet", "number"], name="import_row_status"),
            models.Index(fields=["batch", "key"], name="import_row_key", condition=Q(key__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.sheet}/{self.number}"


class RememberedHeader(models.Model):
    """What people said of a header once is not asked again: the meaning of its columns and of odd values."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    importer = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    memory = models.JSONField(default=dict)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "importer", "fingerprint"], name="header_is_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint


def counted(batch: ImportBatch) -> dict[str, Any]:
    """Rows per status, and per effect of those that go in."""
    rows = ImportRow.objects.filter(batch=batch)
    per_status = dict(rows.values_list("status").annotate(models.Count("id")).order_by("status"))
    per_act = dict(
        rows.filter(status__in=ImportRow.MERGED)
        .values_list("act")
        .annotate(models.Count("id"))
        .order_by("act")
    )
    return {**per_status, **{f"act_{act or 'none'}": number for act, number in per_act.items()}}
