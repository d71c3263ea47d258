"""Interest that the treasury bears, row by row of the schedules."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models.loan import Instalment, Loan

LIVING = Q(deleted_at=None)


class Subsidy(Record):
    """The subsidy of one row's interest, paid out once. Subsidy and the borrower's part add up to the interest."""

    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="subsidies", verbose_name=pgettext_lazy("loan", "Loan")
    )
    instalment = models.ForeignKey(
        Instalment, models.PROTECT, related_name="subsidies", verbose_name=pgettext_lazy("loan", "instalment")
    )
    due = models.DateField(_("Due on"))
    interest_fen = models.BigIntegerField(_("Interest"))
    subsidy_fen = models.BigIntegerField(_("Interest subsidy"))
    entry = models.ForeignKey("loans.Entry", models.PROTECT, related_name="subsidies")

    class Meta(Record.Meta):
        verbose_name = _("interest subsidy")
        verbose_name_plural = _("interest subsidies")
        constraints = [
            models.UniqueConstraint(
                fields=["instalment"],
                condition=LIVING,
                name="subsidy_is_paid_once",
                violation_error_message=_("The interest of this row is subsidised already."),
            ),
            models.CheckConstraint(
                condition=Q(subsidy_fen__gt=0, subsidy_fen__lte=F("interest_fen")),
                name="subsidy_is_of_the_interest",
                violation_error_message=_("A subsidy cannot exceed the interest."),
            ),
        ]
        indexes = level_indexes("subsidy", "-id", condition=LIVING)

    def __str__(self) -> str:
        return f"{self.loan} {self.due} {self.subsidy_fen}"
