"""Days: the business date of this instance, holidays and make-up days, and the count of working days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.core.records.history import tracked


class BusinessDay(models.Model):
    """One row: the day this instance works on, or none to follow the clock."""

    fixed_on = models.DateField(_("Fixed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("business date")
        verbose_name_plural = _("business date")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="business_day_is_one_row")]

    def __str__(self) -> str:
        return str(self.fixed_on or "")


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def of_year(self, year: int) -> CalendarDayQuerySet:
        return self.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))


@tracked()
class CalendarDay(models.Model):
    """A day that differs from its weekday. The database counts the working days anew at each change."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        MAKE_UP = "make_up", _("Make-up working day")

    day = models.DateField(_("Day"), primary_key=True)
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)
    name = models.CharField(_("Occasion"), max_length=80, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @property
    def label(self) -> str:
        """The name as people read it; the names of the national list are translated."""
        return gettext(self.name) if self.name else str(self.get_kind_display())

    @property
    def told_source(self) -> str:
        return gettext(self.source) if self.source else ""


class NumberedDay(models.Model):
    """Each day with the count of working days up to and including it. Kept by the database alone."""

    day = models.DateField(primary_key=True)
    number = models.IntegerField()
    working = models.BooleanField()

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(fields=["number"], name="numbered_working_day", condition=Q(working=True))]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError("Change CalendarDay instead.")
