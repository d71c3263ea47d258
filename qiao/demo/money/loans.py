"""Loans to people with a stall or shop of their own, and what they repaid, so that the report's figures come out."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from qiao.core.calendars.seed import official
from qiao.core.calendars.workdays import of_days
from qiao.demo.district import communities
from qiao.demo.model import TODAY, Resident
from qiao.demo.words import load, weighted
from qiao.demo.work.model import Outlet, Work
from qiao.services.loans.importers.running import RHYTHM, millionths
from qiao.services.loans.models import Instalment, Loan
from qiao.services.loans.models.loan import RepaidBy
from qiao.services.loans.money import rows
from qiao.services.loans.money.passbooks import Passbook
from qiao.services.loans.money.settling import Payment, settle

GRACE_DAYS = 20


@dataclass(slots=True)
class Borrowed:
    """One loan as its contract says. `payments`: day and fen. `unpaid`: fen of its principal due that stay unpaid."""

    person: Resident
    community: int
    number: str
    yuan: int
    months: int
    rate: str
    lent_on: date
    how: str
    unpaid: int = 0
    payments: list[tuple[date, int]] = field(default_factory=list)

    def drawn(self) -> tuple[Loan, list[Instalment]]:
        way = RHYTHM[RepaidBy(self.how)]
        due, ends = rows.due_dates(
            self.lent_on, self.months, way["every_months"], way["settled_day"], of_days(official())
        )
        loan = Loan(
            number=self.number, amount_fen=self.yuan * 100, balance_fen=self.yuan * 100, rate=millionths(self.rate) or 0,
            repaid_by=self.how, lent_on=self.lent_on, matures_on=ends, ends_on=due[-1], oldest_unpaid=due[0], **way,
        )  # fmt: skip
        return loan, rows.draw_up(loan, due)

    @property
    def due(self) -> int:
        """Principal fallen due, in fen."""
        return sum(row.principal_fen for row in self.drawn()[1] if row.due <= TODAY)


def loans(seed: int, work: Work, scale: float) -> list[Borrowed]:
    rng, report = random.Random(f"{seed}:loans"), load("report")
    owned = [one for one in work.outlets if one.owner and one.opened_on < date(2006, 6, 1)]
    count = round(report["loan_borrowers"]["value"] * scale)
    chosen = rng.sample(owned, min(count, len(owned)))
    made = sorted((_loan(rng, outlet) for outlet in chosen), key=lambda one: (one.lent_on, one.person.key))
    for number, one in enumerate(made, 1):
        one.number = load("money")["contract"].format(year=one.lent_on.year, number=number)
    _fall_behind(rng, made, 1 - report["cumulative_repayment_rate"]["value"] / 100)
    for one in made:
        one.payments = list(_payments(rng, one))
    return made


def _loan(rng: random.Random, outlet: Outlet) -> Borrowed:
    words = load("money")
    way = rng.choices(words["ways"], [one["share"] for one in words["ways"]])[0]
    lent_on = min(outlet.opened_on + timedelta(rng.randrange(20, 90)), date(2006, 8, 15))
    while lent_on.weekday() > 4:
        lent_on += timedelta(1)
    rate = [one for one in words["rates"] if one["since"] <= lent_on][-1]
    assert outlet.owner
    return Borrowed(
        outlet.owner, outlet.community, "", weighted(rng, words["amounts"]), way["months"],
        rate["year" if way["months"] <= 12 else "above"], lent_on, way["how"],
    )  # fmt: skip


def _fall_behind(rng: random.Random, made: list[Borrowed], share: float) -> None:
    """Lets so many not repay what fell due that `share` of all due principal is unpaid; the last repays a part."""
    left = round(sum(one.due for one in made) * share)
    whole = [one for one in made if one.how == RepaidBy.BULLET and one.due]
    rng.shuffle(whole)
    for one in whole:
        if one.due <= left:
            one.unpaid, left = one.due, left - one.due
    for one in whole:
        if left and not one.unpaid:
            one.unpaid, left = left, 0


def _payments(rng: random.Random, one: Borrowed) -> Any:
    """On the due day or a little later, with what lateness costs, as the bank collects it."""
    loan, drawn = one.drawn()
    book = Passbook(loan, drawn, None, None, None, True)
    for row in list(drawn):
        last = row is drawn[-1]
        on = row.due + timedelta(
            rng.randrange(1, GRACE_DAYS) if rng.random() < load("money")["late_share"] else 0
        )
        if one.unpaid and last:
            on = row.due
        if on > TODAY or (last and one.unpaid == one.due):
            return
        fen = rows.quote(loan, book.rows, on).fallen_due - (one.unpaid if last else 0)
        if fen > 0:
            settle(book, Payment(0, fen, on, ""), TODAY)
            yield on, fen


def place(community: int) -> str:
    short = next(area.short for area in communities() if area.code == community)
    return str(load("layouts")["full"].format(short=short))
