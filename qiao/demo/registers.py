"""The offices' own books: what happened since 2004, person by person, to those who stand in the rosters."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from qiao.demo.model import TODAY, WINDOW, Community, Household, Resident, Spell
from qiao.demo.sheets import Cell, Sheet
from qiao.demo.slips import written_day
from qiao.demo.words import load

Row = dict[str, Cell]


def word(vocabulary: str, code: str) -> str:
    return load("words")[vocabulary][code][0]


def known_day(on: date, precision: int) -> Cell:
    """A date cell, or as text the year or month that is all anybody knows."""
    if precision == 3:
        return on
    return written_day(load("words")["years" if precision == 1 else "months"]["dot"], on)


def _who(person: Resident, home: Community) -> Row:
    return {
        "name": person.name,
        "sex": word("sex", person.sex),
        "id_number": person.id_number,
        "community": load("layouts")["full"].format(short=home.short),
        "street": home.street,
        "education": word("education", person.education),
        "former_unit": person.former_unit or None,
        "kind": word("kind", person.kind),
        "owner": home.station_worker,
    }


def _loss(spell: Spell) -> Row:
    return {
        "unemployed_since": known_day(spell.since, spell.precision),
        "unemployed_reason": word("unemployed_reason", spell.reason),
    }


def _people(homes: Iterable[Community]) -> Iterator[tuple[Resident, Household, Community]]:
    for home in homes:
        for house in home.households:
            for person in house.members:
                yield person, house, home


def registrations(homes: Iterable[Community]) -> Iterator[Row]:
    """Registrations that were open at some time of the window."""
    for person, _, home in _people(homes):
        for spell in person.spells:
            cancelled = spell.cancelled_on
            if spell.registered_on and (cancelled or TODAY) >= WINDOW:
                yield {
                    **_who(person, home), **_loss(spell),
                    "registered_on": spell.registered_on,
                    "certificate_no": person.certificate_no,
                    "cancelled_on": cancelled,
                    "cancel_reason": word("cancel_reason", spell.cancel_reason) if cancelled else None,
                }  # fmt: skip


def reemployments(homes: Iterable[Community]) -> Iterator[Row]:
    """Each time that somebody without work found work in the window."""
    for person, _, home in _people(homes):
        for before, after in pairwise(person.spells):
            if before.state == "unemployed" and after.state == "employed" and after.since >= WINDOW:
                yield {
                    **_who(person, home), **_loss(before),
                    "employed_on": after.since,
                    "employer": after.employer,
                    "trade": after.trade,
                    "employment_form": word("employment_form", after.form),
                }  # fmt: skip


def recognitions(homes: Iterable[Community]) -> Iterator[Row]:
    for person, _, home in _people(homes):
        for made in person.recognitions:
            if made.recognised_on:
                yield {
                    **_who(person, home),
                    "hardship_category": word("hardship_category", made.category),
                    "applied_on": made.applied_on,
                    "recognised_on": made.recognised_on,
                    "exited_on": made.exited_on,
                    "exit_reason": word("exit_reason", made.exit_reason) if made.exited_on else None,
                }


def visits(homes: Iterable[Community]) -> Iterator[Row]:
    for person, _, home in _people(homes):
        for made in person.visits:
            yield {
                **_who(person, home),
                "visited_on": made.on,
                "why": word("visit_why", "hardship"),
                "way": word("visit_way", made.way),
                "outcome": word("visit_outcome", made.outcome),
                "situation": word("visit_situation", made.situation) if made.situation else None,
                "needs": load("words")["between"].join(word("visit_need", need) for need in made.needs)
                or None,
            }


def applications(homes: Iterable[Community]) -> Iterator[Row]:
    for person, _, home in _people(homes):
        for made in person.recognitions:
            if not made.recognised_on:
                yield {
                    **_who(person, home),
                    "hardship_category": word("hardship_category", made.category),
                    "applied_on": made.applied_on,
                    "stage": word("stage", made.stage),
                }


def households(homes: Iterable[Community]) -> Iterator[Row]:
    """One line a member."""
    flags = load("words")["flags"][0]
    for person, house, home in _people(homes):
        yield {
            **_who(person, home),
            "household_no": house.number,
            "household_head": house.head.name,
            "address": house.address,
            "low_income": flags["yes" if house.low_income else "no"],
            "relation": load("words")["relation"][person.relation][person.sex][0],
        }


def zero_households(homes: Iterable[Community]) -> Iterator[Row]:
    for home in homes:
        for house in home.households:
            if house.zero:
                yield _zero(house, home)


def _zero(house: Household, home: Community) -> Row:
    zero = house.zero
    assert zero
    row = {
        **_who(house.head, home),
        "household_no": house.number,
        "household_head": house.head.name,
        "head_id_number": house.head.id_number,
        "address": house.address,
        "population": len(house.members) + house.minors,
        "found_on": zero.found_on,
        "recognised_on": zero.recognised_on,
        "owner": zero.helper,
    }
    if zero.cleared_on:
        placed = next(member for member in house.members if member.key == zero.cleared_by)
        work = next(spell for spell in placed.spells if spell.since == zero.cleared_on)
        row |= {
            "cleared_on": zero.cleared_on,
            "clearing": word("clearing", zero.way),
            "placed_name": placed.name,
            "placed_id_number": placed.id_number,
            "employer": work.employer,
        }
    return row


BOOKS = {
    "registrations": (registrations, "registered_on"),
    "reemployments": (reemployments, "employed_on"),
    "recognitions": (recognitions, "recognised_on"),
    "households": (households, None),
    "visits": (visits, "visited_on"),
    "applications": (applications, "applied_on"),
    "zero_households": (zero_households, "found_on"),
}


def book(kind: str, homes: list[Community], place: str | None) -> Sheet:
    """One register of a street office, or of the whole district when `place` is None; in order of date."""
    words = load("registers")
    form: dict[str, Any] = words["registers"][kind]
    rows, order = BOOKS[kind]
    made = list(rows(homes))
    if order:
        made.sort(key=lambda row: str(row[order]))
    unit_line = words["unit_line" if place else "district_line"]
    return table(form["title"].format(place=place), unit_line.format(place=place), form["columns"], made)


def table(title: str, unit_line: str | None, columns: dict[str, str], rows: list[Row]) -> Sheet:
    sheet = Sheet("Sheet1")
    sheet.line(title, len(columns), title=True)
    if unit_line:
        sheet.line(unit_line, len(columns))
    sheet.head(columns)
    for number, row in enumerate(rows, 1):
        sheet.rows.append([number if field == "seq" else row.get(field) for field in columns])
    return sheet
