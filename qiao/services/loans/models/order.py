"""What one person asks to be booked and another confirms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models.fund import Fund
from qiao.services.loans.models.loan import Loan, Repayment

LIVING = Q(deleted_at=None)


class Order(Record):
    """Asked for by `created_by`, decided by another person. `on`: the day it counts for; `until`: of an extension."""

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Claim on the guarantee fund")
        EXTEND = "extend", _("Extension of the loan")
        REVERSE = "reverse", _("Reversal of a repayment")
        DEPOSIT = "deposit", _("Deposit into the fund")
        WITHDRAW = "withdraw", _("Withdrawal from the fund")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("loan", "Waits for a second person")
        DONE = "done", pgettext_lazy("loan", "Confirmed and booked")
        REFUSED = "refused", pgettext_lazy("loan", "Not confirmed")

    kind = models.CharField(_("What is asked for"), max_length=8, choices=Kind)
    state = models.CharField(
        pgettext_lazy("loan", "State"), max_length=8, choices=State, default=State.WAITING
    )
    loan = models.ForeignKey(
        Loan,
        models.PROTECT,
        null=True,
        related_name="orders",
        verbose_name=pgettext_lazy("loan", "Loan"),
    )
    repayment = models.ForeignKey(
        Repayment, models.PROTECT, null=True, related_name="orders", verbose_name=_("Repayment")
    )
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, related_name="orders", verbose_name=_("Guarantee fund")
    )
    on = models.DateField(_("Counts for"))
    until = models.DateField(_("Extended until"), null=True)
    amount_fen = models.BigIntegerField(_("Amount (fen)"), null=True)
    reason = text(_("Reason"), 200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided by")
    )
    decided_on = models.DateField(_("Decided on"), null=True)
    answer = text(pgettext_lazy("loan", "Why not confirmed"), 200)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "booking to confirm")
        verbose_name_plural = pgettext_lazy("loan", "bookings to confirm")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("created_by")),
                name="order_needs_a_second_person",
                violation_error_message=_("Somebody else must confirm what you entered."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None) | Q(decided_by__isnull=False),
                name="order_is_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind", "loan", "repayment"],
                condition=LIVING & Q(state="waiting", loan__isnull=False),
                nulls_distinct=False,
                name="order_waits_once",
                violation_error_message=_("The same is asked for already and waits for a second person."),
            ),
        ]
        indexes = [
            *level_indexes("loan_order", "-id", condition=LIVING),
            models.Index(fields=["loan"], name="order_loan"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
