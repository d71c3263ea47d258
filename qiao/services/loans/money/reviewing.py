"""A reviewer finds a loan worse than its days overdue say; never better."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qiao.core.calendars.clock import today
from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import ClassChange, Loan
from qiao.services.loans.models.loan import Class
from qiao.services.loans.money.words import in_words


def find_worse(loan_id: int, found: int, because: str, by: Any) -> Loan:
    """Raises Refused: no worse than it stands, no reason, repaid."""
    with in_words():
        loan: Loan = Loan.objects.select_for_update().get(pk=loan_id)
        if not loan.balance_fen:
            raise Refused(_("The loan %(loan)s is repaid.") % {"loan": loan})
        if found <= loan.loan_class:
            raise Refused(
                _("It stands as %(stands)s; a review may only set a worse class.")
                % {"stands": Class(loan.loan_class).label}
            )
        if not because.strip():
            raise Refused(_("Give the reason of the review."))
        before, loan.loan_class = loan.loan_class, found
        loan.found_class, loan.found_because = found, because.strip()[:200]
        loan.save(update_fields=["loan_class", "found_class", "found_because"])
        ClassChange.objects.create(
            region_id=loan.region_id,
            loan=loan,
            on=today(),
            before=before,
            after=found,
            days_overdue=loan.days_overdue(today()),
            created_by=by,
        )
    return loan
