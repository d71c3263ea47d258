"""A district that lends: a bank, a fund with 200,000 yuan, clerks, and loans of 2006."""

from __future__ import annotations

from datetime import date
from itertools import count

import case_world as world

from qiao.core.calendars import clock
from qiao.services.loans.models import Application, Bank, Fund, Loan
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.claiming import pay_in
from qiao.services.loans.money.lending import Contract, disburse
from qiao.services.loans.money.repaying import repay

LENT = date(2006, 3, 15)
number = count(1)


class District:
    def __init__(self, deposit: int = 200_000_00) -> None:
        world.lay()
        self.clerk = world.appoint("bank clerk", "bank", world.DISTRICT).user
        self.centre = world.appoint("centre", "guarantee_centre", world.DISTRICT).user
        self.bank = Bank.objects.create(name="桥东农村信用社", region_id=world.DISTRICT)
        self.fund = Fund.objects.create(name="桥东区担保基金", region_id=world.DISTRICT)
        pay_in(self.fund, deposit, date(2006, 1, 4), self.booked(date(2006, 1, 4)))
        self.fund.refresh_from_db()

    def booked(self, on: date = world.TODAY, key: str = "", checked: bool = True) -> Booked:
        return Booked(key or f"test-{next(number)}", on, self.clerk, self.centre if checked else None)

    def applied(self, fen: int = 20_000_00, region: int = world.HERE, months: int = 24) -> Application:
        person = world.person(f"刘桂{next(number)}", region)
        return Application.objects.create(
            resident=person, region_id=region, business="早点", amount_fen=fen, term_months=months,
            bank=self.bank, stage="bank", stage_since=LENT, opened_on=LENT,
        )  # fmt: skip

    def contract(self, fen: int = 20_000_00, on: date = LENT, months: int = 24, **terms) -> Contract:
        return Contract(f"2006-{next(number)}", fen, months, **({"rate": 57_600} | terms), on=on)

    def lent(
        self, fen: int = 20_000_00, on: date = LENT, months: int = 24, region: int = world.HERE, **terms
    ) -> Loan:
        return disburse(
            self.applied(fen, region, months), self.contract(fen, on, months, **terms), self.booked(on)
        )

    def repaid(self, loan: Loan, fen: int, on: date, after: str = "reduce_term"):
        made = repay(loan.pk, fen, on, self.booked(on, checked=False), after)
        loan.refresh_from_db()
        return made

    def now(self, day: date) -> None:
        clock.fix(day)


def rows(loan: Loan) -> list[tuple]:
    from qiao.services.loans.money.rows import active

    return [
        (row.due.isoformat(), row.principal_fen, row.interest_fen, row.settled_on is not None)
        for row in active(loan)
    ]
