"""What a loan stood at, by spells: so that a figure of a past day is the figure of that day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models.loan import Loan, fen

LIVING = Q(deleted_at=None)


class Standing(Record):
    """From `since` up to, not including, `until` the loan owed `balance_fen`, its oldest unpaid row due on
    `oldest_unpaid`. `made`: the repayment that began the spell, whose reversal takes it back."""

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="standings", verbose_name=pgettext_lazy("loan", "Loan")
    )
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True)
    balance_fen = fen(_("Outstanding principal"))
    oldest_unpaid = models.DateField(_("Oldest unpaid due date"), null=True)
    made = models.ForeignKey("loans.Repayment", models.PROTECT, null=True, related_name="standings")

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("loan", "standing")
        verbose_name_plural = pgettext_lazy("loan", "standings")
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=LIVING & Q(until=None), name="standing_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="standing_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(balance_fen__gte=0), name="standing_is_not_negative"),
        ]
        indexes = level_indexes(
            "standing", "since", condition=LIVING & Q(balance_fen__gt=0), levels=("district",)
        )

    def __str__(self) -> str:
        return f"{self.loan} {self.since} {self.balance_fen}"
