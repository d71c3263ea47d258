"""The books of the work side, as street offices and the district keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from qiao.demo.district import communities
from qiao.demo.registers import Row, table, word
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
                "owner": outlet.owner_name,
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


def posts(work: Work, here: Within) -> Iterator[Row]:
    words, flags = load("work"), load("words")["flags"][0]
    for post in [*work.posts, *work.fair_posts]:
        if here(post.community):
            low, high = post.pay
            yield {
                "employer": post.firm.name,
                "title": post.title,
                "kind": post.kind,
                "openings": post.openings,
                "pay": words["pay_flat" if low == high else "pay_range"].format(low, high),
                "hours": post.hours,
                "education": post.education or None,
                "ages": words["ages"].format(*post.ages) if post.ages else None,
                "welfare": flags["yes" if post.welfare else "no"],
                "source": words["sources"][post.source],
                "officer": _source_name(post.source),
                "community": _place(post.community),
                "published_on": post.published_on,
                "valid_until": post.valid_until,
            }


def _source_name(source: str) -> str | None:
    words = load("work")
    return {"market": words["market_name"], "officer": words["officer_name"]}.get(source)


def placed(work: Work, here: Within) -> Iterator[Row]:
    words = load("work")
    for one in work.placements:
        if here(one.home.code):
            spell = one.spell
            yield {
                "name": one.person.name,
                "sex": word("sex", one.person.sex),
                "id_number": one.person.id_number,
                "community": _place(one.home.code),
                "employer": one.post.firm.name if one.post else spell.employer,
                "title": spell.trade,
                "form": words["forms"][spell.form],
                "source": words["sources"][one.source],
                "market": words["market_name"] if one.source == "market" else None,
                "started_on": one.on,
                "contract": one.contract or None,
                "contract_until": one.contract_until,
                "registered_on": one.registered_on,
                "ended_on": spell.until,
                "end_reason": words["ends"].get(one.end_reason, words["other_end"]) if spell.until else None,
            }


def _booths(work: Work) -> dict[str, str]:
    """The number of each employer's booth, in the order of the list."""
    names = dict.fromkeys(post.firm.name for post in work.fair_posts)
    return {name: f"{number:03}" for number, name in enumerate(names, 1)}


def fair_book(work: Work, here: Within) -> Iterator[Row]:
    words, booths = load("work"), _booths(work)
    for post in work.fair_posts:
        low, high = post.pay
        yield {
            "booth": booths[post.firm.name],
            "employer": post.firm.name,
            "title": post.title,
            "openings": post.openings,
            "pay": words["pay_flat" if low == high else "pay_range"].format(low, high),
            "wanted": post.education or None,
            "fair": words["fair"]["name"],
        }


def fair_intentions(work: Work, here: Within) -> Iterator[Row]:
    words, booths = load("work"), _booths(work)
    for one in work.intentions:
        yield {
            "name": one.person.name,
            "sex": word("sex", one.person.sex),
            "id_number": one.person.id_number,
            "community": _place(one.home.code),
            "booth": booths[one.post.firm.name],
            "title": one.post.title,
            "hired_on": one.hired.on if one.hired else None,
            "fair": words["fair"]["name"],
        }


BOOKS: dict[str, Callable[[Work, Within], Iterator[Row]]] = {
    "employers": employers,
    "outlets": outlets,
    "enterprises": enterprises,
    "bases": bases,
    "posts": posts,
    "placed": placed,
    "fair_book": fair_book,
    "fair_intentions": fair_intentions,
}


def book(kind: str, work: Work, street: int | None, place: str | None) -> Sheet:
    """One book of a street office, or of the whole district when `street` is None."""
    words = load("registers")
    form: dict[str, Any] = words["registers"][kind]
    unit_line = words["unit_line" if place else "district_line"]
    rows = list(BOOKS[kind](work, lambda community: street is None or community // 1000 * 1000 == street))
    return table(form["title"].format(place=place), unit_line.format(place=place), form["columns"], rows)
