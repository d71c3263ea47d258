"""The journal of money: headers with their lines, written once; days and months that are closed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.models import Record, level_indexes
from qiao.core.regions.models import Region


class EntryKind(models.TextChoices):
    LEND = "lend", _("Paid out")
    REPAY = "repay", _("Repayment")
    DEPOSIT = "deposit", _("Deposit into the fund")
    WITHDRAW = "withdraw", _("Withdrawn from the fund")
    CLAIM = "claim", _("Claim paid by the fund")
    SUBSIDY = "subsidy", _("Interest subsidy paid")
    REVERSAL = "reversal", _("Reversal")


SECOND_PERSON = (EntryKind.LEND, EntryKind.DEPOSIT, EntryKind.WITHDRAW, EntryKind.CLAIM, EntryKind.REVERSAL)
"""What nobody enters alone."""


class Account(models.TextChoices):
    """Where money stands. The sum of all accounts is nothing: what one gains another loses."""

    PRINCIPAL = "principal", _("Principal owed by borrowers")
    LENT = "lent", _("Money lent by the bank")
    RECEIVED = "received", _("Received from borrowers")
    INTEREST = "interest", _("Interest")
    PENALTY = "penalty", _("Penalty")
    COMPOUND = "compound", _("Compound interest")
    EXCESS = "excess", _("Held for the borrower")
    FUND = "fund", _("Guarantee fund")
    TREASURY = "treasury", _("Treasury")
    CLAIMED = "claimed", _("Claims paid and not recovered")
    SUBSIDY = "subsidy", _("Interest subsidy")


class Entry(Record):
    """The header: when it was booked, for which day it counts, who made and who checked it.

    `key` makes a repeated call the same entry. `line_count` and `total_fen` are compared with the lines when the
    transaction ends. The database refuses every change, and entries of closed days and months.
    """

    append_only: ClassVar[bool] = True
    kept_where_made: ClassVar[bool] = True

    kind = models.CharField(_("Kind"), max_length=8, choices=EntryKind)
    key = models.CharField(_("Key"), max_length=120, unique=True)
    booked_on = models.DateField(_("Booked on"))
    value_on = models.DateField(_("Counts for"))
    line_count = models.SmallIntegerField(_("Lines"))
    total_fen = models.BigIntegerField(_("Amount"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Made by"),
        db_index=False,
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Checked by"),
        db_index=False,
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("Reverses")
    )
    words = text(_("Words"), 200)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "journal entry")
        verbose_name_plural = pgettext_lazy("loan", "journal entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("made_by")),
                name="entry_needs_a_second_person",
                violation_error_message=_("Somebody else must confirm what you entered."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=SECOND_PERSON) | Q(checked_by__isnull=False, made_by__isnull=False),
                name="entry_is_checked",
                violation_error_message=_(
                    "This entry needs somebody who made it and another who checked it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(line_count__gt=0, total_fen__gt=0),
                name="entry_moves_money",
                violation_error_message=_("An entry moves money."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSAL, reverses__isnull=False)
                | (~Q(kind=EntryKind.REVERSAL) & Q(reverses=None)),
                name="entry_reverses_an_entry",
                violation_error_message=_("A reversal names the entry it reverses."),
            ),
        ]
        indexes = [
            *level_indexes("entry", "-id", levels=("district",)),
            models.Index(fields=["district", "booked_on", "id"], name="entry_booked"),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.get_kind_display()}"


class Line(models.Model):
    """One amount from the account it is credited to into the account it is debited to."""

    append_only: ClassVar[bool] = True
    region_columns: ClassVar[tuple[str, ...]] = ("region_id",)

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    region = models.ForeignKey(Region, models.PROTECT, db_index=False, related_name="+")
    loan = models.ForeignKey(
        "loans.Loan",
        models.PROTECT,
        null=True,
        related_name="lines",
        verbose_name=pgettext_lazy("loan", "Loan"),
    )
    fund = models.ForeignKey(
        "loans.Fund",
        models.PROTECT,
        null=True,
        related_name="lines",
        verbose_name=_("Guarantee fund"),
        db_index=False,
    )
    debit = models.CharField(_("Debit"), max_length=10, choices=Account)
    credit = models.CharField(_("Credit"), max_length=10, choices=Account)
    fen = models.BigIntegerField(_("Amount"))

    class Meta:
        verbose_name = pgettext_lazy("loan", "journal line")
        verbose_name_plural = pgettext_lazy("loan", "journal lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="line_is_of_money"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="line_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.debit} <- {self.credit} {self.fen}"


class ClosedDay(Record):
    """A day that was closed for a district: what stood at its end, and the head of the chain over its entries.

    `head` = SHA-256 over the head of the day before and all entries booked on the day with their lines: no entry of
    the past can be changed without every later head being another.
    """

    append_only: ClassVar[bool] = True
    kept_where_made: ClassVar[bool] = True

    day = models.DateField(_("Day"))
    entries = models.IntegerField(_("Entries"))
    total_fen = models.BigIntegerField(_("Amount"))
    loans = models.IntegerField(_("Loans outstanding"))
    balance_fen = models.BigIntegerField(_("Outstanding principal"))
    overdue_fen = models.BigIntegerField(_("Overdue principal"))
    due_fen = models.BigIntegerField(_("Due on the day"))
    accrued_fen = models.BigIntegerField(_("Interest accrued"))
    classes = models.JSONField(_("By class"), default=dict)
    head = models.CharField(_("Head of the chain"), max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "day"],
                name="day_is_closed_once",
                violation_error_message=_("The day is already closed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.head[:12]}"


class ClosedMonth(Record):
    """A month into which nothing can be booked any more. `head` is the chain's at its last day."""

    append_only: ClassVar[bool] = True
    kept_where_made: ClassVar[bool] = True

    month = models.DateField(_("Month"), help_text=_("Its first day."))
    head = models.CharField(_("Head of the chain"), max_length=64)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "closed month")
        verbose_name_plural = pgettext_lazy("loan", "closed months")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "month"],
                name="month_is_closed_once",
                violation_error_message=_("The month is already closed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
