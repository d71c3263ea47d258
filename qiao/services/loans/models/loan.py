"""A loan that was paid out, the rows of its schedule, what was paid, and its extension."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models.bank import Bank

LIVING = Q(deleted_at=None)
MILLION = 1_000_000
HIGHEST_RATE = 240_000


def fen(label: object, **kwargs: object) -> models.BigIntegerField[int, int]:
    """An amount in fen, nothing at first."""
    return models.BigIntegerField(label, default=0, db_default=0, editable=False, **kwargs)  # type: ignore[arg-type]


class RepaidBy(models.TextChoices):
    EQUAL_INSTALMENT = "equal_instalment", _("Equal instalments")
    EQUAL_PRINCIPAL = "equal_principal", _("Equal principal")
    BULLET = "interest_only_bullet", _("Interest by quarter, principal at the end")


class Counted(models.TextChoices):
    PERIOD = "PERIOD", _("By whole months (rate / 12)")
    ACT_360 = "ACT/360", _("By days of a year of 360")
    ACT_365 = "ACT/365", _("By days of a year of 365")


class Class(models.IntegerChoices):
    NORMAL = 0, pgettext_lazy("loan", "Normal")
    ATTENTION = 1, pgettext_lazy("loan", "Attention")
    SUBSTANDARD = 2, pgettext_lazy("loan", "Substandard")
    DOUBTFUL = 3, pgettext_lazy("loan", "Doubtful")
    LOSS = 4, pgettext_lazy("loan", "Loss")


class Bearing(models.TextChoices):
    NONE = "none", _("No interest subsidy")
    SHARE = "share", _("A share of the interest")
    ABOVE = "above", _("Interest above what the borrower bears")


@tracked("balance_fen", "oldest_unpaid", "period_start", "guaranteed_fen")
class Loan(Record):
    """What the contract says is fixed when the loan is paid out, the rule of interest subsidy with it.

    `rate` is in millionths a year: 57,600 for 5.76 %. `share`: what the fund guarantees of the principal, in per cent.
    `balance_fen`, `oldest_unpaid`, `period_start`, `guaranteed_fen` repeat what the rows say, so that a close reads no
    rows; `rebuild` makes them anew. The class is never better than the days overdue allow; `found_class` is a
    reviewer's, and only ever worse.
    """

    called_by: ClassVar[str] = "number"

    number = models.CharField(_("Contract number"), max_length=40)
    application = models.OneToOneField(
        "loans.Application",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loan",
        verbose_name=_("Application"),
    )
    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="loans", verbose_name=_("Borrower")
    )
    bank = models.ForeignKey(Bank, models.PROTECT, related_name="loans", verbose_name=_("Bank"))
    fund = models.ForeignKey(
        "loans.Fund",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loans",
        verbose_name=_("Guarantee fund"),
    )
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    rate = models.IntegerField(_("Rate a year (millionths)"))
    repaid_by = models.CharField(_("Repaid by"), max_length=24, choices=RepaidBy, default=RepaidBy.BULLET)
    counted = models.CharField(_("Interest counted"), max_length=8, choices=Counted, default=Counted.ACT_360)
    every_months = models.SmallIntegerField(_("Months between due dates"), default=3)
    settled_day = models.SmallIntegerField(
        _("Settled on the day of the month"), default=20, help_text=_("0: on the day it was paid out.")
    )
    grace = models.SmallIntegerField(_("Periods without principal"), default=0)
    share = models.SmallIntegerField(_("Guaranteed (%)"), default=100)
    penalty_percent = models.SmallIntegerField(_("Penalty rate (% of the rate)"), default=150)
    principal_first = models.BooleanField(_("Principal first after 90 days overdue"), default=False)
    subsidy = models.CharField(_("Interest subsidy"), max_length=8, choices=Bearing, default=Bearing.NONE)
    subsidy_share = models.SmallIntegerField(_("Share subsidised (%)"), default=0)
    borrower_rate = models.IntegerField(_("Rate the borrower bears (millionths)"), default=0)
    policy = text(pgettext_lazy("loan", "Policy"), 80)
    lent_on = models.DateField(_("Paid out on"))
    matures_on = models.DateField(_("Due in full on"))
    ends_on = models.DateField(_("Due in full on (extended)"))
    balance_fen = fen(_("Outstanding principal"))
    guaranteed_fen = fen(_("Guaranteed principal outstanding"))
    oldest_unpaid = models.DateField(_("Oldest unpaid due date"), null=True, editable=False)
    period_start = models.DateField(_("Interest runs since"), editable=False)
    loan_class = models.SmallIntegerField(
        pgettext_lazy("loan", "Class"), choices=Class, default=Class.NORMAL, editable=False
    )
    found_class = models.SmallIntegerField(_("Class found by review"), choices=Class, null=True, blank=True)
    found_because = text(_("Reason of the review"), 200)
    repaid_on = models.DateField(pgettext_lazy("loan", "Repaid on"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "loan")
        verbose_name_plural = pgettext_lazy("loan", "loans")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "number"],
                condition=LIVING,
                name="loan_is_numbered_once",
                violation_error_message=_(
                    "A loan with this contract number is already recorded in the district."
                ),
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=LIVING & Q(balance_fen__gt=0),
                name="loan_is_one_at_a_time",
                violation_error_message=_("This person still owes an earlier loan."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="loan_is_of_money",
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lte=HIGHEST_RATE),
                name="loan_rate_is_a_rate",
                violation_error_message=_("The rate lies between 0 and 24 % a year; write 5.76 for 5.76 %."),
            ),
            models.CheckConstraint(
                condition=Q(balance_fen__gte=0, balance_fen__lte=F("amount_fen")),
                name="loan_balance_is_of_the_loan",
                violation_error_message=_("More cannot be repaid than was lent."),
            ),
            models.CheckConstraint(
                condition=Q(guaranteed_fen__gte=0, guaranteed_fen__lte=F("balance_fen")),
                name="loan_guarantee_is_within_the_balance",
                violation_error_message=_("The guarantee cannot exceed what is owed."),
            ),
            models.CheckConstraint(
                condition=Q(matures_on__gt=F("lent_on"), ends_on__gte=F("matures_on")),
                name="loan_ends_after_it_begins",
                violation_error_message=_("A loan ends after it was paid out, an extension after its term."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=100, subsidy_share__gte=0, subsidy_share__lte=100),
                name="loan_shares_are_shares",
                violation_error_message=_("A share lies between 0 and 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(penalty_percent__gte=100, penalty_percent__lte=200),
                name="loan_penalty_is_by_the_rules",
                violation_error_message=_("The penalty rate is 100 to 200 % of the rate."),
            ),
            models.CheckConstraint(
                condition=Q(found_class=None) | Q(loan_class__gte=F("found_class")),
                name="loan_review_only_worsens",
                violation_error_message=_("A review may set a worse class, never a better one."),
            ),
        ]
        indexes = [
            *level_indexes("loan", "-id", condition=LIVING),
            models.Index(fields=["resident"], name="loan_resident", condition=LIVING),
            models.Index(fields=["bank", "-id"], name="loan_bank", condition=LIVING),
            models.Index(
                fields=["district", "oldest_unpaid"],
                name="loan_oldest_unpaid",
                condition=LIVING & Q(balance_fen__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def yearly(self) -> Fraction:
        return Fraction(self.rate, MILLION)

    def days_overdue(self, day: date) -> int:
        return max(0, (day - self.oldest_unpaid).days) if self.oldest_unpaid else 0


class Instalment(Record):
    """What falls due on `due`, in fen, and what of it was paid. `since`: the day its interest begins.

    `charged_to`: penalty and compound are counted to that day in `penalty_fen` and `compound_fen`; later days follow
    from the formula. A row that an early repayment or an extension replaced is `retired` by it, its successor `made`
    by it, so that a reversal finds the old one as it was. `early`: what was repaid before it was due, on the day it was.
    """

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="instalments", verbose_name=pgettext_lazy("loan", "Loan")
    )
    number = models.SmallIntegerField(pgettext_lazy("loan", "No."))
    since = models.DateField(_("Interest since"))
    due = models.DateField(_("Due on"))
    principal_fen = fen(_("Principal"))
    interest_fen = fen(_("Interest"))
    penalty_fen = fen(_("Penalty"))
    compound_fen = fen(_("Compound interest"))
    paid_principal_fen = fen(_("Principal paid"))
    paid_interest_fen = fen(_("Interest paid"))
    paid_penalty_fen = fen(_("Penalty paid"))
    paid_compound_fen = fen(_("Compound interest paid"))
    on_time_fen = fen(_("Principal paid by its due date"))
    charged_to = models.DateField(_("Penalty counted to"))
    settled_on = models.DateField(_("Settled on"), null=True, blank=True)
    moved_fen = fen(_("Principal moved by extension"))
    extended = models.BooleanField(_("Within the extension"), default=False)
    early = models.BooleanField(_("Repaid before it was due"), default=False, db_default=False)
    made = models.ForeignKey(
        "loans.Repayment", models.PROTECT, null=True, related_name="made", db_index=False
    )
    retired = models.ForeignKey("loans.Repayment", models.PROTECT, null=True, related_name="retired")

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "instalment")
        verbose_name_plural = pgettext_lazy("loan", "instalments")
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "number"],
                condition=LIVING & Q(retired=None),
                name="instalment_has_one_number",
            ),
            models.CheckConstraint(
                condition=Q(
                    principal_fen__gte=0, interest_fen__gte=0, penalty_fen__gte=0, compound_fen__gte=0
                ),
                name="instalment_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    paid_principal_fen__gte=0,
                    paid_principal_fen__lte=F("principal_fen"),
                    paid_interest_fen__gte=0,
                    paid_interest_fen__lte=F("interest_fen"),
                    paid_penalty_fen__gte=0,
                    paid_penalty_fen__lte=F("penalty_fen"),
                    paid_compound_fen__gte=0,
                    paid_compound_fen__lte=F("compound_fen"),
                    on_time_fen__gte=0,
                    on_time_fen__lte=F("paid_principal_fen"),
                ),
                name="instalment_is_paid_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "due"],
                name="instalment_open",
                condition=LIVING & Q(retired=None, settled_on=None),
            ),
            models.Index(
                fields=["district", "due", "id"], name="instalment_due", condition=LIVING & Q(retired=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due} {self.principal_fen + self.interest_fen}"


class Repayment(Record):
    """A payment on a loan, split into its parts. Written once; a reversal is a repayment of its own entry.

    `value_on`: the day the money was there. `fund_fen`: what of it went back to the guarantee fund.
    """

    class Kind(models.TextChoices):
        REPAY = "repay", _("Repayment")
        PREPAY = "prepay", _("Early repayment")
        PAY_OFF = "pay_off", _("Paid off")

    class After(models.TextChoices):
        TERM = "reduce_term", _("The loan ends earlier")
        INSTALMENT = "reduce_instalment", _("The instalments become smaller")

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="repayments", verbose_name=pgettext_lazy("loan", "Loan")
    )
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)
    after = models.CharField(
        _("After an early repayment"), max_length=18, choices=After, blank=True, default=""
    )
    value_on = models.DateField(_("Paid on"))
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    principal_fen = fen(_("Principal"))
    interest_fen = fen(_("Interest"))
    penalty_fen = fen(_("Penalty"))
    compound_fen = fen(_("Compound interest"))
    excess_fen = fen(_("More than was owed"))
    fund_fen = fen(_("Returned to the guarantee fund"))
    entry = models.OneToOneField("loans.Entry", models.PROTECT, related_name="repayment")
    reversed_by = models.OneToOneField(
        "loans.Entry", models.PROTECT, null=True, related_name="reversed_repayment"
    )
    before = models.JSONField(default=list, editable=False)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "repayment")
        verbose_name_plural = pgettext_lazy("loan", "repayments")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="repayment_is_of_money",
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(
                    amount_fen=F("principal_fen")
                    + F("interest_fen")
                    + F("penalty_fen")
                    + F("compound_fen")
                    + F("excess_fen")
                ),
                name="repayment_is_split_whole",
            ),
        ]
        indexes = [
            *level_indexes("repayment", "-id", condition=LIVING),
            models.Index(fields=["loan", "value_on", "id"], name="repayment_loan"),
        ]

    def __str__(self) -> str:
        return f"{self.value_on} {self.loan}"


@tracked()
class Extension(Record):
    """A loan is extended once, approved on or before its last due date."""

    loan = models.OneToOneField(
        Loan, models.PROTECT, related_name="extension", verbose_name=pgettext_lazy("loan", "Loan")
    )
    approved_on = models.DateField(_("Approved on"))
    until = models.DateField(_("Extended until"))
    moved_fen = fen(_("Principal moved by extension"))
    reason = text(_("Reason"), 200)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("Approved by"),
        db_index=False,
    )

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "extension")
        verbose_name_plural = pgettext_lazy("loan", "extensions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("created_by")),
                name="extension_needs_a_second_person",
                violation_error_message=_("Somebody else must confirm what you entered."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.until}"


class ClassChange(Record):
    """A loan went from one class to another at the close of a day, or by a review."""

    append_only: ClassVar[bool] = True

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="class_changes", verbose_name=pgettext_lazy("loan", "Loan")
    )
    on = models.DateField(_("On"))
    before = models.SmallIntegerField(_("From"), choices=Class)
    after = models.SmallIntegerField(_("To"), choices=Class)
    days_overdue = models.IntegerField(_("Days overdue"))

    class Meta(Record.Meta):
        verbose_name = _("change of class")
        verbose_name_plural = _("changes of class")
        indexes = [models.Index(fields=["loan", "on"], name="class_change_loan")]

    def __str__(self) -> str:
        return f"{self.on} {self.before} -> {self.after}"
