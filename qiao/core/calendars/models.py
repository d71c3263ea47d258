"""Days: the business date of this instance, holidays and make-up days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BusinessDay(models.Model):
    """One row: the day this instance works on, or none to follow the clock."""

    fixed_on = models.DateField(_("Fixed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("business date")
        verbose_name_plural = _("business date")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="business_day_is_one_row")]

    def __str__(self) -> str:
        return str(self.fixed_on or "")
