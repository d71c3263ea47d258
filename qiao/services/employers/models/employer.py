"""Whoever employs people: a firm, a shop, a school, a residents' committee."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.employers.models.choices import Kind, Verification
from qiao.services.employers.models.fields import (
    carried_by,
    count,
    degrees,
    licence_seen,
    staff_member,
    whole_coordinates,
)


@tracked()
class Employer(Record):
    """Known by the unified code (18 characters) since 2015, by the number of the business licence before."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "name"

    name = models.CharField(_("Employer"), max_length=120)
    kind = models.CharField(
        _("Kind of employer"),
        max_length=12,
        choices=Kind,
        default=Kind.ENTERPRISE,
        db_default=Kind.ENTERPRISE.value,
    )
    uscc = text(_("Unified social credit code"), 18)
    licence_no = text(_("Business licence number"), 30)
    licence_seen_on = licence_seen()
    industry = text(_("Industry"), 8)
    legal_person = text(_("Legal representative"), 60)
    contact = text(_("Contact"), 60)
    phone = text(_("Phone"), 20)
    address = text(_("Address"), 160)
    latitude, longitude = degrees(_("Latitude")), degrees(_("Longitude"))
    staff = count(_("Staff"))
    carrier = carried_by()
    note = text(_("Note"), 300)

    verification = models.CharField(
        _("Verification"),
        max_length=12,
        choices=Verification,
        default=Verification.WAITING,
        db_default=Verification.WAITING.value,
        editable=False,
    )
    verified_on = models.DateField(_("Verified on"), null=True, blank=True, editable=False)
    verified_by = staff_member(_("Verified by"), editable=False)
    refused_because = text(_("Refused because"), 200, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "uscc"],
                condition=Q(deleted_at=None) & ~Q(uscc=""),
                name="employer_is_recorded_once",
                violation_error_message=_(
                    "An employer with this unified code is recorded in the district already. Open its file."
                ),
            ),
            models.UniqueConstraint(
                fields=["district", "licence_no"],
                condition=Q(deleted_at=None) & ~Q(licence_no=""),
                name="employer_licence_is_recorded_once",
                violation_error_message=_(
                    "An employer with this licence number is recorded in the district already. Open its file."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="employer_has_a_name",
                violation_error_message=_("An employer needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="employer_uscc_is_well_formed",
                violation_error_message=_(
                    "A unified code has 18 digits and capital letters, without I, O, S, V and Z."
                ),
            ),
            models.CheckConstraint(
                condition=Q(staff=None) | Q(staff__gte=0),
                name="employer_staff_is_not_negative",
                violation_error_message=_("A number of staff cannot be negative."),
            ),
            whole_coordinates("employer"),
            models.CheckConstraint(
                condition=(~Q(verification=Verification.VERIFIED) | Q(verified_on__isnull=False))
                & (~Q(verification=Verification.REFUSED) | ~Q(refused_because="")),
                name="employer_verification_says_when_and_why",
                violation_error_message=_("Say on which day it was verified, or why it was refused."),
            ),
        ]
        indexes = [
            *level_indexes("employer", "-id", condition=Q(deleted_at=None)),
            models.Index(fields=["district", "name"], name="employer_name"),
            models.Index(fields=["batch_id"], name="employer_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
