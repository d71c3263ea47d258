"""The books of the work side, as street offices and the district keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from qiao.demo.district import communities
from qiao.demo.registers import Row, table
from qiao.demo.sheets import Sheet
from qiao.demo.words import load
from qiao.demo.work.model import Work

VERIFIED = date(2004, 1, 12)
Within = Callable[[int], bool]
"""Whether a community lies in the place a book is kept for."""


def _place(community: int) -> str:
    short = next(area.short for area in communities() if area.code == community)
    return load("layouts")["full"].format(short=short)


def employers(work: Work, here: Within) -> Iterator[Row]:
    words = load("work")
    for firm in work.firms:
        if here(firm.community):
            yield {
                "name": firm.name,
                "kind": words["kinds"][firm.kind],
                "section": words["sections"][firm.section],
                "licence": firm.licence,
                "community": _place(firm.community),
                "address": firm.address,
                "contact": firm.contact,
                "phone": firm.phone,
                "carrier": firm.carrier,
                "verified_on": VERIFIED,
            }


def outlets(work: Work, here: Within) -> Iterator[Row]:
    between = load("words")["between"]
    for outlet in work.outlets:
        if here(outlet.community):
            yield {
                "community": _place(outlet.community),
                "name": outlet.name,
                "trade": outlet.trade,
                "owner": outlet.owner.name if outlet.owner else outlet.firm and outlet.firm.name,
                "id_number": outlet.owner.id_number if outlet.owner else None,
                "opened_on": outlet.opened_on,
                "help": between.join(outlet.helped) or None,
                "jobs": outlet.jobs,
                "carrier": outlet.carrier,
            }


def enterprises(work: Work, here: Within) -> Iterator[Row]:
    for one in work.enterprises:
        yield {
            "employer": one.firm.name,
            "community": _place(one.firm.community),
            "opened_on": one.opened_on,
            "staff": one.staff,
            "unemployed": one.unemployed,
        }


def bases(work: Work, here: Within) -> Iterator[Row]:
    for base in work.bases:
        yield {
            "employer": base.firm.name,
            "community": _place(base.firm.community),
            "recognised_on": base.recognised_on,
            "staff": base.staff,
            "hardship": base.hardship,
            "capacity": base.capacity,
            "contract_years": base.contract_years,
            "carrier": base.carrier,
        }


BOOKS: dict[str, Callable[[Work, Within], Iterator[Row]]] = {
    "employers": employers,
    "outlets": outlets,
    "enterprises": enterprises,
    "bases": bases,
}


def book(kind: str, work: Work, street: int | None, place: str | None) -> Sheet:
    """One book of a street office, or of the whole district when `street` is None."""
    words = load("registers")
    form: dict[str, Any] = words["registers"][kind]
    unit_line = words["unit_line" if place else "district_line"]
    rows = list(BOOKS[kind](work, lambda community: street is None or community // 1000 * 1000 == street))
    return table(form["title"].format(place=place), unit_line.format(place=place), form["columns"], rows)
