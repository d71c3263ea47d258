"""Who stands behind a loan, what secures it, and what a station did for its papers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models import choices
from qiao.services.loans.models.application import Application, amount

LIVING = Q(deleted_at=None)


@tracked()
class Partner(Record):
    """Who borrows together with the applicant."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="partners", verbose_name=_("Application")
    )
    name = models.CharField(_("Name"), max_length=60)
    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Resident"),
    )
    relation = text(_("Relation to the applicant"), 40)
    phone = text(_("Phone"), 20)
    share_fen = amount(_("Share of the loan"))

    class Meta(Record.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        indexes = level_indexes("loan_partner", "-id", condition=LIVING)

    def __str__(self) -> str:
        return self.name


@tracked()
class Backing(Record):
    """One guarantor, mortgage or pledge."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="backing", verbose_name=_("Application")
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=choices.CounterGuarantee)
    name = models.CharField(_("Guarantor or owner"), max_length=60)
    phone = text(_("Phone"), 20)
    unit = text(_("Works at"), 80)
    relation = text(_("Relation to the applicant"), 40)
    pay_fen = amount(_("Pay a month"))
    thing = text(_("What is given"), 120)
    value_fen = amount(_("Value"))
    seen_on = models.DateField(_("Seen on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("counter-guarantee")
        verbose_name_plural = _("counter-guarantees")
        constraints = [
            models.CheckConstraint(
                condition=(Q(pay_fen=None) | Q(pay_fen__gte=0)) & (Q(value_fen=None) | Q(value_fen__gt=0)),
                name="backing_is_not_negative",
                violation_error_message=_("Pay and value cannot be negative."),
            )
        ]
        indexes = level_indexes("backing", "-id", condition=LIVING)

    def __str__(self) -> str:
        return self.name


@tracked()
class Errand(Record):
    """A paper the station fetched for the applicant, or paid for."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="errands", verbose_name=_("Application")
    )
    on = models.DateField(_("Done on"))
    what = models.CharField(pgettext_lazy("errand", "What was done"), max_length=12, choices=choices.Errand)
    paper = models.CharField(_("Paper"), max_length=80)
    paid_fen = amount(_("Paid"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Done by"),
    )
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_fen=None) | Q(paid_fen__gt=0),
                name="errand_pays_something",
                violation_error_message=_("What was paid must be more than nothing, or be left empty."),
            )
        ]
        indexes = level_indexes("errand", "-id", condition=LIVING)

    def __str__(self) -> str:
        return f"{self.on} {self.paper}"
