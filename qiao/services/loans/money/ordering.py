"""A booking that needs two people: shown, asked for by one, confirmed by the other. Showing does it and takes it back,
so that what is shown is what will be booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.models import User
from qiao.core.calendars.clock import today
from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import Entry, Fund, Instalment, Line, Order
from qiao.services.loans.money import claiming, extending, repaying
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.words import in_words

Kind, State = Order.Kind, Order.State


@dataclass(slots=True)
class Outcome:
    """What a booking does: lines of the journal, rows of an extension, the loan's principal and the fund afterwards."""

    lines: list[Line] = field(default_factory=list)
    rows: list[Instalment] = field(default_factory=list)
    balance: int | None = None
    fund: Fund | None = None


def ask(order: Order) -> Order:
    """Keeps what somebody asks for, once it is sure that it could be booked. Raises Refused."""
    tried(order)
    with in_words():
        order.save()
    return order


def confirm(order: Order, by: Any) -> Outcome:
    """Books it. Raises Refused: decided before, the same person, whatever speaks against the booking itself."""
    with in_words():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        _still_open(locked, by)
        outcome = _carried_out(locked, by, f"order-{locked.pk}")
        locked.state, locked.decided_by, locked.decided_on = State.DONE, by, today()
        locked.save(update_fields=["state", "decided_by", "decided_on"])
    return outcome


def refuse(order: Order, by: Any, why: str) -> None:
    """Raises Refused: decided before, the same person."""
    with in_words():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        _still_open(locked, by)
        locked.state, locked.decided_by, locked.decided_on, locked.answer = (
            State.REFUSED,
            by,
            today(),
            why[:200],
        )
        locked.save(update_fields=["state", "decided_by", "decided_on", "answer"])


def tried(order: Order) -> Outcome:
    """What `confirm` would do; nothing is kept. Raises Refused."""
    with in_words(), transaction.atomic():
        outcome = _carried_out(order, _anybody_but(order.created_by), "preview")
        transaction.set_rollback(True)
    return outcome


def _still_open(order: Order, by: Any) -> None:
    if order.state != State.WAITING:
        raise Refused(
            _("%(who)s decided this on %(day)s.") % {"who": order.decided_by, "day": order.decided_on}
        )
    if order.created_by == by:
        raise Refused(_("Somebody else must confirm what you entered."))


def _carried_out(order: Order, by: Any, key: str) -> Outcome:
    booked = Booked(key, today(), order.created_by, by)
    outcome = Outcome()
    match order.kind:
        case Kind.CLAIM:
            claiming.claim(_loan(order), order.on, booked)
        case Kind.REVERSE:
            repaying.reverse(order.repayment_id or 0, booked, order.reason)
        case Kind.EXTEND:
            made = extending.extend(
                _loan(order), order.until or order.on, order.on, order.created_by, by, order.reason
            )
            rows = Instalment.objects.filter(loan=made.loan_id, retired=None, due__gte=made.loan.matures_on)
            outcome.rows = list(rows.order_by("due", "number"))
        case _:
            fen = order.amount_fen or 0
            sign = -1 if order.kind == Kind.WITHDRAW else 1
            assert order.fund
            claiming.pay_in(order.fund, sign * fen, order.on, booked, order.reason)
    entry = Entry.objects.filter(key=key).first()
    outcome.lines = list(entry.lines.order_by("id")) if entry else []
    if order.loan:
        order.loan.refresh_from_db()
        outcome.balance = order.loan.balance_fen
    fund = order.fund_id or (order.loan.fund_id if order.loan else None)
    outcome.fund = Fund.objects.filter(pk=fund).first()
    return outcome


def _loan(order: Order) -> int:
    assert order.loan_id
    return order.loan_id


def _anybody_but(maker: Any) -> Any:
    """Stands in for the second person while a booking is tried; nothing of it is kept."""
    return User.objects.exclude(pk=maker.pk).order_by("pk").first()


def asked(kind: str, by: Any, on: date, **facts: Any) -> Order:
    """An order not kept yet, at the region of what it is about."""
    about: Any = facts.get("loan") or facts.get("fund")
    return Order(kind=kind, region_id=about.region_id, created_by=by, on=on, **facts)
