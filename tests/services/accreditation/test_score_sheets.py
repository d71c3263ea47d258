"""The live score sheets: each community by its own records, every item opens, what is missing is said."""

from __future__ import annotations

import re
from datetime import date

import case_world as world
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.core.accounts.scope import Scope
from qiao.core.indicators import figures, registry
from qiao.core.standards.scoring import Kind
from qiao.services.accreditation.sheets import best, card_of, live

DAY = world.TODAY


def sheets():
    scope = Scope(world.DISTRICT)
    return {one.region.code: one for one in live(scope, card_of(scope, DAY), DAY)}


@pytest.fixture
def people(staff):
    """Nineteen of twenty at work, one unemployed for long."""
    for n in range(19):
        world.at_work(world.person(f"在岗{n}"), date(2005, 1, 3))
    world.out_of_work(world.person("刘长期"), date(2005, 9, 1))


def test_the_sheet_counts_what_the_records_give_and_opens_it(people, at):
    answer = at("district").get(f"/accreditation/{world.HERE}/")
    lines = {str(line.name): line for line in answer.context["lines"]}
    employed = lines["Employment of the able and willing"]
    assert (employed.found, employed.parts, employed.points, employed.met) == ("95%", "19 / 20", "20", True)
    long = lines["Nobody unemployed for over six months"]
    assert (long.found, long.points, long.missing) == ("1", "7", "1 short")
    assert lines["Employment of people in hardship"].empty
    judged = lines["Ledgers complete and true"]
    assert judged.met is None and judged.evidence
    assert next(iter(lines.values())).kind == "Veto"
    names = at("district").get(employed.url).content.decode()
    assert "19" in names and re.search(r"在[*岗]|刘[*长]", names), re.sub(r"<[^>]+>|\s+", " ", names)[
        1500:4000
    ]
    assert "counts as met" in answer.content.decode()


def test_every_reading_is_its_figure(people):
    for code, sheet in sheets().items():
        for row in sheet.card.rows:
            if row.figure and not row.by:
                counted = figures.figure(registry.get(row.figure), Scope(code), sheet.period, DAY)
                read = sheet.readings[row.code]
                assert (read.above, read.below) == (
                    (counted.numerator or 0, counted.denominator)
                    if counted.denominator is not None
                    else (counted.amount or 0, None)
                )


def test_what_is_judged_is_given_in_full_at_best_and_the_plan_passes(people):
    for sheet in sheets().values():
        for row in sheet.card.rows:
            line = next(one for one in sheet.at_best.lines if one.item.code == row.code)
            if not row.figure:
                assert line.points == row.item.most and line.passes
            if row.item.kind is not Kind.VETO:
                assert row.item.points(best(row.item)) == row.item.most
        if sheet.plan:
            better = {
                line.item.code: line.item.better(line.reading, sheet.plan.get(line.item.code, 0))
                for line in sheet.at_best.lines
            }
            assert sum(line.item.points(better[line.item.code]) for line in sheet.at_best.lines) >= (
                sheet.card.pass_mark
            )


def test_the_list_holds_each_community_of_the_scope_and_asks_a_constant_number_of_queries(people, at):
    def rows(client, address="/accreditation/"):
        answer = client.get(address)
        assert answer.status_code == 200
        return {row["region"].code for row in answer.context["rows"]}

    assert {world.HERE, world.ELSEWHERE} <= rows(at("district"))
    assert rows(at("station")) == {world.HERE}
    assert at("stranger").get(f"/accreditation/{world.HERE}/").status_code == 404
    assert at("district").get("/accreditation/999999999999/").status_code == 404
    assert at("district").get(f"/accreditation/{world.DISTRICT}/").status_code == 404
    counts = []
    for name in ("station", "district"):
        at(name).get("/accreditation/")
        with CaptureQueriesContext(connection) as asked:
            live(
                Scope(world.HERE if name == "station" else world.DISTRICT),
                card_of(Scope(world.HERE), DAY),
                DAY,
            )
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_place_without_a_sheet_says_so(people, at, settings):
    from qiao.core.standards.models import ParameterValue

    ParameterValue.objects.filter(code="community_sheet").delete()
    told = at("station").get("/accreditation/").content.decode()
    assert re.search("No score sheet holds here", told)
    assert at("station").get(f"/accreditation/{world.HERE}/").status_code == 404
