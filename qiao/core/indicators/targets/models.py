"""What an indicator shall reach."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.records.fields import text
from qiao.core.records.history import tracked


@tracked()
class Target(models.Model):
    """An indicator of one region and period shall reach `value`, in the indicator's own unit: people, yuan, percent.

    `answers`: the person who answers for it there; `reason`: why it was changed last, "" as first set.
    """

    region_columns = ("region",)

    indicator = models.CharField(_("Figure"), max_length=48)
    region = models.BigIntegerField(_("Region"))
    period = models.CharField(_("Reporting period"), max_length=24)
    value = models.DecimalField(_("Target"), max_digits=16, decimal_places=2)
    answers = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("Who answers for it"),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Set by")
    )
    set_on = models.DateField(_("Set on"))
    reason = text(_("Why it was changed"), 200)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "region", "indicator"],
                name="target_is_set_once",
                violation_error_message=_("This target is set already. Change it, and say why."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="target_is_not_negative",
                violation_error_message=_("A target cannot be below zero."),
            ),
        ]
        indexes = [models.Index(fields=["answers", "period"], name="target_of_person")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.region} {self.period}: {self.value}"

    @property
    def scope(self) -> Scope:
        return Scope(self.region)

    @property
    def of(self) -> Period:
        return Period.parse(self.period)
