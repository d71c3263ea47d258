"""A run: who gets what, what is kept, and what a stop in the middle leaves."""

from __future__ import annotations

import pytest
from case_world import DISTRICT, HERE, TODAY, family
from django.core.management import CommandError, call_command
from match_world import lay_market

from qiao.core.accounts.scope import Scope
from qiao.services.matching import rematch as module
from qiao.services.matching.models import Run, Snapshot
from qiao.services.matching.names import people_of
from qiao.services.matching.packing import unpack
from qiao.services.matching.rematch import rematch
from qiao.services.people.models import Resident, ZeroEmploymentCase
from qiao.services.vacancies.models import Post


def given(run: Run) -> dict[str, str]:
    found = people_of(run, "placed", False, Scope(DISTRICT), 0, 100)
    residents, posts = (model.objects.in_bulk() for model in (Resident, Post))
    return {residents[one.resident].name: posts[one.post].title for one in found}


def test_the_known_best_is_found_and_hardship_comes_first(staff, capsys):
    lay_market()
    call_command("match", region="130103")
    run = Run.objects.get()
    assert given(run) == {"刘桂芳": "保洁员", "张建国": "保安员"}
    assert (run.mode, run.region_id, run.on, run.weights) == ("lexicographic", DISTRICT, TODAY, "2006.1")
    figures = run.figures
    assert (figures["people"], figures["placed"], figures["hardship_placed"], figures["hardship_bound"]) == (
        4,
        2,
        1,
        1,
    )
    assert run.others and run.other_mode == "fair"
    assert "hardship 1 of 1" in capsys.readouterr().out


def test_the_columns_come_back_as_they_went_in(staff):
    lay_market()
    run = rematch(DISTRICT, TODAY)
    packed = unpack(Snapshot.objects.get(run=run).packed)
    from qiao.engines.matching import match

    again = match(packed.market)
    assert (again.inputs, list(again.post)) == (run.inputs, list(packed.run.post))
    assert again.figures == packed.run.figures


def test_one_member_of_a_household_without_work_goes_before_all(staff):
    """Two posts; both members could take either, and a person in hardship wants one: one member, then that person."""
    people, _posts = lay_market()
    home = family(people["other"], people["guard"])
    ZeroEmploymentCase.objects.create(
        household=home, region_id=HERE, found_on=TODAY, stage="found", stage_since=TODAY, opened_on=TODAY
    )
    run = rematch(DISTRICT, TODAY)
    packed = unpack(Snapshot.objects.get(run=run).packed)
    tiers = dict(zip(packed.market.people.id.tolist(), packed.run.tier.tolist(), strict=True))
    tiers = {one.name: tiers[one.pk] for one in people.values()}
    assert sorted((tiers["王秀英"], tiers["张建国"])) == [0, 2] and tiers["刘桂芳"] == 1
    assert len(given(run)) == 2 and "刘桂芳" in given(run)


def test_an_empty_market_is_a_run_too(staff):
    run = rematch(DISTRICT, TODAY)
    assert (run.figures["people"], run.figures["posts"], given(run)) == (0, 0, {})


def test_a_run_killed_in_the_middle_leaves_nothing(staff, monkeypatch):
    lay_market()
    before = rematch(DISTRICT, TODAY)
    kept, forget = given(before), module._forget

    def killed(*arguments):
        forget(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_forget", killed)
    with pytest.raises(KeyboardInterrupt):
        rematch(DISTRICT, TODAY)
    assert list(Run.objects.all()) == [before] and Snapshot.objects.count() == 1
    assert given(before) == kept


def test_lists_of_old_runs_go_and_their_figures_stay(staff, monkeypatch):
    from qiao.core.standards.models import ParameterValue

    lay_market()
    ParameterValue.objects.filter(code="matching_runs_kept").update(value=2)
    runs = [rematch(DISTRICT, TODAY) for _ in range(3)]
    assert Run.objects.count() == 3 and Snapshot.objects.count() == 2
    assert people_of(runs[0], "placed", False, Scope(DISTRICT), 0, 9) is None and given(runs[1])


def test_weights_of_the_district_make_a_version_of_their_own(staff):
    from qiao.core.standards.models import ParameterValue

    ParameterValue.objects.filter(code="matching_weight_wage").update(value=35)
    run = rematch(DISTRICT, TODAY, "soft")
    assert run.weights == "2006.1 · 33/17/29/13/8" and run.mode == "soft"


def test_a_place_that_is_no_district_is_refused(staff):
    with pytest.raises(CommandError, match="no code"):
        call_command("match", region="13010x")
    with pytest.raises(CommandError, match="no district"):
        call_command("match", region=str(HERE))


def test_queries_do_not_grow_with_the_market(staff, django_assert_max_num_queries):
    lay_market()
    rematch(DISTRICT, TODAY)
    with django_assert_max_num_queries(16):
        rematch(DISTRICT, TODAY)


def test_a_certificate_is_held_by_whoever_passed_the_course(staff):
    """Two want the post that asks for a certificate; only the one who was trained may have it."""
    from datetime import date

    from match_world import CLEANER, jobless
    from post_world import post

    from qiao.services.training.models import Course, Enrolment, TrainingClass

    trained, other = jobless("王秀英"), jobless("李娜", skill="保洁")
    cleaning = post("保洁员", occupation_code=CLEANER, certificates="保洁员上岗证", openings=2)
    course = Course.objects.create(
        region_id=HERE, title="家庭服务", kind="skill", trade="household", occupation_code=CLEANER, certificate="level"
    )  # fmt: skip
    held = TrainingClass.objects.create(
        region_id=HERE, number="1", course=course, starts_on=date(2006, 3, 1), ends_on=date(2006, 4, 1), seats=9
    )  # fmt: skip
    passed = Enrolment.objects.create(
        region_id=HERE, resident=trained, training_class=held, entered_on=date(2006, 3, 1), stage="finished",
        finished_on=date(2006, 4, 1), followed_until=date(2006, 10, 1), result="failed",
    )  # fmt: skip
    assert given(rematch(DISTRICT, TODAY)) == {}
    Enrolment.objects.filter(pk=passed.pk).update(result="passed")
    assert given(rematch(DISTRICT, TODAY)) == {trained.name: cleaning.title}
    Resident.objects.filter(pk=other.pk).update(skill="有保洁员上岗证")
    assert set(given(rematch(DISTRICT, TODAY))) == {trained.name, other.name}
