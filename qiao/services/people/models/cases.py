"""Recognition of a person in hardship, and of a household in which nobody works."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.services.people.models import choices
from qiao.services.people.models.household import Household
from qiao.services.people.models.resident import Resident, choice


@tracked()
class HardshipCase(Case):
    """From application to exit. `recognised_on`..`exited_on` is when the person counts as in hardship."""

    class Exit(models.TextChoices):
        STABLE_WORK = "stable_work", _("In stable work")
        REFUSED = "refused", _("Refused help or suitable posts")
        NO_CONTACT = "no_contact", _("Out of contact")
        RETIRED = "retired", _("Reached retirement")
        NO_LONGER_FITS = "no_longer_fits", _("No longer fits the category")
        MOVED = "moved", _("Moved away")
        DIED = "died", _("Died")

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="hardship_cases", verbose_name=_("Resident")
    )
    category = models.CharField(_("Category"), max_length=20, choices=choices.HardshipCategory)
    ground = text(_("Ground"), 300)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Helper"),
    )
    measures = text(_("Help agreed"), 300)
    recognised_on = models.DateField(_("Recognised on"), null=True, blank=True)
    employed_on = models.DateField(_("In work since"), null=True, blank=True)
    refusals = models.SmallIntegerField(_("Refusals"), default=0, db_default=0)
    exited_on = models.DateField(_("Exited on"), null=True, blank=True)
    exit_reason = choice(_("Reason of exit"), Exit)

    class Meta(Case.Meta):
        verbose_name = _("hardship recognition")
        verbose_name_plural = _("hardship recognitions")
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(closed_on=None, deleted_at=None),
                name="hardship_is_open_once",
                violation_error_message=_("A recognition for this person is already open."),
            ),
            models.CheckConstraint(
                condition=Q(exited_on=None) | ~Q(exit_reason=""),
                name="hardship_exit_has_a_reason",
                violation_error_message=_("Say why help ends."),
            ),
        ]
        indexes = [
            *case_indexes("hardship"),
            models.Index(fields=["resident"], name="hardship_resident"),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.get_category_display()}"


@tracked()
class ZeroEmploymentCase(Case):
    """A household found without work, until at least one member works."""

    class Ending(models.TextChoices):
        EMPLOYED = "employed", _("A member found work")
        REFUSED = "refused", _("Refused what was offered")
        NO_CONTACT = "no_contact", _("Out of contact")
        NO_LONGER_FITS = "no_longer_fits", _("No longer such a household")

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="zero_employment_cases", verbose_name=_("Household")
    )
    found_on = models.DateField(_("Found on"))
    because = models.JSONField(_("Why it was found"), default=dict)
    recognised_on = models.DateField(_("Recognised on"), null=True, blank=True)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Helper"),
    )
    measures = text(_("Help agreed"), 300)
    refusals = models.SmallIntegerField(_("Refusals"), default=0, db_default=0)
    cleared_on = models.DateField(_("Ended on"), null=True, blank=True)
    ending = choice(_("How it ended"), Ending)

    class Meta(Case.Meta):
        verbose_name = _("zero-employment household")
        verbose_name_plural = _("zero-employment households")
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(closed_on=None, deleted_at=None),
                name="zero_employment_is_open_once",
                violation_error_message=_("This household is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(cleared_on=None) | ~Q(ending=""),
                name="zero_employment_end_has_a_reason",
                violation_error_message=_("Say how it ended."),
            ),
        ]
        indexes = [
            *case_indexes("zero_employment"),
            models.Index(fields=["household"], name="zero_employment_household"),
        ]

    def __str__(self) -> str:
        return str(self.household)
