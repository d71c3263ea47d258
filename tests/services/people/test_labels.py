"""The tags by which residents are told apart, in the list and on the file."""

from __future__ import annotations

from datetime import date

from case_world import HERE, TODAY, applied, family, out_of_work, person
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.core.accounts.scope import Scope
from qiao.core.ledgers import registry
from qiao.services.people import zero_employment
from qiao.services.people.labels import labels
from qiao.services.people.models import HardshipCase, Resident


def labelled(resident: Resident) -> list[str]:
    ledger = registry.get("residents")
    rows = ledger.joined(Resident.objects.within(Scope(HERE)), ["labels"])
    return labels(rows.get(pk=resident.pk), TODAY)


def test_age_allowance_registration_and_time_without_work(staff):
    young = person("王强", sex="M", born=date(1980, 6, 1), low_income=True)
    out_of_work(young, date(2006, 3, 1)).save()
    assert labelled(young) == ["low_income"]
    older = person("刘桂芳")
    spell = out_of_work(older, date(2006, 2, 28))
    spell.registered_on = date(2006, 3, 1)
    spell.save()
    assert labelled(older) == ["older", "registered", "long"]


def test_a_recognition_stands_for_what_it_rests_on(staff):
    who = person("刘桂芳")
    out_of_work(who, date(2006, 8, 1))
    case = applied(staff["station"], who, "older_4050")
    assert labelled(who) == ["older"]
    HardshipCase.objects.filter(pk=case.pk).update(recognised_on=TODAY)
    assert labelled(who) == ["hardship_older_4050"]
    HardshipCase.objects.filter(pk=case.pk).update(exited_on=TODAY, exit_reason="moved", closed_on=TODAY)
    assert labelled(who) == ["older"]


def test_members_of_a_household_without_work_are_marked(staff):
    who = person("王强", sex="M", born=date(1980, 6, 1))
    out_of_work(who, date(2006, 8, 1))
    family(who)
    assert labelled(who) == []
    zero_employment.sweep(HERE, TODAY)
    assert labelled(who) == ["zero"]


def test_tags_cost_no_query_for_each_row(at):
    browser = at("station")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "q-tag-warn" in browser.get("/l/residents/").content.decode()
        return len(asked)

    out_of_work(person("刘桂芳"), date(2005, 9, 1))
    queries()
    of_one = queries()
    for number in range(12):
        out_of_work(person(f"王{number}"), date(2005, 9, 1))
    assert queries() == of_one
