"""The application for a loan: who asks, for what, what the stations found, and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.services.loans.models import choices
from qiao.services.loans.models.bank import Bank
from qiao.services.loans.models.loan import RepaidBy


def amount(label: Any, **kwargs: Any) -> Any:
    """An amount in fen that may be empty."""
    return models.BigIntegerField(label, null=True, blank=True, **kwargs)


def day(label: Any, **kwargs: Any) -> Any:
    """A day that may be empty."""
    return models.DateField(label, null=True, blank=True, **kwargs)


@tracked()
class Application(Case):
    """`recommended_on`, `sent_on`, `guaranteed_on`, `lent_on`: the day the street recommended it, the district sent
    it to the guarantee centre, the centre promised, the bank paid. Each is written by its decision alone.
    `contract_rate` is in millionths a year: 57,600 for 5.76 %; the bank signs, another person confirms."""

    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="loan_applications", verbose_name=_("Borrower")
    )
    kind = models.CharField(
        _("Who borrows"), max_length=12, choices=choices.Borrower, default=choices.Borrower.PERSON
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loan_applications",
        verbose_name=_("Firm"),
    )
    outlet = models.ForeignKey(
        "employers.Outlet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loan_applications",
        verbose_name=_("Place of business"),
    )
    came = models.CharField(
        _("What brought them"), max_length=12, choices=choices.Came, default=choices.Came.SELF
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Helper"),
    )
    certificate = text(_("Preferential certificate"), 40)
    business = models.CharField(_("Business"), max_length=80)
    address = text(_("Place of business (address)"), 160)
    licence_no = text(_("Licence number"), 40)
    purpose = text(_("Use of the money"), 200)
    micro_profit = models.BooleanField(_("Micro-profit project"), null=True, blank=True)
    jobs = models.IntegerField(_("Jobs"), null=True, blank=True)
    amount_fen = models.BigIntegerField(_("Amount asked for (fen)"))
    term_months = models.SmallIntegerField(_("Term (months)"))
    counter_guarantee = models.CharField(
        _("Counter-guarantee"), max_length=20, choices=choices.CounterGuarantee, blank=True, default=""
    )

    bank = models.ForeignKey(
        Bank, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("Bank")
    )
    visited_on = day(_("Joint visit on"))
    visited_by = text(_("Visited by"), 120)
    visit_found = text(_("Found on the visit"), 300)
    granted_fen = amount(_("Amount granted (fen)"))
    granted_months = models.SmallIntegerField(_("Term granted (months)"), null=True, blank=True)
    recommended_on = day(_("Recommended on"), editable=False)
    sent_on = day(_("Sent to the guarantee centre on"), editable=False)
    guaranteed_on = day(_("Guarantee promised on"), editable=False)
    contract_number = text(_("Contract number"), 40, editable=False)
    contract_on = day(_("Contract: money paid on"), editable=False)
    contract_rate = models.IntegerField(_("Contract: rate a year (millionths)"), null=True, editable=False)
    contract_repaid_by = models.CharField(
        _("Contract: repaid by"), max_length=24, choices=RepaidBy, blank=True, default="", editable=False
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("Signed for the bank by"),
    )
    lent_on = day(_("Paid out on"), editable=False)
    refused_because = models.CharField(
        pgettext_lazy("loan", "Refused because"),
        max_length=12,
        choices=choices.Why,
        blank=True,
        default="",
        editable=False,
    )
    advice = text(pgettext_lazy("loan", "Advice given"), 300, editable=False)
    note = text(_("Note"), 300)

    class Meta(Case.Meta):
        verbose_name = _("application for a loan")
        verbose_name_plural = _("applications for loans")
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(closed_on=None, deleted_at=None),
                name="loan_is_applied_for_once",
                violation_error_message=_("This person has an application under way. Open that case."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) & (Q(granted_fen=None) | Q(granted_fen__gt=0)),
                name="loan_amount_is_positive",
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(granted_fen=None) | Q(granted_fen__lte=F("amount_fen")),
                name="loan_grant_is_within_the_application",
                violation_error_message=_("More cannot be granted than was asked for."),
            ),
            models.CheckConstraint(
                condition=Q(term_months__gt=0) & (Q(granted_months=None) | Q(granted_months__gt=0)),
                name="loan_term_is_positive",
                violation_error_message=_("The term must be at least one month."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=choices.Borrower.FIRM) | Q(employer__isnull=False),
                name="loan_firm_is_named",
                violation_error_message=_("Name the firm that borrows."),
            ),
        ]
        indexes = [
            *case_indexes("application"),
            models.Index(fields=["resident", "-id"], name="application_resident"),
            models.Index(fields=["bank", "stage"], name="application_bank", condition=Q(deleted_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.resident)
