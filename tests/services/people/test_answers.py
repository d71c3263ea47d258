"""What one person asked for, another answers, at their own desk."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.core.procedures.models import Paper, Step
from qiao.core.regions.models import Region
from qiao.services.people.actions import transfer, willingness
from qiao.services.people.models import HardshipCase, Resident, Transfer, WillingnessChange


@pytest.fixture
def moved(staff) -> Transfer:
    far = world.person("孙远", world.ELSEWHERE)
    world.out_of_work(far, date(2005, 9, 1))
    here = Region.objects.get(pk=world.HERE)
    return transfer.propose(far, here, date(2006, 8, 1), "搬家", staff["stranger"].user, date(2006, 8, 1))


@pytest.fixture
def unwilling(staff) -> WillingnessChange:
    someone = world.person()
    world.out_of_work(someone, date(2005, 9, 1))
    return willingness.ask(someone, "unwilling", "回家带孙子", staff["station"].user, date(2006, 8, 1))


def test_the_receiver_sees_who_comes_and_accepts(moved, at):
    station = at("station")
    address = f"/people/answer/transfer/{moved.pk}/"
    assert "孙远" in station.get(address).content.decode()
    assert station.post(address, {"answer": "yes"}).status_code == 302
    assert Resident.objects.get(pk=moved.resident_id).region_id == world.HERE
    again = station.post(address, {"answer": "yes"})
    assert again.status_code == 409


def test_the_file_of_a_case_moves_with_the_person(staff, moved, at):
    case = world.applied(staff["stranger"], moved.resident)
    world.all_papers(case)
    at("station").post(f"/people/answer/transfer/{moved.pk}/", {"answer": "yes"})
    for model in (HardshipCase, Step, Paper):
        assert set(model.objects.values_list("region", flat=True)) == {world.HERE}
    assert at("station").get(f"/cases/hardship/{case.pk}/").context["events"]


def test_a_refusal_says_why(moved, at):
    station = at("station")
    address = f"/people/answer/transfer/{moved.pk}/"
    assert station.post(address, {"answer": "no"}).status_code == 422
    assert station.post(address, {"answer": "no", "note": "查无此人"}).status_code == 302
    assert Resident.objects.get(pk=moved.resident_id).region_id == world.ELSEWHERE


def test_only_the_receiver_answers_a_transfer(moved, at):
    address = f"/people/answer/transfer/{moved.pk}/"
    for name in ("stranger", "stranger_office"):
        assert at(name).post(address, {"answer": "yes"}).status_code == 404
    assert at("leader").post(address, {"answer": "yes"}).status_code == 403


def test_leaving_the_labour_force_takes_a_second_person_of_the_office(unwilling, at):
    address = f"/people/answer/willingness/{unwilling.pk}/"
    assert at("station").post(address, {"answer": "yes"}).status_code == 403
    assert at("stranger_office").post(address, {"answer": "yes"}).status_code == 404
    assert at("office").post(address, {"answer": "yes"}).status_code == 302
    resident = Resident.objects.get(pk=unwilling.resident_id)
    assert (resident.willing, resident.state) == (False, "not_in_labour_force")


def test_unknown_questions_are_not_found(staff, at):
    assert at("office").get("/people/answer/nonsense/1/").status_code == 404
    assert at("office").get(f"/people/answer/transfer/{2**70}/").status_code == 404
