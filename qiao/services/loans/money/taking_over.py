"""A district takes over the loans that ran before it kept them here: each as its contract says, nothing repaid yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiao.services.loans.caps import cap_of
from qiao.services.loans.models import Bank, Entry, Instalment, Line, Loan, Standing
from qiao.services.loans.models.choices import Borrower
from qiao.services.loans.models.journal import Account, EntryKind
from qiao.services.loans.money import guarantee
from qiao.services.loans.money.booking import district_of
from qiao.services.loans.money.lending import Contract, drawn, owed_elsewhere, unsound
from qiao.services.loans.money.words import in_words

PIECE = 2000


@dataclass(frozen=True, slots=True)
class Running:
    """`number`: one reserved for the loan. `resident`: the borrower's record."""

    number: int
    resident: Any
    bank: Bank
    contract: Contract


def why_not(one: Running, today: date) -> str:
    """Why a loan cannot be taken over, or ""."""
    cap = cap_of(Borrower.PERSON, one.resident.region_id, one.contract.on)
    return unsound(one.contract, cap) or owed_elsewhere(one.resident)


def take_over(
    running: Sequence[Running], on: date, by: Any, checked_by: Any, batch: int | None = None
) -> None:
    """Writes the loans of one district with their rows and opening entries, booked on `on`; the fund guarantees them.

    Raises Refused: the fund has no room for them, a borrower owes another loan, maker and checker are one.
    """
    if not running:
        return
    with in_words():
        district = district_of(running[0].resident.region_id)
        fund = guarantee.fund_of(district, lock=True)
        loans: list[Loan] = []
        rows: list[Instalment] = []
        for one in running:
            loan, of_loan = drawn(one.contract, one.resident, one.bank, fund, by)
            loan.pk, loan.batch_id = one.number, batch
            loans.append(loan)
            rows += of_loan
        Loan.objects.bulk_create(loans, batch_size=PIECE)
        Instalment.objects.bulk_create(rows, batch_size=PIECE)
        Standing.objects.bulk_create([_spell(loan) for loan in loans], batch_size=PIECE)
        entries = Entry.objects.bulk_create(
            [_opening(loan, district, on, by, checked_by, batch) for loan in loans], batch_size=PIECE
        )
        Line.objects.bulk_create(
            [
                Line(
                    entry=entry,
                    region_id=district,
                    loan=loan,
                    fund=fund,
                    debit=Account.PRINCIPAL,
                    credit=Account.LENT,
                    fen=loan.amount_fen,
                )
                for loan, entry in zip(loans, entries, strict=True)
            ],
            batch_size=PIECE,
        )
        guarantee.change(fund.pk, sum(loan.guaranteed_fen for loan in loans))


def _spell(loan: Loan) -> Standing:
    return Standing(
        region_id=loan.region_id,
        loan=loan,
        since=loan.lent_on,
        balance_fen=loan.balance_fen,
        oldest_unpaid=loan.oldest_unpaid,
    )


def _opening(loan: Loan, district: int, on: date, by: Any, checked_by: Any, batch: int | None) -> Entry:
    return Entry(
        region_id=district,
        kind=EntryKind.LEND,
        key=f"taken-over-{loan.pk}",
        booked_on=on,
        value_on=loan.lent_on,
        line_count=1,
        total_fen=loan.amount_fen,
        made_by=by,
        created_by=by,
        checked_by=checked_by,
        batch_id=batch,
    )
