"""The administrative tree, with the dates on which each of its codes holds."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.regions import codes


class RegionQuerySet(models.QuerySet["Region"]):
    def under(self, code: int) -> RegionQuerySet:
        span = codes.subtree(code)
        return self.filter(code__gte=span.lo, code__lt=span.hi)

    def children_of(self, code: int) -> RegionQuerySet:
        return self.under(code).filter(level=codes.level_of(code) + 1)

    def on(self, day: date) -> RegionQuerySet:
        """Regions whose code held on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
        )

    def districts(self, day: date, code: int | None = None) -> list[int]:
        """The codes of the districts that held on a day, or of the one that is named: what the work of a night is cut into."""
        found = self.on(day).filter(level=Region.Level.DISTRICT).order_by("code")
        return list((found if code is None else found.filter(code=code)).values_list("code", flat=True))


class Region(models.Model):
    class Level(models.IntegerChoices):
        PROVINCE = 1, _("Province")
        CITY = 2, _("City")
        DISTRICT = 3, _("District")
        STREET = 4, _("Street or town")
        COMMUNITY = 5, _("Community")

    class Kind(models.TextChoices):
        STATISTICAL = "statistical", _("Statistical")
        INTERNAL = "internal", _("Kept by the district itself")

    code = models.BigIntegerField(_("Code"), primary_key=True)
    name = models.CharField(pgettext_lazy("of a place", "Name"), max_length=80)
    level = models.SmallIntegerField(_("Level"), choices=Level)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind, default=Kind.STATISTICAL)
    initials = models.CharField(_("Pinyin initials"), max_length=40, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(
        _("Valid until"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__gt=0, code__lt=10**12),
                name="region_code_has_12_digits",
                violation_error_message=_("A region code has 12 digits."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                name="region_ends_after_it_begins",
                violation_error_message=_("A region must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def parent_code(self) -> int | None:
        return codes.parent_of(self.code)

    @property
    def subtree(self) -> codes.Subtree:
        return codes.subtree(self.code)


class FormerName(models.Model):
    """What a region was called until a day; its code stayed the same."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="former_names", verbose_name=_("Region"))
    name = models.CharField(pgettext_lazy("of a place", "Name"), max_length=80)
    until = models.DateField(_("Until"), help_text=_("The first day it no longer holds."))

    class Meta:
        ordering = ["until", "id"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "until"],
                name="region_is_renamed_once_a_day",
                violation_error_message=_("The region was already renamed on this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.until})"


class Succession(models.Model):
    """What a region became: the living registry follows it, old statistics stay with the old code."""

    class Kind(models.TextChoices):
        RECODE = "recode", _("New code")
        MERGE = "merge", _("Merged into")
        SPLIT = "split", _("Split into")

    old = models.ForeignKey(Region, models.PROTECT, related_name="successions", verbose_name=_("Old region"))
    new = models.ForeignKey(Region, models.PROTECT, related_name="origins", verbose_name=_("New region"))
    on = models.DateField(_("On"))
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_is_stated_once"),
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="succession_leads_elsewhere",
                violation_error_message=_("A region cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id}"
