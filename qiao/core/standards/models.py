"""Values of parameters: what holds where and when, from which source. A value is never overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.records.history import tracked
from qiao.core.regions import codes
from qiao.core.standards.declarations import Parameter, declared


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class ParameterValueQuerySet(models.QuerySet["ParameterValue"]):
    def standing(self) -> ParameterValueQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def on(self, day: date) -> ParameterValueQuerySet:
        return self.standing().filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
        )

    def for_region(self, code: int) -> ParameterValueQuerySet:
        """The nation's, those of the regions above, and the region's own; the most specific comes last."""
        path = [codes.NATION, *codes.ancestors(code), code]
        return self.filter(place__in=path).order_by("place")


@tracked()
class ParameterValue(models.Model):
    class Doubt(models.TextChoices):
        NONE = "", _("Source read")
        UNSOURCED = "unsourced", _("No source found; check it")
        UNSURE = "unsure", _("Unsure; check it first")

    class Status(models.TextChoices):
        SEED = "seed", _("Came with Qiao")
        CONFIRMED = "confirmed", _("Entered here")

    code = models.CharField(_("Parameter"), max_length=60)
    place = models.BigIntegerField(
        _("Place"), default=codes.NATION, help_text=_("Area code; 0 is the whole country.")
    )
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(
        _("Valid until"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    value = models.JSONField(_("Value"))
    source = models.CharField(_("Source"), max_length=300)
    doubt = models.CharField(_("Doubt"), max_length=9, choices=Doubt, blank=True, default=Doubt.NONE)
    status = models.CharField(_("Status"), max_length=9, choices=Status, default=Status.CONFIRMED)
    reason = models.CharField(_("Reason for the change"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("Entered at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Entered by"),
    )
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, editable=False)

    objects = ParameterValueQuerySet.as_manager()

    class Meta:
        ordering = ["code", "place", F("valid_from").asc(nulls_first=True), "id"]
        verbose_name = _("parameter value")
        verbose_name_plural = _("parameter values")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                name="parameter_ends_after_it_begins",
                violation_error_message=_("A value must end after it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="parameter_names_its_source",
                violation_error_message=_("Say where the value comes from."),
            ),
            ExclusionConstraint(
                name="parameter_holds_once",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("Another value of this parameter already holds here in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place} {self.valid_from or ''}"

    @property
    def parameter(self) -> Parameter | None:
        return declared().get(self.code)

    @property
    def shown(self) -> str:
        return self.parameter.shown(self.value) if self.parameter else str(self.value)

    @property
    def read(self) -> Any:
        """The value as code uses it: int, Decimal, str or a tuple of codes."""
        return self.parameter.kind.read(self.value) if self.parameter else self.value
