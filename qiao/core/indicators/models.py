"""The roll-up of figures: what it holds, what it has yet to take in, and up to which day it is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Rollup(models.Model):
    """A tally of one region and month. `dimension` "" is the whole; else `key` is the value broken down by.

    A month's stock is that of its last day; the running month's, of the day in `Upto`.
    """

    region_columns = ("region",)

    tally = models.CharField(max_length=48)
    level = models.SmallIntegerField()
    region = models.BigIntegerField(_("Region"))
    month = models.DateField()
    dimension = models.CharField(max_length=24)
    key = models.CharField(max_length=48)
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "dimension", "tally", "month", "region", "key"],
                include=["value"],
                name="figure_is_kept_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tally} {self.region} {self.month:%Y-%m} {self.dimension}={self.key}: {self.value}"


class Touched(models.Model):
    """Facts of a community changed: its figures from the month of `since` on wait to be counted again."""

    region = models.BigIntegerField()
    since = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        indexes = [models.Index(fields=["region"], name="touched_region")]

    def __str__(self) -> str:
        return f"{self.region} {self.since}"


class Upto(models.Model):
    """One row: the business date the running month is counted to, and the declarations it was counted by."""

    day = models.DateField()
    declared = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("day of the roll-up")
        verbose_name_plural = _("day of the roll-up")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="upto_is_one_row")]

    def __str__(self) -> str:
        return str(self.day)
