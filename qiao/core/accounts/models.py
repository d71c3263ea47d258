"""People who work with the system, the posts they hold, and the log of what they looked at."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import ROLE_RIGHTS, Right, Role
from qiao.core.accounts.scope import Scope
from qiao.core.regions.models import Region


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class User(AbstractUser):
    class Language(models.TextChoices):
        HANS = "zh-hans", get_language_info("zh-hans")["name_local"]
        HANT = "zh-hant", get_language_info("zh-hant")["name_local"]
        EN = "en", get_language_info("en")["name_local"]

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("Full name"), max_length=80)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.HANS)
    must_change_password = models.BooleanField(_("Must change the password"), default=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: date) -> AppointmentQuerySet:
        return self.filter(Q(since__lte=day), Q(until=None) | Q(until__gt=day))


class Appointment(models.Model):
    """A person holds a role at a region from a date to a date."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("Person"))
    role = models.CharField(_("Role"), max_length=24, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, related_name="appointments", verbose_name=_("Region"))
    since = models.DateField(_("Since"))
    until = models.DateField(
        _("Until"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("An appointment must end after it begins."),
            ),
            ExclusionConstraint(
                name="appointment_is_held_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this role here in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region.name} · {self.get_role_display()}"

    @property
    def scope(self) -> Scope:
        return Scope(self.region_id)

    def can(self, right: Right) -> bool:
        return right in ROLE_RIGHTS[self.role]


class Disclosure(models.Model):
    """Somebody looked at personal data: who, whose, what, when, why. Written, never changed."""

    append_only: ClassVar[bool] = True

    at = models.DateTimeField(_("When"), db_default=Now())
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Who"))
    role = models.CharField(_("Role"), max_length=24, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("Region"))
    ledger = models.CharField(_("Ledger"), max_length=40)
    record_id = models.BigIntegerField(_("Record"), null=True)
    whose = models.CharField(_("Whose"), max_length=120)
    what = models.CharField(_("What"), max_length=120)
    why = models.CharField(_("Why"), max_length=200)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access to personal data")
        verbose_name_plural = _("access log")
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="disclosure_has_a_reason",
                violation_error_message=_("Say why you need to see it."),
            )
        ]
        indexes = [models.Index(fields=["region", "-id"], name="disclosure_region")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what} {self.whose}"
