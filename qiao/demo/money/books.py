"""The books of money: the loan section's contracts, the bank's list of repayments, the street offices' relief."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qiao.demo.money.loans import Borrowed, loans, place
from qiao.demo.money.relief import Relieved, relief
from qiao.demo.registers import Row, table, word
from qiao.demo.sheets import Sheet
from qiao.demo.words import load
from qiao.demo.work.model import Work


@dataclass(slots=True)
class Money:
    loans: list[Borrowed] = field(default_factory=list)
    relief: list[Relieved] = field(default_factory=list)


def plan(seed: int, work: Work, scale: float = 1.0) -> Money:
    return Money(loans(seed, work, scale), relief(seed, work, scale))


def running_loans(money: Money) -> Iterator[Row]:
    words = load("money")
    for one in money.loans:
        yield {
            "name": one.person.name,
            "sex": word("sex", one.person.sex),
            "id_number": one.person.id_number,
            "community": place(one.community),
            "number": one.number,
            "bank": words["bank"],
            "amount": one.yuan,
            "months": one.months,
            "rate": one.rate,
            "lent_on": one.lent_on,
            "repaid_by": words["how"][one.how],
        }


def bank_repayments(money: Money) -> Iterator[Row]:
    """In order of day, with a serial number each and the line of totals that banks send."""
    words = load("money")
    paid = [(on, one.number, fen, one) for one in money.loans for on, fen in one.payments]
    for number, (on, contract, fen, one) in enumerate(sorted(paid, key=lambda row: row[:2]), 1):
        yield {
            "serial": words["serial"].format(day=on, number=number),
            "number": contract,
            "borrower": one.person.name,
            "paid_on": on,
            "amount": fen / 100,
        }


def relief_of(money: Money, street: int) -> Iterator[Row]:
    for one in money.relief:
        if one.outlet.community // 1000 * 1000 == street:
            yield {
                "community": place(one.outlet.community),
                "outlet": one.outlet.name,
                "owner": one.outlet.owner_name,
                "item": one.item,
                "month": one.month,
                "months": 3,
                "amount": one.yuan,
                "office": one.office,
                "given_on": one.given_on,
            }


def book(kind: str, money: Money, street: int | None, name: str | None) -> Sheet:
    """One book of a street office, or of the district when `street` is None."""
    words = load("registers")
    form = words["registers"][kind]
    unit_line = words["unit_line" if name else "district_line"].format(place=name)
    if kind == "relief":
        return table(
            form["title"].format(place=name), unit_line, form["columns"], list(relief_of(money, street or 0))
        )
    rows = list(running_loans(money) if kind == "running_loans" else bank_repayments(money))
    sheet = table(form["title"], unit_line, form["columns"], rows)
    if kind == "bank_repayments":
        total = {
            "number": load("money")["total"],
            "amount": round(sum(float(str(row["amount"])) for row in rows), 2),
        }
        sheet.rows.append([total.get(column) for column in form["columns"]])
    return sheet
