"""The figures of the work report, computed from records that came in by the books, each equal to its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from docx import Document

from qiao.core.accounts import staff_list
from qiao.core.accounts.scope import Scope
from qiao.core.calendars import clock
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry, rollup
from qiao.core.indicators.declarations import Ratio
from qiao.core.regions import loading as regions
from qiao.demo import fair_day, formats, loading, loan_desk, registers, staff
from qiao.demo.district import district as the_district
from qiao.demo.district import streets
from qiao.demo.money import books as money
from qiao.demo.registers import table
from qiao.demo.words import DATA, load
from qiao.demo.work import books
from qiao.demo.work.model import Work
from qiao.demo.work.plan import plan
from qiao.demo.writing import MONEY_BY_DISTRICT, WORK_BY_DISTRICT, WORK_BY_STREET, Entry, known_by_number

TODAY = date(2006, 8, 31)
HERE = the_district().code
UNITS = {"yuan": 100}
"""Of what figures count, in one of the source's unit: money is counted in fen."""
ROSTER = {"name": "姓名", "sex": "性别", "id_number": "身份证号", "community": "社区"}


def roster(district) -> Iterator[dict[str, str]]:
    for home in district.communities:
        place = load("layouts")["full"].format(short=home.short)
        for person in home.residents:
            sex = load("words")["sex"][person.sex][0]
            yield {"name": person.name, "sex": sex, "id_number": person.id_number, "community": place}


def taken_in(folder: Path, ledger: str, region: int, sheet, unknown: int = 0) -> None:
    """`unknown`: lines of people whom their number does not find."""
    path = folder / f"{ledger}-{region}.xlsx"
    formats.xlsx(path, [sheet])
    batch = loading._import(folder, Entry(path.name, ledger, region, "register", len(sheet.rows)))
    assert batch.counts.get("error", 0) == unknown, (ledger, region, batch.counts)
    assert ledger == "residents" or not batch.counts.get("confirm"), (ledger, region, batch.counts)


def analyse() -> None:
    """Within one transaction nobody tells the planner that the tables are no longer empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def whole_district(folder: Path, district) -> Work:
    """The people by one plain roster, their recognitions and their work by the books that the demo district keeps."""
    clock.fix(TODAY)
    regions.load((DATA / "district.csv").read_bytes())
    people = staff.staff(2006, district.communities)
    formats.xlsx(folder / "staff.xlsx", [staff.sheet(people)])
    staff_list.take(folder / "staff.xlsx", date(2003, 8, 31), "Qiao-demo-2006")
    taken_in(folder, "residents", HERE, table("x", None, ROSTER, list(roster(district))))
    known = known_by_number(district)
    cut_off = (one for one in district.residents if one.key not in known)
    unknown = sum(made.recognised_on is not None for one in cut_off for made in one.recognitions)
    recognised = registers.book("recognitions", district.communities, None)
    taken_in(folder, "recognitions", HERE, recognised, unknown)
    analyse()
    work = plan(2006, district, known, staff.of_offices(people))
    for kind in WORK_BY_STREET:
        for street in streets():
            taken_in(folder, kind, street.code, books.book(kind, work, street.code, street.name))
    fair_day.hold(HERE)
    for kind in WORK_BY_DISTRICT:
        region = load("work")["fair"]["community"] if kind == "fair_book" else HERE
        taken_in(folder, kind, region, books.book(kind, work, None, None))
    with_money(folder, money.plan(2006, work))
    return work


def with_money(folder: Path, made: money.Money) -> None:
    """Relief by the books of the street offices, loans by the loan section's book, repayments by the bank's list."""
    for street in streets():
        taken_in(folder, "relief", street.code, money.book("relief", made, street.code, street.name))
    loan_desk.set_up(HERE)
    for kind in MONEY_BY_DISTRICT:
        taken_in(folder, kind, HERE, money.book(kind, made, None, None))


def windows(report: dict[str, dict]) -> Iterable[tuple[str, int, Period]]:
    for code, fact in report.items():
        if "since" in fact:
            yield (
                code,
                fact["value"] * UNITS.get(fact["unit"], 1),
                Period.between(fact["since"], fact.get("until", TODAY)),
            )
        elif "day" in fact:
            yield code, fact["value"], Period.between(fact["day"], fact["day"])
        else:
            yield code, fact["value"], Period.parse("2006-08")


def named(indicator, scope: Scope, period: Period) -> int | Fraction:
    """The figure, counted on the records that it opens to."""
    if not isinstance(indicator, Ratio):
        return indicator.total(figures.drill(indicator, scope, period, today=TODAY))
    above, below = (
        tally.total(figures.drill(indicator, scope, period, part=part, today=TODAY))
        for tally, part in ((indicator.numerator, "numerator"), (indicator.denominator, "denominator"))
    )
    return round(Fraction(above * indicator.per, below), 1)


@pytest.mark.long
@pytest.mark.django_db
def test_every_figure_of_the_report_comes_out_of_the_records(tmp_path, settings, district):
    settings.MEDIA_ROOT = tmp_path / "kept"
    whole_district(tmp_path, district)
    scope = Scope(HERE)
    analyse()
    rollup.merge_all(scope, TODAY)
    found = {}
    for code, value, period in windows(load("report")):
        indicator = registry.get(code)
        shown = round(figures.figure(indicator, scope, period, TODAY).value, 1)
        found[code] = (shown, named(indicator, scope, period), value)
    wrong = {code: one for code, one in found.items() if len(set(one)) > 1}
    assert not wrong, wrong
    text = report_in_word(tmp_path / "report.docx")
    missing = {code for code, fact in load("report").items() if not stands_in(fact["value"], text)}
    assert not missing, (missing, text)


def report_in_word(path: Path) -> str:
    call_command("report", "work", region=str(HERE), as_of=str(TODAY), out=path)
    return "\n".join(one.text for one in Document(path).paragraphs)


def stands_in(number: int, text: str) -> bool:
    """As a number of its own, not within a longer one."""
    return re.search(rf"(?<![\d.]){number}(?![\d.])", text) is not None
