"""The guarantee fund of a district: what was paid in, what it stands for, what it paid for whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models.loan import Loan, fen

LIVING = Q(deleted_at=None)


@tracked("deposit_fen", "liability_fen", "tolerated_fen")
class Fund(Record):
    """`liability_fen`: guarantees promised, and guaranteed principal outstanding; never above the multiple of the
    deposit. A claim lowers the deposit, which may leave it above: `tolerated_fen` is what it was then and can only
    sink, so that nothing new is guaranteed until there is room again.
    """

    called_by: ClassVar[str] = "name"

    name = models.CharField(_("Guarantee fund"), max_length=80)
    multiple = models.SmallIntegerField(_("Multiple of the deposit"), default=5)
    deposit_fen = fen(_("Deposit"))
    liability_fen = fen(_("Guaranteed"))
    tolerated_fen = fen(_("Tolerated above the multiple"))

    class Meta(Record.Meta):
        verbose_name = _("guarantee fund")
        verbose_name_plural = _("guarantee funds")
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=LIVING,
                name="fund_is_one_a_district",
                violation_error_message=_("The district has a guarantee fund already."),
            ),
            models.CheckConstraint(
                condition=Q(deposit_fen__gte=0, liability_fen__gte=0, tolerated_fen__gte=0, multiple__gt=0),
                name="fund_is_not_negative",
                violation_error_message=_("The fund does not hold that much."),
            ),
            models.CheckConstraint(
                condition=Q(
                    liability_fen__lte=Greatest(F("deposit_fen") * F("multiple"), F("tolerated_fen"))
                ),
                name="fund_has_room",
                violation_error_message=_("The guarantee fund has no room for this loan."),
            ),
        ]
        indexes = level_indexes("fund", "-id", condition=LIVING, levels=("district",))

    def __str__(self) -> str:
        return self.name

    @property
    def room_fen(self) -> int:
        """What may still be guaranteed; negative while a claim left the fund above its multiple."""
        return self.deposit_fen * self.multiple - self.liability_fen


class Promise(Record):
    """A guarantee promised for an application: it takes room in the fund until the loan is paid out or it is let go."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="promises", verbose_name=_("Guarantee fund"))
    application = models.ForeignKey(
        "loans.Application", models.PROTECT, related_name="promises", verbose_name=_("Application")
    )
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    promised_on = models.DateField(_("Promised on"))
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "promise")
        verbose_name_plural = pgettext_lazy("loan", "promises")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_on=None, deleted_at=None),
                name="promise_is_made_once",
                violation_error_message=_("The guarantee is already promised."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="promise_is_of_money",
                violation_error_message=_("The amount must be more than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.amount_fen}"


class Claim(Record):
    """What the fund paid the bank for a loan in default. The borrower owes as much as before, now to the fund."""

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="claims", verbose_name=pgettext_lazy("loan", "Loan")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="claims", verbose_name=_("Guarantee fund"))
    claimed_on = models.DateField(_("Claimed on"))
    defaulted_on = models.DateField(_("In default since"))
    principal_fen = models.BigIntegerField(_("Unpaid principal"))
    interest_fen = models.BigIntegerField(_("Unpaid interest"))
    paid_fen = models.BigIntegerField(_("Paid by the fund"))
    recovered_fen = fen(_("Recovered"))
    entry = models.OneToOneField("loans.Entry", models.PROTECT, related_name="claim")
    reversed_by = models.OneToOneField(
        "loans.Entry", models.PROTECT, null=True, related_name="reversed_claim"
    )

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "claim")
        verbose_name_plural = pgettext_lazy("loan", "claims")
        constraints = [
            models.UniqueConstraint(
                fields=["loan"],
                condition=Q(reversed_by=None, deleted_at=None),
                name="claim_is_paid_once",
                violation_error_message=_("The fund has already paid for this loan."),
            ),
            models.CheckConstraint(
                condition=Q(paid_fen__gt=0, paid_fen__lte=F("principal_fen") + F("interest_fen")),
                name="claim_is_within_what_is_owed",
                violation_error_message=_("A claim cannot exceed what is owed."),
            ),
            models.CheckConstraint(
                condition=Q(recovered_fen__gte=0, recovered_fen__lte=F("paid_fen")),
                name="claim_is_recovered_once",
                violation_error_message=_("More cannot be recovered than was paid."),
            ),
        ]
        indexes = [models.Index(fields=["district", "claimed_on"], name="claim_on", condition=LIVING)]

    def __str__(self) -> str:
        return f"{self.loan} {self.claimed_on}"
