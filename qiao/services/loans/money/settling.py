"""What a payment settles: worked out on the passbook, without the database; what to write comes out as a posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.batches.sets import numbers
from qiao.core.procedures.refusal import Refused
from qiao.engines.amortisation import NORMAL, PRINCIPAL_FIRST, Method, Part, allocate, late, recut
from qiao.services.loans.models import Instalment, Loan, Repayment, Standing
from qiao.services.loans.models.journal import Account
from qiao.services.loans.money import rows
from qiao.services.loans.money.booking import Move
from qiao.services.loans.money.claiming import share_of_claim
from qiao.services.loans.money.passbooks import Passbook

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
Kind = Repayment.Kind


@dataclass(frozen=True, slots=True)
class Payment:
    """`fen` that arrived on `on` for a loan; a repeated `key` is the same payment. `after`: whether an early repayment
    lets the loan end earlier or makes its instalments smaller."""

    loan: int
    fen: int
    on: date
    key: str
    after: str = After.TERM


@dataclass(slots=True)
class Posting:
    """What booking a payment will write: the repayment, what moves, the rows it changes, replaces and makes."""

    book: Passbook
    payment: Payment
    kind: str = Kind.REPAY
    parts: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(Part, 0))
    before: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Instalment] = field(default_factory=list)
    retired: list[Instalment] = field(default_factory=list)
    made: list[Instalment] = field(default_factory=list)
    returned: int = 0
    freed: int = 0
    spell: Standing | None = None
    ended: Standing | None = None

    def add(self, parts: dict[Part, int]) -> None:
        for part, fen in parts.items():
            self.parts[part] += fen

    @property
    def moves(self) -> list[Move]:
        received = {
            Account.PRINCIPAL: Part.PRINCIPAL,
            Account.INTEREST: Part.INTEREST,
            Account.PENALTY: Part.PENALTY,
            Account.COMPOUND: Part.COMPOUND,
        }
        moves = [Move(Account.RECEIVED, account, self.parts[part]) for account, part in received.items()]
        return [*moves, Move(Account.FUND, Account.CLAIMED, self.returned)]


def settle(book: Passbook, payment: Payment, today: date) -> Posting:
    """The passbook afterwards stands as if the payment were booked.

    Raises Refused: not a positive amount, before the loan or before an earlier payment, more than pays the loan off,
    less than an early repayment takes. The passbook is then as it was.
    """
    _possible(book, payment, today)
    loan, on, fen = book.loan, payment.on, payment.fen
    owed = rows.quote(loan, book.rows, on)
    if fen > owed.fallen_due and not book.whole:
        book.complete()
        owed = rows.quote(loan, book.rows, on)
    if fen > owed.total:
        raise Refused(
            _("%(paid).2f yuan are more than is owed: on %(day)s %(owed).2f yuan pay the loan off.")
            % {"paid": fen / 100, "owed": owed.total / 100, "day": on}
        )
    above = fen - min(fen, owed.fallen_due)
    ahead = [row for row in book.rows if row.due > on]
    if above and above <= owed.running_interest:
        raise Refused(
            _(
                "Nothing more is due before %(day)s; an early repayment takes more than the interest to date, %(fen).2f yuan."
            )
            % {"day": ahead[0].due, "fen": owed.running_interest / 100}
        )
    posting = Posting(book, payment)
    _settle_due(posting, fen - above)
    if above:
        posting.kind = Kind.PAY_OFF if fen == owed.total else Kind.PREPAY
        _early(posting, ahead, above, owed.running_interest)
    _follow(posting)
    return posting


def _possible(book: Passbook, payment: Payment, today: date) -> None:
    loan, on = book.loan, payment.on
    if payment.fen <= 0:
        raise Refused(_("The amount must be more than nothing."))
    if not loan.balance_fen and loan.oldest_unpaid is None:
        raise Refused(_("The loan %(loan)s is repaid.") % {"loan": loan})
    if on < loan.lent_on:
        raise Refused(
            _("The loan was paid out on %(day)s; it cannot be repaid before.") % {"day": loan.lent_on}
        )
    if on > today:
        raise Refused(_("The day %(day)s lies in the future.") % {"day": on})
    if book.last and on < book.last:
        raise Refused(
            _("A payment of %(day)s is already booked. Reverse it first, then book both in their order.")
            % {"day": book.last}
        )


def _settle_due(posting: Posting, fen: int) -> None:
    """Settles rows due by the day, the oldest first."""
    loan, on, left = posting.book.loan, posting.payment.on, fen
    overdue = loan.days_overdue(on)
    order = PRINCIPAL_FIRST if loan.principal_first and overdue > PRINCIPAL_FIRST_DAYS else NORMAL
    lateness = rows.lateness(loan)
    for row in posting.book.rows:
        if row.due > on or not left:
            break
        posting.before.append(_kept(row))
        posting.changed.append(row)
        opened = rows.open_of(row)
        penalty, compound = late(opened, on, loan.yearly, lateness)
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
        posting.add(parts)


def _early(posting: Posting, ahead: list[Instalment], fen: int, interest: int) -> None:
    """Repays principal before it is due, with the interest to the day."""
    book, on = posting.book, posting.payment.on
    loan, principal = book.loan, fen - interest
    posting.add({Part.INTEREST: interest, Part.PRINCIPAL: principal})
    number = max(row.number for row in ahead)
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
    posting.made = [paid]
    if balance > principal:
        posting.made += _again(loan, ahead, balance - principal, posting.payment, number + 1)
    for row, pk in zip(
        posting.made, numbers(Instalment._meta.db_table, len(posting.made)), strict=True
    ):  # so that a later payment of the same file can keep them as they were
        row.pk = pk
    posting.retired = ahead


def _again(
    loan: Loan, ahead: Sequence[Instalment], balance: int, payment: Payment, number: int
) -> list[Instalment]:
    """The rest of the schedule after an early repayment."""
    grace = sum(not row.principal_fen for row in ahead[:-1]) if loan.repaid_by != Method.BULLET.value else 0
    terms = rows.terms_of(loan, balance, payment.on, [row.due for row in ahead], grace)
    keep = 0
    if payment.after == After.TERM and grace < len(ahead) - 1:
        level = ahead[grace]
        by_total = loan.repaid_by == Method.EQUAL_INSTALMENT.value
        keep = level.principal_fen + level.interest_fen if by_total else level.principal_fen
    made = rows.as_instalments(loan, recut(terms, ahead[0].since, keep), payment.on, number)
    extended = {row.due for row in ahead if row.extended}
    for row in made:
        row.extended = row.due in extended
    return made


def _follow(posting: Posting) -> None:
    """The passbook stands as the rows now say: balance, oldest unpaid row, running period, what a claim gets back."""
    book, on = posting.book, posting.payment.on
    loan, principal = book.loan, posting.parts[Part.PRINCIPAL]
    kept = [row for row in book.rows if row.due <= on or not posting.retired]
    book.rows = unpaid = [row for row in (*kept, *posting.made) if not row.settled_on]
    book.last = on
    loan.balance_fen -= principal
    was, loan.guaranteed_fen = loan.guaranteed_fen, rows.guaranteed(loan, loan.balance_fen)
    posting.freed = was - loan.guaranteed_fen
    loan.oldest_unpaid = unpaid[0].due if unpaid else None
    loan.period_start = next((row.since for row in unpaid if row.due > on), loan.ends_on)
    loan.repaid_on = None if loan.oldest_unpaid else on
    if book.claim:
        paid = principal + posting.parts[Part.INTEREST]
        posting.returned = share_of_claim(book.claim, loan, paid)
        book.claim.recovered_fen += posting.returned
    _stand(posting)


def _stand(posting: Posting) -> None:
    """From the day of the payment on, the loan stands at what it now owes."""
    book, loan, since = posting.book, posting.book.loan, posting.payment.on
    last = book.spell
    if last is not None:
        if (last.balance_fen, last.oldest_unpaid) == (loan.balance_fen, loan.oldest_unpaid):
            return
        since = max(since, last.since)
        last.until = since
        posting.ended = last
    posting.spell = book.spell = Standing(
        region_id=loan.region_id,
        loan=loan,
        since=since,
        balance_fen=loan.balance_fen,
        oldest_unpaid=loan.oldest_unpaid,
    )


def _kept(row: Instalment) -> dict[str, Any]:
    settled = row.settled_on.isoformat() if row.settled_on else None
    return {"id": row.pk, "charged_to": row.charged_to.isoformat(), "settled_on": settled} | {
        name: getattr(row, name) for name in KEPT
    }
