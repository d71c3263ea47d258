"""The fund pays the bank for a loan in default, and gets back what the borrower pays later.

A claim changes the creditor, never what the borrower owes: no row of the loan is touched.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db.models import Sum
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.engines.amortisation import Part, months_after, rounded
from qiao.engines.amortisation import claim as share_of
from qiao.services.loans.models import Claim, Entry, Fund, Loan
from qiao.services.loans.models.journal import Account, EntryKind
from qiao.services.loans.money import rows
from qiao.services.loans.money.booking import Booked, Move, book, earlier, opposite
from qiao.services.loans.money.words import in_words


def claim(loan_id: int, on: date, booked: Booked) -> Claim:
    """Pays the bank the guaranteed share of what has fallen due and is unpaid. The deposit and the fund's room shrink
    at once.

    Raises Refused: nothing overdue, later than the legal time, above the year's ceiling, paid before, the deposit does
    not hold it, maker and checker are one.
    """
    with in_words():
        loan = Loan.objects.select_for_update().get(pk=loan_id)
        if entry := earlier(booked.key, EntryKind.CLAIM):
            return Claim.objects.get(entry=entry)
        if loan.fund_id is None:
            raise Refused(_("No fund guarantees this loan."))
        owed = rows.quote(loan, rows.active(loan), on).due
        principal, interest = owed[Part.PRINCIPAL], owed[Part.INTEREST]
        defaulted = loan.oldest_unpaid
        if defaulted is None or defaulted >= on or not principal + interest:
            raise Refused(_("Nothing of this loan is overdue on %(day)s.") % {"day": on})
        _in_time(loan, defaulted, on)
        fund = Fund.objects.select_for_update().get(pk=loan.fund_id)
        paid = share_of(principal, interest, Fraction(loan.share, 100)).fund_pays
        _within_year(fund, paid, on)
        fund.deposit_fen -= paid
        fund.save(update_fields=["deposit_fen", "tolerated_fen"])
        moves = [Move(Account.CLAIMED, Account.FUND, paid)]
        entry = book(booked, EntryKind.CLAIM, loan.region_id, moves, value_on=on, loan=loan, fund=fund)
        made: Claim = Claim.objects.create(
            region_id=loan.region_id,
            created_by=booked.by,
            loan=loan,
            fund=fund,
            claimed_on=on,
            defaulted_on=defaulted,
            principal_fen=principal,
            interest_fen=interest,
            paid_fen=paid,
            entry=entry,
        )
    return made


def reverse_claim(claim_id: int, booked: Booked, words: str) -> Entry:
    """Undoes a claim of which nothing was recovered. Raises Refused."""
    with in_words():
        found = Claim.objects.select_related("entry").get(pk=claim_id)
        Loan.objects.select_for_update().get(pk=found.loan_id)
        found.refresh_from_db()
        if found.reversed_by_id:
            raise Refused(_("This entry is already reversed."))
        if found.recovered_fen:
            raise Refused(_("Some of this claim is recovered. Reverse those payments first."))
        entry = opposite(booked, found.entry, words)
        found.reversed_by = entry
        found.save(update_fields=["reversed_by"])
        deposit(found.fund_id, found.paid_fen)
    return entry


def share_of_claim(claim: Claim, loan: Loan, paid: int) -> int:
    """What of a payment of `paid` fen principal and interest belongs to the fund: its share, up to what it paid."""
    return min(claim.paid_fen - claim.recovered_fen, rounded(paid * loan.share, 100))


def unrecover(loan: Loan, fen: int) -> None:
    """Takes away from the fund again what a payment had given back."""
    if not fen:
        return
    found = Claim.objects.select_for_update().get(loan=loan, reversed_by=None)
    found.recovered_fen -= fen
    found.save(update_fields=["recovered_fen"])
    deposit(found.fund_id, -fen)


def deposit(fund_id: int, fen: int) -> None:
    fund = Fund.objects.select_for_update().get(pk=fund_id)
    fund.deposit_fen += fen
    fund.save(update_fields=["deposit_fen", "tolerated_fen"])


def pay_in(fund: Fund, fen: int, on: date, booked: Booked, words: str = "") -> Entry:
    """A deposit of the treasury into the fund; a withdrawal when negative. Raises Refused."""
    kind = EntryKind.DEPOSIT if fen > 0 else EntryKind.WITHDRAW
    with in_words():
        if not fen:
            raise Refused(_("The amount must be more than nothing."))
        if found := earlier(booked.key, kind, abs(fen)):
            return found
        locked = Fund.objects.select_for_update().get(pk=fund.pk)
        if fen < 0 and locked.liability_fen > (locked.deposit_fen + fen) * locked.multiple:
            raise Refused(_("What is guaranteed needs this deposit; it cannot be withdrawn."))
        deposit(fund.pk, fen)
        into, out = (Account.FUND, Account.TREASURY) if fen > 0 else (Account.TREASURY, Account.FUND)
        return book(
            booked, kind, fund.region_id, [Move(into, out, abs(fen))], value_on=on, fund=fund, words=words
        )


def _in_time(loan: Loan, defaulted: date, on: date) -> None:
    months = standards.value("loan_claim_months", loan.region_id, on)
    last = months_after(defaulted, months)
    if on > last:
        raise Refused(
            _("In default since %(since)s: the claim had to be made by %(last)s.")
            % {"since": defaulted, "last": last}
        )


def _within_year(fund: Fund, paid: int, on: date) -> None:
    share = standards.value("loan_claim_share", fund.region_id, on)
    before = Claim.objects.filter(fund=fund, claimed_on__year=on.year, reversed_by=None).aggregate(
        sum=Sum("paid_fen"), back=Sum("recovered_fen")
    )
    spent = (before["sum"] or 0) - (before["back"] or 0)
    ceiling = int((fund.deposit_fen + spent) * Fraction(share))
    if spent + paid > ceiling:
        raise Refused(
            _(
                "With this claim %(sum).2f yuan would be paid out in %(year)d; the ceiling is %(ceiling).2f yuan."
            )
            % {"sum": (spent + paid) / 100, "year": on.year, "ceiling": ceiling / 100}
        )
