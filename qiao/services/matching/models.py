"""One matching of a district: what went in and what came out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.models import Record
from qiao.core.regions.models import Region


class Mode(models.TextChoices):
    SOFT = "soft", _("Best fit, hardship with a bonus")
    LEXICOGRAPHIC = "lexicographic", _("Hardship first")
    FAIR = "fair", _("No justified envy")


class Run(Record):
    """Written once, with its snapshot, in one transaction. `figures` are those of this mode, `others` of `other_mode`,
    over the same people and posts: what the choice costs."""

    shared_in_district: ClassVar[bool] = True

    mode = models.CharField(_("Mode"), max_length=16, choices=Mode)
    other_mode = models.CharField(_("Compared with"), max_length=16, choices=Mode)
    on = models.DateField(_("As of"))
    read_at = models.DateTimeField(_("Records read at"))
    milliseconds = models.IntegerField(_("Took (ms)"))
    weights = models.CharField(pgettext_lazy("matching", "Weights"), max_length=60)
    inputs = models.CharField(_("Fingerprint of what went in"), max_length=64)
    figures = models.JSONField(_("Figures"))
    others = models.JSONField(_("Figures of the other mode"))

    class Meta(Record.Meta):
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        indexes = [models.Index(fields=["district", "-id"], name="matching_run_district")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.on}"


class Snapshot(models.Model):
    """The columns of a run as the engine read them, who got what, and the prices: pages explain, name and go on from here.

    It names everybody of the district, so that only the district itself may read it; pages cut out what they show.
    """

    region_columns: ClassVar[tuple[str, ...]] = ("region_id",)

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True, related_name="snapshot")
    region = models.ForeignKey(Region, models.PROTECT, db_index=False, related_name="+")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.run_id)
