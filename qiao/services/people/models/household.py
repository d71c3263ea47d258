"""Households and who lives in them from when to when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.models import DateRange
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.models import choices
from qiao.services.people.models.resident import Resident, choice


@tracked()
class Household(Record):
    number = text(_("Household number"), 40)
    address = text(_("Address"), 160)
    head = models.ForeignKey(
        Resident,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Head of household"),
    )
    business_income = models.BooleanField(
        _("Has business or investment income"), default=False, db_default=False
    )
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"],
                condition=Q(deleted_at=None) & ~Q(number=""),
                name="household_number_is_used_once",
                violation_error_message=_("This household number is already used in the community."),
            )
        ]
        indexes = level_indexes("household", "-id", condition=Q(deleted_at=None))

    def __str__(self) -> str:
        return self.head.name if self.head else (self.number or self.address or str(self.pk))


@tracked()
class Membership(Record):
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", verbose_name=_("Household")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="memberships", verbose_name=_("Resident")
    )
    relation = choice(_("Relation to head"), choices.Relation)
    since = models.DateField(_("Since"), null=True, blank=True, help_text=_("Empty when nobody knows."))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("household member")
        verbose_name_plural = _("household members")
        constraints = [
            ExclusionConstraint(
                name="resident_lives_in_one_household",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at=None),
                violation_error_message=_("This person already belongs to a household in that time."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A membership must end after it begins."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["household"], name="membership_household", condition=Q(deleted_at=None, until=None)
            ),
            models.Index(fields=["region"], name="membership_region"),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} in {self.household_id}"
