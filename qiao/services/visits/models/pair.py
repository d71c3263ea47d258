"""A helper and the person or household helped."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.visits.models.choices import HelpEnd, HelperKind


@tracked()
class HelperPair(Record):
    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        related_name="helper_pairs",
        null=True,
        blank=True,
        verbose_name=_("Resident"),
    )
    household = models.ForeignKey(
        "people.Household",
        models.PROTECT,
        related_name="helper_pairs",
        null=True,
        blank=True,
        verbose_name=_("Household"),
    )
    helper = models.CharField(_("Helper"), max_length=60)
    helper_kind = models.CharField(
        _("Helper is"), max_length=12, choices=HelperKind, default=HelperKind.STAFF
    )
    helper_unit = text(_("Unit and post of the helper"), 120)
    helper_phone = text(_("Phone of the helper"), 20)
    since = models.DateField(_("Help since"))
    plan = text(_("Plan of help"), 300)
    achieved = text(_("What was achieved"), 300)
    ended_on = models.DateField(_("Help ended on"), null=True, blank=True)
    end_reason = models.CharField(
        _("Why help ended"), max_length=20, choices=HelpEnd, blank=True, default="", db_default=""
    )

    class Meta(Record.Meta):
        verbose_name = _("helper and helped")
        verbose_name_plural = _("helpers and helped")
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False, household=None)
                | Q(resident=None, household__isnull=False),
                name="pair_is_with_one",
                violation_error_message=_("A helper helps a person or a household: say which."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="pair_ends_for_a_reason",
                violation_error_message=_("Say when help ended, and why."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="pair_ends_after_it_begins",
                violation_error_message=_("Help cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["resident", "helper"],
                condition=Q(deleted_at=None, ended_on=None),
                name="pair_with_person_is_open_once",
                violation_error_message=_("This helper helps this person already."),
            ),
            models.UniqueConstraint(
                fields=["household", "helper"],
                condition=Q(deleted_at=None, ended_on=None),
                name="pair_with_household_is_open_once",
                violation_error_message=_("This helper helps this household already."),
            ),
        ]
        indexes = level_indexes("pair", "-id", condition=Q(deleted_at=None))

    def __str__(self) -> str:
        return f"{self.helper}: {self.whom}"

    @property
    def whom(self) -> Any:
        """The person or household helped."""
        return self.resident or self.household
