"""Declarations hold together, and a case moves only as its table says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.accounts.rights import Right
from qiao.core.procedures.declaration import BadProcedure, Procedure, Stage, Transition, procedures


@pytest.mark.parametrize("declared", procedures(), ids=lambda one: one.code)
def test_every_stage_is_reached_and_every_open_one_can_be_left_by_a_person(declared):
    reached = {declared.stages[0].code}
    for _ in declared.stages:
        reached |= {one.to for one in declared.transitions if reached & set(one.sources)}
    assert reached == set(declared.stage_by_code)
    for stage in declared.stages:
        if not stage.final:
            assert any(one.right for one in declared.ways_out(stage.code)), stage.code
        if stage.notice:
            assert stage.clock, "a public notice has an end"


def broken(**parts):
    body = {
        "code": "broken",
        "stages": (Stage("a", "A"), Stage("b", "B", final=True)),
        "transitions": (Transition("go", ("a",), "b", "Go", Right.CHECK_CASES),),
    }
    return type("Broken", (Procedure,), body | parts)


@pytest.mark.parametrize(
    "parts",
    [
        {"transitions": (Transition("go", ("a",), "nowhere", "Go"),)},
        {"transitions": ()},
        {"transitions": (Transition("go", ("a",), "b", "Go"), Transition("go", ("a",), "b", "Go"))},
        {"stages": (Stage("a", "A"), Stage("a", "A"), Stage("b", "B", final=True))},
    ],
    ids=["unknown stage", "no way out", "named twice", "stage twice"],
)
def test_a_contradiction_is_an_error_of_the_declaration(parts):
    broken()()
    with pytest.raises(BadProcedure):
        broken(**parts)()


ROLES = "station", "office", "district"
NAMES = sorted({name for one in procedures() for name in one.transition_by_name})

ATTEMPT = st.tuples(st.sampled_from(NAMES), st.sampled_from(ROLES), st.sampled_from([0, 0, 1, 14, 200]))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts=st.lists(ATTEMPT, max_size=25))
def test_whatever_is_tried_a_case_follows_the_table(staff, attempts):
    """Steps that succeed are steps of the table by the right role; the others change nothing."""
    import case_world as world

    from qiao.core.procedures.moves import take
    from qiao.core.procedures.refusal import Refused

    resident = world.person()
    world.out_of_work(resident, world.date(2005, 9, 1))
    case = world.applied(staff["station"], resident)
    world.all_papers(case)
    declared = next(one for one in procedures() if one.code == "hardship")
    extra = {"helper": staff["station"].user, "measures": "", "exit_reason": "moved"}
    world.clock.fix(world.TODAY)
    for name, who, wait in attempts:
        world.later(wait)
        before = type(case).objects.get(pk=case.pk)
        try:
            after = take(before, name, staff[who], opinion="同意", reason="情况属实", extra=extra)
        except Refused:
            assert type(case).objects.filter(pk=case.pk).values().get() == {
                field.attname: getattr(before, field.attname) for field in before._meta.concrete_fields
            }
        else:
            taken = declared.transition_by_name[name]
            assert before.stage in taken.sources
            assert after.stage == taken.to
            assert staff[who].can(taken.right)
            assert (after.closed_on is not None) == declared.stage_by_code[after.stage].final
