"""A labour-service enterprise (劳服企业): opened so that the unemployed have work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.employers.models.fields import carried_by


@tracked()
class LabourEnterprise(Record):
    """Its staff on the day it opened are kept: the rule looks at that day."""

    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="enterprises", verbose_name=_("Enterprise")
    )
    opened_on = models.DateField(_("Opened for business on"))
    staff_at_opening = models.IntegerField(_("Staff at opening"))
    unemployed_at_opening = models.IntegerField(_("Of them unemployed before"))
    certificate_no = text(_("Number of the certificate"), 40)
    certified_until = models.DateField(_("Certificate valid until"), null=True, blank=True)
    carrier = carried_by()
    closed_on = models.DateField(_("Closed for good on"), null=True, blank=True)
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("labour-service enterprise")
        verbose_name_plural = _("labour-service enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(deleted_at=None, closed_on=None),
                name="enterprise_is_recorded_once",
                violation_error_message=_("This firm is recorded as a labour-service enterprise already."),
            ),
            models.CheckConstraint(
                condition=Q(staff_at_opening__gt=0)
                & Q(unemployed_at_opening__gte=0)
                & Q(unemployed_at_opening__lte=F("staff_at_opening")),
                name="enterprise_unemployed_are_of_the_staff",
                violation_error_message=_("The unemployed among the staff cannot be more than the staff."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="enterprise_closes_after_opening",
                violation_error_message=_("It cannot close before it opened."),
            ),
        ]
        indexes = [*level_indexes("enterprise", "-opened_on", "-id", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return str(self.employer)

    @property
    def unemployed_share(self) -> float:
        return self.unemployed_at_opening / self.staff_at_opening
