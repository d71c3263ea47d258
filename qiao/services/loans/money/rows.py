"""A loan's rows: drawn up, read for a pay-off, and what the loan repeats of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Min, Q, Sum

from qiao.core.calendars.workdays import of_official_list
from qiao.engines.amortisation import (
    Convention,
    DayCount,
    Lateness,
    Method,
    Open,
    Payoff,
    Row,
    Step,
    Terms,
    following,
    months_after,
    pay_off,
    rounded,
    schedule,
    settled_on,
)
from qiao.services.loans.models import Instalment, Loan

ACTIVE = Q(retired=None)


def due_dates(
    lent_on: date, months: int, every: int, settled_day: int, working: Callable[[date], bool] | None = None
) -> tuple[list[date], date]:
    """Due dates moved to working days, of the official calendar unless told, and the day of maturity before any move."""
    maturity = months_after(lent_on, months)
    if settled_day:
        plain = list(settled_on(settled_day, every, lent_on, maturity))
    else:
        plain = [months_after(lent_on, count) for count in range(every, months, every)] + [maturity]
    working = working or of_official_list()
    moved = [following(day, working) for day in plain]
    return sorted({day for day in moved if day > lent_on}), maturity


def terms_of(loan: Loan, principal: int, start: date, due: Sequence[date], grace: int) -> Terms:
    return Terms(
        principal,
        loan.yearly,
        start,
        due,
        Method(loan.repaid_by),
        Convention(DayCount(loan.counted)),
        Step(months=loan.every_months),
        grace=min(grace, len(due) - 1) if loan.repaid_by != Method.BULLET.value else 0,
    )


def draw_up(loan: Loan, due: Sequence[date]) -> list[Instalment]:
    """The rows of a loan as the contract says."""
    return as_instalments(
        loan, schedule(terms_of(loan, loan.amount_fen, loan.lent_on, due, loan.grace)), loan.lent_on
    )


def as_instalments(loan: Loan, rows: Iterable[Row], since: date, number: int = 0) -> list[Instalment]:
    made = []
    for row in rows:
        number += 1
        made.append(
            Instalment(
                loan=loan,
                region_id=loan.region_id,
                number=number,
                since=since,
                due=row.due,
                principal_fen=row.principal,
                interest_fen=row.interest,
                charged_to=row.due,
            )
        )
        since = row.due
    return made


def active(loan: Loan) -> list[Instalment]:
    return list(Instalment.objects.filter(ACTIVE, loan=loan).order_by("due", "number"))


def open_of(row: Instalment) -> Open:
    """What of a row is unpaid."""
    return Open(
        row.since,
        row.due,
        row.principal_fen - row.paid_principal_fen,
        row.interest_fen - row.paid_interest_fen,
        row.charged_to,
        row.penalty_fen - row.paid_penalty_fen,
        row.compound_fen - row.paid_compound_fen,
    )


def lateness(loan: Loan) -> Lateness:
    return Lateness(Fraction(loan.penalty_percent, 100))


def quote(loan: Loan, rows: Sequence[Instalment], on: date) -> Payoff:
    """What pays the loan off on a day. The booking of a repayment asks the same function."""
    return pay_off(
        [open_of(row) for row in rows],
        loan.yearly,
        on,
        DayCount(loan.counted),
        Step(months=loan.every_months),
        lateness(loan),
    )


def guaranteed(loan: Loan, balance: int) -> int:
    return rounded(balance * loan.share, 100) if loan.fund_id else 0


def repeat(loan: Loan, on: date) -> None:
    """Writes to the loan what its rows say as of the day: balance, oldest unpaid row, running period."""
    rows = Instalment.objects.filter(ACTIVE, loan=loan)
    paid = rows.aggregate(paid=Sum("paid_principal_fen"))["paid"] or 0
    loan.balance_fen = loan.amount_fen - paid
    loan.guaranteed_fen = guaranteed(loan, loan.balance_fen)
    loan.oldest_unpaid = rows.filter(settled_on=None).aggregate(day=Min("due"))["day"]
    running = rows.filter(due__gt=on).order_by("due").values_list("since", flat=True).first()
    loan.period_start = running or loan.ends_on
    loan.repaid_on = None if loan.oldest_unpaid else on
    loan.save()
