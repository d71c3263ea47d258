"""The spells of what a loan stood at follow its rows."""

from __future__ import annotations

from datetime import date

from qiao.services.loans.models import Loan, Repayment, Standing


def follow(loan: Loan, on: date, made: Repayment | None = None) -> None:
    """From `on` the loan stands at what it now repeats of its rows."""
    last = Standing.objects.filter(loan=loan, until=None).first()
    if last is not None:
        if (last.balance_fen, last.oldest_unpaid) == (loan.balance_fen, loan.oldest_unpaid):
            return
        on = max(on, last.since)
        Standing.objects.filter(pk=last.pk).update(until=on)
    Standing.objects.create(
        region_id=loan.region_id,
        loan=loan,
        since=on,
        balance_fen=loan.balance_fen,
        oldest_unpaid=loan.oldest_unpaid,
        made=made,
    )


def undo(made: Repayment) -> None:
    """Takes back the spell that a repayment began; the one before it goes on."""
    begun = Standing.objects.filter(made=made)
    if not begun.exists():
        return
    begun.soft_delete()
    before = Standing.objects.filter(loan=made.loan_id).order_by("-since", "-pk").first()
    Standing.objects.filter(pk=before.pk).update(until=None)
