"""Postings are written: entries with their lines, repayments, rows, loans, spells, the fund; each kind at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from qiao.core.batches.sets import write_back
from qiao.engines.amortisation import Part
from qiao.services.loans.models import Claim, Entry, Instalment, Line, Loan, Repayment, Standing
from qiao.services.loans.models.journal import EntryKind
from qiao.services.loans.money import guarantee
from qiao.services.loans.money.booking import district_of
from qiao.services.loans.money.claiming import deposit
from qiao.services.loans.money.settling import KEPT, Posting

PIECE = 5000
LOAN = ("balance_fen", "guaranteed_fen", "oldest_unpaid", "period_start", "repaid_on")
ROW = (*KEPT, "charged_to", "settled_on")


def record(postings: Sequence[Posting], on: date, by: Any, batch: int | None = None) -> list[Repayment]:
    """Writes what was settled, in the order given; `on`: the day it is booked."""
    repayments = _entered(postings, on, by, batch)
    _rows(postings, repayments)
    _loans(postings)
    _spells(postings, repayments)
    _fund(postings)
    return repayments


def _entered(postings: Sequence[Posting], on: date, by: Any, batch: int | None) -> list[Repayment]:
    moved = [[move for move in one.moves if move.fen] for one in postings]
    entries = Entry.objects.bulk_create(
        (
            Entry(
                region_id=district_of(one.book.loan.region_id),
                kind=EntryKind.REPAY,
                key=one.payment.key,
                booked_on=on,
                value_on=one.payment.on,
                line_count=len(moves),
                total_fen=sum(move.fen for move in moves),
                made_by=by,
                created_by=by,
                batch_id=batch,
            )
            for one, moves in zip(postings, moved, strict=True)
        ),
        batch_size=PIECE,
    )
    Line.objects.bulk_create(
        (
            Line(
                entry=entry,
                region_id=entry.region_id,
                loan=one.book.loan,
                fund_id=one.book.loan.fund_id,
                debit=move.debit,
                credit=move.credit,
                fen=move.fen,
            )
            for one, entry, moves in zip(postings, entries, moved, strict=True)
            for move in moves
        ),
        batch_size=PIECE,
    )
    return Repayment.objects.bulk_create(
        (
            Repayment(
                region_id=one.book.loan.region_id,
                created_by=by,
                batch_id=batch,
                loan=one.book.loan,
                kind=one.kind,
                after=one.payment.after if one.made else "",
                value_on=one.payment.on,
                amount_fen=one.payment.fen,
                principal_fen=one.parts[Part.PRINCIPAL],
                interest_fen=one.parts[Part.INTEREST],
                penalty_fen=one.parts[Part.PENALTY],
                compound_fen=one.parts[Part.COMPOUND],
                fund_fen=one.returned,
                entry=entry,
                before=one.before,
            )
            for one, entry in zip(postings, entries, strict=True)
        ),
        batch_size=PIECE,
    )


def _rows(postings: Sequence[Posting], repayments: Sequence[Repayment]) -> None:
    """A row that was made and changed within these postings is written as it stands after them."""
    made: dict[int, Instalment] = {}
    for one, repayment in zip(postings, repayments, strict=True):
        for row in one.made:
            row.made = repayment
            made[row.pk] = row
        for row in one.retired:
            row.retired = repayment
    changed = {row.pk: row for one in postings for row in one.changed if row.pk not in made}
    retired = {row.pk: row for one in postings for row in one.retired if row.pk not in made}
    write_back(Instalment, ROW, [_values(row, ROW) for row in changed.values()])
    write_back(Instalment, ("retired_id",), [_values(row, ("retired_id",)) for row in retired.values()])
    Instalment.objects.bulk_create(made.values(), batch_size=PIECE)


def _loans(postings: Iterable[Posting]) -> None:
    loans = {one.book.loan.pk: one.book.loan for one in postings}
    write_back(Loan, LOAN, [_values(loan, LOAN) for loan in loans.values()])


def _spells(postings: Sequence[Posting], repayments: Sequence[Repayment]) -> None:
    ended = [one.ended for one in postings if one.ended and one.ended.pk]
    write_back(Standing, ("until",), [_values(spell, ("until",)) for spell in ended])
    begun = []
    for one, repayment in zip(postings, repayments, strict=True):
        if one.spell:
            one.spell.made = repayment
            begun.append(one.spell)
    Standing.objects.bulk_create(begun, batch_size=PIECE)


def _fund(postings: Sequence[Posting]) -> None:
    freed: Counter[int | None] = Counter()
    returned: Counter[int] = Counter()
    for one in postings:
        freed[one.book.loan.fund_id] += one.freed
        if one.returned and one.book.claim:
            returned[one.book.claim.fund_id] += one.returned
    claims = {one.book.claim.pk: one.book.claim for one in postings if one.returned and one.book.claim}
    write_back(Claim, ("recovered_fen",), [_values(claim, ("recovered_fen",)) for claim in claims.values()])
    for fund, fen in returned.items():
        deposit(fund, fen)
    for held, fen in freed.items():
        guarantee.change(held, -fen)


def _values(record: Any, names: Sequence[str]) -> dict[str, Any]:
    return {"id": record.pk} | {name: getattr(record, name) for name in names}
