"""What a payment is booked against: loans with their unpaid rows, locked, read for one or for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, Window
from django.db.models.functions import Lag

from qiao.services.loans.models import Claim, Instalment, Loan, Repayment, Standing
from qiao.services.loans.money.rows import ACTIVE

UNPAID = ACTIVE & Q(settled_on=None)
BY_DUE = ("due", "number")


@dataclass(slots=True)
class Passbook:
    """A loan and its unpaid rows by due date. Those after the first one not due yet may be missing until `complete`.

    `last`: the day of the last payment that stands. `spell`: what the loan stands at.
    """

    loan: Loan
    rows: list[Instalment]
    last: date | None
    claim: Claim | None
    spell: Standing | None
    whole: bool

    def complete(self) -> None:
        if self.whole or not self.rows:
            return
        later = Instalment.objects.filter(UNPAID, loan=self.loan, due__gt=self.rows[-1].due)
        self.rows += later.order_by(*BY_DUE)
        self.whole = True


def opened_all(loans: Iterable[int], upto: date | None = None) -> dict[int, Passbook]:
    """By loan, in a constant number of queries. With `upto`, rows from the second one after that day on are left out."""
    numbers = sorted(set(loans))
    locked = list(Loan.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    mine = {"loan__in": numbers}
    rows: dict[int, list[Instalment]] = defaultdict(list)
    for row in _rows(mine, upto):
        rows[row.loan_id].append(row)
    stand = Repayment.objects.filter(**mine, reversed_by=None).order_by()
    last = dict(stand.values_list("loan").annotate(day=Max("value_on")))
    claims = {one.loan_id: one for one in Claim.objects.filter(**mine, reversed_by=None)}
    spells = {one.loan_id: one for one in Standing.objects.filter(**mine, until=None)}
    return {
        loan.pk: Passbook(
            loan, rows[loan.pk], last.get(loan.pk), claims.get(loan.pk), spells.get(loan.pk), upto is None
        )
        for loan in locked
    }


def _rows(mine: dict[str, Any], upto: date | None) -> Iterable[Instalment]:
    rows = Instalment.objects.filter(UNPAID, **mine)
    if upto:
        before = Window(Lag("due"), partition_by=F("loan_id"), order_by=BY_DUE)
        rows = rows.annotate(before_due=before).filter(Q(before_due=None) | Q(before_due__lte=upto))
    return rows.order_by("loan_id", *BY_DUE)
