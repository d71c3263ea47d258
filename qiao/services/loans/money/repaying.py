"""A loan is repaid: what is due first, the rest as an early repayment; each can be undone as it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import Entry, Extension, Instalment, Loan, Repayment
from qiao.services.loans.models.journal import EntryKind
from qiao.services.loans.money import guarantee, passbooks, rows, standing
from qiao.services.loans.money.booking import Booked, earlier, opposite
from qiao.services.loans.money.claiming import unrecover
from qiao.services.loans.money.recording import record
from qiao.services.loans.money.settling import KEPT, After, Payment, Posting, settle
from qiao.services.loans.money.words import in_words


def repay(loan_id: int, fen: int, on: date, booked: Booked, after: str = After.TERM) -> Repayment:
    """Books a payment of `fen` that arrived on `on`. What is above what is due by then repays principal early:
    `after` says whether the loan then ends earlier or its instalments become smaller.

    A repeated call with the same key returns the first repayment. Raises Refused as `settle` does.
    """
    with in_words():
        book = passbooks.opened_all([loan_id])[loan_id]
        if entry := earlier(booked.key, EntryKind.REPAY):
            return _same(entry, book.loan, fen)
        posting = settle(book, Payment(loan_id, fen, on, booked.key, after), booked.on)
        return record([posting], booked.on, booked.by)[0]


def repay_all(payments: Sequence[Payment], booked_on: date, by: Any, batch: int | None = None) -> list[str]:
    """Books many payments as `repay` would one after another by their day. For each: why it was refused, or "".

    No key may be known yet.
    """
    with in_words():
        said, postings = _tried(payments, booked_on)
        if postings:
            record(postings, booked_on, by, batch)
    return said


def try_all(payments: Sequence[Payment], today: date) -> list[str]:
    """What `repay_all` would answer; books nothing."""
    return _tried(payments, today)[0]


def _tried(payments: Sequence[Payment], today: date) -> tuple[list[str], list[Posting]]:
    said, postings = [""] * len(payments), []
    upto = max((payment.on for payment in payments), default=today)
    books = passbooks.opened_all((payment.loan for payment in payments), upto)
    for place in sorted(range(len(payments)), key=lambda place: payments[place].on):
        payment = payments[place]
        try:
            postings.append(settle(books[payment.loan], payment, today))
        except Refused as refused:
            said[place] = str(refused)
    return said, postings


def try_one(loan: int, fen: int, on: date, today: date, after: str = After.TERM) -> Posting:
    """What `repay` would book. Raises Refused."""
    return settle(passbooks.opened_all([loan])[loan], Payment(loan, fen, on, "", after), today)


def reverse(repayment_id: int, booked: Booked, words: str) -> Entry:
    """Undoes a repayment as it was done: rows, balance and room of the fund are what they were before it.

    Raises Refused: reversed before, a later payment stands on it, maker and checker are one.
    """
    with in_words():
        repayment = Repayment.objects.select_related("entry").get(pk=repayment_id)
        loan = Loan.objects.select_for_update().get(pk=repayment.loan_id)
        if found := Entry.objects.filter(key=booked.key, reverses=repayment.entry).first():
            return found
        repayment.refresh_from_db()
        if repayment.reversed_by_id:
            raise Refused(_("This repayment is already reversed."))
        if _standing(loan).filter(pk__gt=repayment.pk).exists():
            raise Refused(
                _("Later payments stand on this one. Reverse them first, the latest before the others.")
            )
        if Extension.objects.filter(loan=loan, created_at__gte=repayment.created_at).exists():
            raise Refused(_("The loan was extended after this payment; it stands on it."))
        entry = opposite(booked, repayment.entry, words)
        repayment.reversed_by = entry
        repayment.save(update_fields=["reversed_by"])
        Instalment.objects.filter(made=repayment).soft_delete(booked.by)
        Instalment.objects.filter(retired=repayment).update(retired=None)
        _restore(repayment)
        unrecover(loan, repayment.fund_fen)
        last = _standing(loan).order_by("-pk").values_list("value_on", flat=True).first()
        _follow(loan, last or loan.lent_on)
        standing.undo(repayment)
    return entry


def _same(entry: Entry, loan: Loan, fen: int) -> Repayment:
    found: Repayment = Repayment.objects.get(entry=entry)
    if (found.loan_id, found.amount_fen) != (loan.pk, fen):
        raise Refused(_("The key %(key)s already stands for another entry.") % {"key": entry.key})
    return found


def _standing(loan: Loan) -> Any:
    return Repayment.objects.filter(loan=loan, reversed_by=None)


def _follow(loan: Loan, on: date) -> None:
    """The loan and the fund's room follow the rows."""
    was = loan.guaranteed_fen
    rows.repeat(loan, on)
    guarantee.change(loan.fund_id, loan.guaranteed_fen - was)


def _restore(repayment: Repayment) -> None:
    for kept in repayment.before:
        days = {
            name: date.fromisoformat(kept[name]) if kept[name] else None
            for name in ("charged_to", "settled_on")
        }
        Instalment.objects.filter(pk=kept["id"]).update(**{name: kept[name] for name in KEPT}, **days)
