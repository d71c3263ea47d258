"""What is owed to employers and outlets."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import working_days
from qiao.services.employers.models import Employer, LabourEnterprise
from qiao.services.employers.models.choices import Verification


@register
class VerifyEmployer(Duty):
    """An employer may offer work once somebody has seen that it exists."""

    code = "verify_employer"
    title = _("Employers to verify")
    action = _("Open the file")
    due = After("created_at__date", working_days("wd_base_review"))
    owed_by = (Role.OFFICE,)
    overseen_by = (Role.EMPLOYMENT_SECTION,)
    who = "name"
    rank = 60

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Employer.objects.filter(verification=Verification.WAITING)
        return rows

    def url(self, target: int) -> str:
        return reverse("ledgers:file", args=["employers", target])


@register
class CertificateEnds(Duty):
    """A labour-service enterprise's certificate is renewed before it ends."""

    code = "enterprise_certificate"
    title = _("Certificates of labour-service enterprises that end")
    action = _("Open the file")
    due = After("certified_until")
    warn = 30
    owed_by = (Role.OFFICE,)
    overseen_by = (Role.EMPLOYMENT_SECTION,)
    person = "carrier"
    who = "employer__name"
    rank = 66

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = LabourEnterprise.objects.filter(closed_on=None, certified_until__isnull=False)
        return rows

    def url(self, target: int) -> str:
        return reverse("ledgers:file", args=["enterprises", target])
