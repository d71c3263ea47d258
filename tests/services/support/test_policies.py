"""Policies find people: the sweep, the duty, the file, the page for anybody, and a parameter about to change."""

from __future__ import annotations

from datetime import date

import case_world as world
import polars as pl
import pytest
import support_world as market
from django.test import Client

from qiao.core.accounts.scope import Scope
from qiao.core.duties.declaration import Viewer, duty
from qiao.core.duties.worklist import owed_rows
from qiao.core.standards import actions as standards
from qiao.core.standards.models import ParameterValue
from qiao.engines.rules import Verdict
from qiao.services.support import facts, judging, sweeping, tasks
from qiao.services.support.models import Entitlement
from qiao.services.support.policies import POLICIES, wording

pytestmark = pytest.mark.django_db
VISITOR = {
    "place": world.DISTRICT,
    "sex": "F",
    "birth": "1962-03",
    "work": "self",
    "business": "2005-03",
    "trade": "shop",
}


def found(resident) -> dict[str, str]:
    return dict(Entitlement.objects.filter(resident=resident).values_list("policy", "state"))


def test_every_policy_clause_column_and_paper_has_its_words(staff):
    words = wording()
    for policy in POLICIES:
        said = words.policies[policy.code]
        assert said.name.en and said.name.zh and said.papers
        str(said.gives).format_map(judging.Filled({}))
        for clause in policy.clauses:
            assert words.clauses[clause.code].zh
            assert not clause.paper or clause.paper in words.papers
    assert set(words.columns) >= {*facts.SCHEMA} - {"since"}


def test_one_person_is_told_what_the_sweep_finds(staff):
    people = [
        market.trader()[0],
        world.person("王建国", sex="M", born=date(1950, 1, 1)),
        world.person("李秀英", world.ELSEWHERE, born=None, sex=""),
        world.person("赵敏", kind="rural_worker", disability="肢体三级"),
    ]
    world.out_of_work(people[1], date(2005, 1, 1))
    rows = facts.of_scope(Scope(world.DISTRICT), world.TODAY)
    swept = {row["resident"]: row for row in sweeping.verdicts(rows, world.TODAY).to_dicts()}
    for one in people:
        shown = judging.answers(facts.of_person(one.pk, world.TODAY), one.region_id, world.TODAY)
        assert {policy.code: policy.verdict for policy in shown} == {
            policy.code: swept[one.pk][policy.code] for policy in shown
        }
        assert all(
            swept[one.pk][one_.code] == 0 for one_ in POLICIES if one_.code not in {s.code for s in shown}
        )


def test_the_night_finds_who_is_entitled_and_the_station_tells_them(staff, at):
    owner, _stall = market.trader()
    tasks.sweep(world.DISTRICT)
    assert found(owner)["tax_quota"] == "fits"
    assert found(owner)["fees_local"] == "fits"
    viewer = Viewer(staff["station"], world.TODAY)
    assert list(owed_rows(duty("support_tell"), viewer).values_list("owed_target", flat=True)) == [owner.pk]
    assert not owed_rows(duty("support_tell"), Viewer(staff["stranger"], world.TODAY)).exists()
    page = at("station").get(f"/support/people/{owner.pk}/")
    assert "Tax relief for the self-employed" in page.text and "The person has not been told yet" in page.text
    at("station").post(f"/support/people/{owner.pk}/told", {"answer": "will come"})
    assert not owed_rows(duty("support_tell"), viewer).exists()
    assert Entitlement.objects.filter(answer="will come", told_by=staff["station"].user).exists()
    assert sweeping.find(world.DISTRICT, world.TODAY) == 0


def test_what_ends_within_sixty_days_is_found_with_its_day_and_then_lost(staff):
    """Three years after the opening no tax relief is left."""
    owner, _stall = market.trader(opened_on=date(2003, 9, 21))
    sweeping.find(world.DISTRICT, world.TODAY)
    one = Entitlement.objects.get(resident=owner, policy="tax_quota")
    assert (one.state, one.turns_on) == ("ending", date(2006, 9, 21))
    sweeping.find(world.DISTRICT, world.later(30))
    one.refresh_from_db()
    assert (one.state, one.turns_on, one.told_on) == ("lost", None, None)


def test_what_is_about_to_fit_is_found_ahead(staff):
    """Somebody whose help ran out and who comes within five years of retirement."""
    who = world.person(born=date(1961, 10, 10))
    world.spell(who, "employed", date(2006, 1, 1), form="flexible")
    case = world.applied(staff["station"], who)
    type(case).objects.filter(pk=case.pk).update(recognised_on=date(2006, 1, 1))
    market.Benefit.objects.create(
        kind="insurance", resident=who, region_id=who.region_id, stage="ended", stage_since=world.TODAY,
        opened_on=date(2003, 1, 1), closed_on=date(2006, 1, 1), from_on=date(2003, 1, 1), until_on=date(2006, 1, 1),
    )  # fmt: skip
    sweeping.find(world.DISTRICT, world.TODAY)
    one = Entitlement.objects.get(resident=who, policy="insurance")
    assert (one.state, one.turns_on) == ("coming", date(2006, 10, 1))


def test_what_somebody_has_already_is_no_news(staff):
    owner, stall = market.trader()
    market.running(staff, outlet=stall)
    sweeping.find(world.DISTRICT, world.TODAY)
    assert "tax_quota" not in found(owner)


def test_the_file_shows_what_fits_and_which_paper_is_missing(at):
    owner, _stall = market.trader(certificate_no="")
    page = at("station").get(f"/l/residents/{owner.pk}/")
    assert "Policies" in page.text
    assert "Missing: Re-employment certificate" in page.text


def test_a_stranger_sees_no_policies_of_a_person(at):
    owner, _stall = market.trader()
    assert at("stranger").get(f"/support/people/{owner.pk}/").status_code == 404
    assert at("stranger").post(f"/support/people/{owner.pk}/told").status_code == 404


def test_a_visitor_is_answered_and_nothing_is_stored(staff, django_assert_num_queries):
    client = Client(headers={"accept-language": "en"})
    assert "no name" in client.get("/policies/").text.lower()
    page = client.post("/policies/", {**VISITOR, "certificate": "yes"})
    assert page.status_code == 200
    assert "Up to 8,000 yuan a business and year" in page.text
    assert "Bring:" in page.text
    assert not Entitlement.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_visitor_who_does_not_know_hears_what_is_missing(staff):
    page = Client(headers={"accept-language": "en"}).post("/policies/", VISITOR)
    assert "Missing: Re-employment certificate" in page.text


def test_a_visitor_who_says_nothing_is_asked_again(staff):
    page = Client(headers={"accept-language": "en"}).post("/policies/", {"birth": "someday"})
    assert page.status_code == 422


def test_a_parameter_tells_before_it_is_saved_whom_it_adds_and_drops(at):
    market.trader()
    address = "/settings/parameters/relief_groups/"
    given = {
        "place": world.DISTRICT,
        "value": ["registered"],
        "valid_from": "2006-08-31",
        "source": "x",
        "reason": "x",
        "doubt": "",
    }
    before = ParameterValue.objects.count()
    page = at("district").post(address, given)
    assert "Tax relief for the self-employed: 1 now, 0 then" in page.text
    assert "0 are added, 1 drop out." in page.text
    assert ParameterValue.objects.count() == before
    seen = page.context["given"]
    changed = at("district").post(address, {**given, "value": ["disabled"], "seen": seen})
    assert changed.status_code == 200 and ParameterValue.objects.count() == before
    assert at("district").post(address, {**given, "seen": seen}).status_code == 302
    assert ParameterValue.objects.count() == before + 1


def test_a_value_of_a_community_is_not_overruled_by_one_of_the_district(staff):
    from qiao.services.support.foresight import effects

    market.trader()
    standards.put(
        "relief_groups", world.HERE, ("certificate",), valid_from=date(2006, 1, 1), source="x", reason="x"
    )
    assert list(effects("relief_groups", world.DISTRICT, ("disabled",), world.TODAY)) == []


def test_an_empty_district_is_swept(staff):
    assert sweeping.find(world.DISTRICT, world.TODAY) == 0
    rows = pl.DataFrame(schema=facts.WHOLE)
    assert sweeping.verdicts(rows, world.TODAY).height == 0


def test_the_verdict_of_nobody_is_no(staff):
    shown = judging.answers(facts.of_person(0, world.TODAY), world.HERE, world.TODAY)
    assert all(one.verdict is not Verdict.FITS for one in shown)
