"""A loan is repaid: what is due first, the rest as an early repayment; each can be undone as it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.engines.amortisation import (
    NORMAL,
    PRINCIPAL_FIRST,
    Method,
    Part,
    allocate,
    late,
    recut,
)
from qiao.services.loans.models import Entry, Extension, Instalment, Loan, Repayment
from qiao.services.loans.models.journal import Account, EntryKind
from qiao.services.loans.money import guarantee, rows, standing
from qiao.services.loans.money.booking import Booked, Move, book, earlier, opposite
from qiao.services.loans.money.claiming import recover, to_fund
from qiao.services.loans.money.words import in_words

KEPT = (
    "principal_fen",
    "interest_fen",
    "penalty_fen",
    "compound_fen",
    "paid_principal_fen",
    "paid_interest_fen",
    "paid_penalty_fen",
    "paid_compound_fen",
    "on_time_fen",
)
PRINCIPAL_FIRST_DAYS = 90
After = Repayment.After


@dataclass
class _Settled:
    """What a payment settled, by part in fen, and the rows as they were before."""

    parts: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(Part, 0))
    before: list[dict[str, Any]] = field(default_factory=list)

    def add(self, parts: dict[Part, int]) -> None:
        for part, fen in parts.items():
            self.parts[part] += fen


def repay(loan_id: int, fen: int, on: date, booked: Booked, after: str = After.TERM) -> Repayment:
    """Books a payment of `fen` that arrived on `on`. What is above what is due by then repays principal early:
    `after` says whether the loan then ends earlier or its instalments become smaller.

    A repeated call with the same key returns the first repayment. Raises Refused: not a positive amount, before the
    loan or before an earlier payment, more than pays the loan off, less than an early repayment takes.
    """
    with in_words():
        loan = Loan.objects.select_for_update().get(pk=loan_id)
        if entry := earlier(booked.key, EntryKind.REPAY):
            return _same(entry, loan, fen)
        _possible(loan, fen, on, booked)
        active = rows.active(loan)
        owed = rows.quote(loan, active, on)
        if fen > owed.total:
            raise Refused(
                _("%(paid).2f yuan are more than is owed: on %(day)s %(owed).2f yuan pay the loan off.")
                % {"paid": fen / 100, "owed": owed.total / 100, "day": on}
            )
        settled = _Settled()
        above = fen - _settle_due(loan, active, min(fen, owed.fallen_due), on, settled)
        kind = Repayment.Kind.REPAY
        made: list[Instalment] = []
        retired: list[Instalment] = []
        if above:
            kind = Repayment.Kind.PAY_OFF if fen == owed.total else Repayment.Kind.PREPAY
            made, retired = _early(loan, active, above, owed.running_interest, on, after, settled)
        made_repayment = _book(loan, fen, on, booked, settled, kind, after if above else "")
        Instalment.objects.filter(pk__in=[row.pk for row in retired]).update(retired=made_repayment)
        for row in made:
            row.made = made_repayment
        Instalment.objects.bulk_create(made)
        _follow(loan, on)
        standing.follow(loan, on, made_repayment)
    return made_repayment


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
        recover(loan, -repayment.fund_fen)
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


def _possible(loan: Loan, fen: int, on: date, booked: Booked) -> None:
    if fen <= 0:
        raise Refused(_("The amount must be more than nothing."))
    if not loan.balance_fen and loan.oldest_unpaid is None:
        raise Refused(_("The loan %(loan)s is repaid.") % {"loan": loan})
    if on < loan.lent_on:
        raise Refused(
            _("The loan was paid out on %(day)s; it cannot be repaid before.") % {"day": loan.lent_on}
        )
    if on > booked.on:
        raise Refused(_("The day %(day)s lies in the future.") % {"day": on})
    last = _standing(loan).order_by("-value_on").values_list("value_on", flat=True).first()
    if last and on < last:
        raise Refused(
            _("A payment of %(day)s is already booked. Reverse it first, then book both in their order.")
            % {"day": last}
        )


def _settle_due(loan: Loan, active: Sequence[Instalment], fen: int, on: date, settled: _Settled) -> int:
    """Settles rows due by the day, the oldest first; returns what of `fen` was used."""
    left = fen
    overdue = loan.days_overdue(on)
    order = PRINCIPAL_FIRST if loan.principal_first and overdue > PRINCIPAL_FIRST_DAYS else NORMAL
    for row in active:
        if row.due > on or row.settled_on or not left:
            continue
        settled.before.append(_kept(row))
        opened = rows.open_of(row)
        penalty, compound = late(opened, on, loan.yearly, rows.lateness(loan))
        row.penalty_fen, row.compound_fen = row.paid_penalty_fen + penalty, row.paid_compound_fen + compound
        row.charged_to = max(row.charged_to, on)
        owed = {
            Part.COMPOUND: compound,
            Part.PENALTY: penalty,
            Part.INTEREST: opened.interest,
            Part.PRINCIPAL: opened.principal,
        }
        parts, left = allocate(left, owed, order)
        row.paid_compound_fen += parts[Part.COMPOUND]
        row.paid_penalty_fen += parts[Part.PENALTY]
        row.paid_interest_fen += parts[Part.INTEREST]
        row.paid_principal_fen += parts[Part.PRINCIPAL]
        if on <= row.due:
            row.on_time_fen += parts[Part.PRINCIPAL]
        if sum(parts.values()) == sum(owed.values()):
            row.settled_on = on
        row.save()
        settled.add(parts)
    return fen - left


def _early(
    loan: Loan, active: Sequence[Instalment], fen: int, interest: int, on: date, after: str, settled: _Settled
) -> tuple[list[Instalment], list[Instalment]]:
    """Repays principal before it is due, with the interest to the day: rows made for it, and those they replace."""
    ahead = [row for row in active if row.due > on]
    principal = fen - interest
    if principal <= 0:
        raise Refused(
            _(
                "Nothing more is due before %(day)s; an early repayment takes more than the interest to date, %(fen).2f yuan."
            )
            % {"day": ahead[0].due, "fen": interest / 100}
        )
    settled.add({Part.INTEREST: interest, Part.PRINCIPAL: principal})
    number = max(row.number for row in active)
    balance = sum(row.principal_fen for row in ahead)
    paid = Instalment(
        loan=loan,
        region_id=loan.region_id,
        number=number + 1,
        since=ahead[0].since,
        due=on,
        principal_fen=principal,
        interest_fen=interest,
        paid_principal_fen=principal,
        paid_interest_fen=interest,
        charged_to=on,
        settled_on=on,
        early=True,
    )
    made = [paid]
    if balance > principal:
        made += _again(loan, ahead, balance - principal, on, after, number + 1)
    return made, ahead


def _again(
    loan: Loan, ahead: Sequence[Instalment], balance: int, on: date, after: str, number: int
) -> list[Instalment]:
    """The rest of the schedule after an early repayment."""
    grace = sum(not row.principal_fen for row in ahead[:-1]) if loan.repaid_by != Method.BULLET.value else 0
    terms = rows.terms_of(loan, balance, on, [row.due for row in ahead], grace)
    keep = 0
    if after == After.TERM and grace < len(ahead) - 1:
        level = ahead[grace]
        by_total = loan.repaid_by == Method.EQUAL_INSTALMENT.value
        keep = level.principal_fen + level.interest_fen if by_total else level.principal_fen
    made = rows.as_instalments(loan, recut(terms, ahead[0].since, keep), on, number)
    extended = {row.due for row in ahead if row.extended}
    for row in made:
        row.extended = row.due in extended
    return made


def _book(
    loan: Loan, fen: int, on: date, booked: Booked, settled: _Settled, kind: str, after: str
) -> Repayment:
    parts = settled.parts
    moves = [
        Move(Account.RECEIVED, Account.PRINCIPAL, parts[Part.PRINCIPAL]),
        Move(Account.RECEIVED, Account.INTEREST, parts[Part.INTEREST]),
        Move(Account.RECEIVED, Account.PENALTY, parts[Part.PENALTY]),
        Move(Account.RECEIVED, Account.COMPOUND, parts[Part.COMPOUND]),
    ]
    returned = to_fund(loan, parts[Part.PRINCIPAL] + parts[Part.INTEREST])
    recover(loan, returned)
    moves.append(Move(Account.FUND, Account.CLAIMED, returned))
    entry = book(booked, EntryKind.REPAY, loan.region_id, moves, value_on=on, loan=loan, fund=loan.fund)
    made: Repayment = Repayment.objects.create(
        region_id=loan.region_id,
        created_by=booked.by,
        loan=loan,
        kind=kind,
        after=after,
        value_on=on,
        amount_fen=fen,
        principal_fen=parts[Part.PRINCIPAL],
        interest_fen=parts[Part.INTEREST],
        penalty_fen=parts[Part.PENALTY],
        compound_fen=parts[Part.COMPOUND],
        fund_fen=returned,
        entry=entry,
        before=settled.before,
    )
    return made


def _follow(loan: Loan, on: date) -> None:
    """The loan and the fund's room follow the rows."""
    was = loan.guaranteed_fen
    rows.repeat(loan, on)
    guarantee.change(loan.fund_id, loan.guaranteed_fen - was)


def _kept(row: Instalment) -> dict[str, Any]:
    settled = row.settled_on.isoformat() if row.settled_on else None
    return {"id": row.pk, "charged_to": row.charged_to.isoformat(), "settled_on": settled} | {
        name: getattr(row, name) for name in KEPT
    }


def _restore(repayment: Repayment) -> None:
    for kept in repayment.before:
        days = {
            name: date.fromisoformat(kept[name]) if kept[name] else None
            for name in ("charged_to", "settled_on")
        }
        Instalment.objects.filter(pk=kept["id"]).update(**{name: kept[name] for name in KEPT}, **days)
