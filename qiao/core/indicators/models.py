"""The roll-up of figures: what it holds, what it has yet to take in, and up to which day it is kept.
And the figures of closed periods, with the records behind them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators.targets.models import Target
from qiao.core.records.history import tracked


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


@tracked("kept")
class Closing(models.Model):
    """A period closed for a region and all below it, until it is reopened. `kept`: which tallies and
    breakdowns it froze, as "tally:dimension"."""

    region_columns = ("region",)

    region = models.BigIntegerField(_("Region"))
    period = models.CharField(_("Reporting period"), max_length=24)
    kept = ArrayField(models.TextField(), default=list)
    closed_on = models.DateField(_("Closed on"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Closed by")
    )
    reopened_on = models.DateField(_("Reopened on"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Reopened by"),
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "region"],
                condition=Q(reopened_on=None),
                name="period_is_closed_once",
                violation_error_message=_("This period is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(reopened_on=None, reopened_by=None, reason="")
                | Q(reopened_on__isnull=False, reopened_by__isnull=False) & ~Q(reason=""),
                name="reopening_has_a_reason",
                violation_error_message=_("Reopening a period needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.period}"

    @property
    def scope(self) -> Scope:
        return Scope(self.region)

    @property
    def of(self) -> Period:
        return Period.parse(self.period)


class Kept(models.Model):
    """A tally of a community as it was at the closing, and the very records it counted."""

    region_columns = ("region",)

    closing = models.ForeignKey(Closing, models.CASCADE, db_index=False, related_name="figures")
    tally = models.CharField(max_length=48)
    region = models.BigIntegerField(_("Region"))
    dimension = models.CharField(max_length=24)
    key = models.CharField(max_length=48)
    value = models.BigIntegerField()
    records = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("figure of a closed period")
        verbose_name_plural = _("figures of closed periods")
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "dimension", "tally", "region", "key"], name="closed_figure_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.tally} {self.region} {self.dimension}={self.key}: {self.value}"


class LateChange(models.Model):
    """Why a record was changed although figures of a closed period follow from it. Written once."""

    region_columns = ("region",)
    append_only = True

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="late_changes")
    region = models.BigIntegerField(_("Region"))
    ledger = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    reason = models.CharField(_("Reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Changed by")
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change after closing")
        verbose_name_plural = _("changes after closing")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="late_change_has_a_reason",
                violation_error_message=_("Say why this is changed after the period was closed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.record_id}: {self.reason}"


__all__ = ["Closing", "Kept", "LateChange", "Rollup", "Target", "Touched", "Upto"]
