"""A re-employment base (再就业安置基地): an employer that places people in hardship, recognised by the district."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.binding import beyond_scope
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.services.employers.models.fields import carried_by, count


@tracked()
class Base(Case):
    """`recognised_on`..`withdrawn_on` is when the employer counts as a base. Every community may send people there."""

    shared_in_district: ClassVar[bool] = True

    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="bases", verbose_name=_("Employer")
    )
    staff = count(_("Staff"))
    hardship = count(_("Of them in hardship"))
    contract_years = models.SmallIntegerField(_("Contracts of (years)"), null=True, blank=True)
    pay_above_minimum = models.BooleanField(_("Pay above the minimum wage"), null=True, blank=True)
    insured = models.BooleanField(_("Social insurance paid"), null=True, blank=True)
    capacity = count(_("Can place"))
    carrier = carried_by()
    recognised_on = models.DateField(_("Recognised on"), null=True, blank=True)
    checked_on = models.DateField(_("Last checked on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    note = text(_("Note"), 300)

    class Meta(Case.Meta):
        verbose_name = _("re-employment base")
        verbose_name_plural = _("re-employment bases")
        constraints = [
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(closed_on=None, deleted_at=None),
                name="base_is_open_once",
                violation_error_message=_("This employer is a base or has applied already. Open its case."),
            ),
            models.CheckConstraint(
                condition=Q(staff=None)
                | Q(hardship=None)
                | (Q(hardship__gte=0) & Q(hardship__lte=F("staff"))),
                name="base_hardship_are_of_the_staff",
                violation_error_message=_("People in hardship cannot be more than the staff."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("recognised_on")),
                name="base_is_withdrawn_after_recognition",
                violation_error_message=_("A title cannot be withdrawn before it was given."),
            ),
        ]
        indexes = [*case_indexes("base")]

    def __str__(self) -> str:
        return str(self.employer)

    def placed(self) -> int:
        """How many people of the whole district began work here while the title held; a move is no new beginning."""
        until = {"started_on__lt": self.withdrawn_on} if self.withdrawn_on else {}
        with beyond_scope("a number without names; every community sends people to a base"):
            begun = self.employer.placements.filter(
                continues=None, started_on__gte=self.recognised_on, **until
            )
            return int(begun.count())
