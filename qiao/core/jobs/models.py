"""The record of work done in parts: what was asked, how far it is, what failed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One call of `map_partitions`."""

    name = models.CharField(_("Work"), max_length=80)
    function = models.CharField(max_length=160)
    total = models.IntegerField(_("Parts"))
    started_at = models.DateTimeField(_("Started"), db_default=Now())

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")

    def __str__(self) -> str:
        return self.name

    @property
    def done(self) -> int:
        return self.parts.filter(done_at__isnull=False).count()

    @property
    def failed(self) -> int:
        return self.parts.exclude(error="").count()

    @property
    def over(self) -> bool:
        return not self.parts.filter(done_at=None, error="").exists()


class Part(models.Model):
    """A key of a run. `error` is what the last try failed with; a later success clears it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="parts")
    key = models.JSONField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        indexes = [models.Index(fields=["run"], name="part_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.run_id} {self.key}"
