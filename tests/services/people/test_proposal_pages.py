"""Lists of what waits for an answer: the other side finds its own, nobody else finds anything."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.core.accounts.masking import mask_id
from qiao.core.intake.values.id_numbers import check_digit
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region
from qiao.services.people.actions import transfer, willingness
from qiao.services.people.models import Resident, Spell

NUMBER = "13010319620305002" + check_digit("13010319620305002")
MASKED = mask_id(NUMBER)


@pytest.fixture
def far(staff) -> Resident:
    person = world.person("孙远", world.ELSEWHERE, phone="13903112222")
    person.id_number = NUMBER
    person.save()
    world.out_of_work(person, date(2005, 9, 1))
    return person


def names(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_receiver_finds_name_and_masked_number_only(staff, far, at):
    here = Region.objects.get(pk=world.HERE)
    proposed = transfer.propose(far, here, date(2006, 8, 1), "搬家", staff["stranger"].user, world.TODAY)
    page = names(at("station"), "/people/transfers")
    assert "孙远" in page and MASKED in page and NUMBER not in page
    asked = at("station").get(f"/people/answer/transfer/{proposed.pk}/").content.decode()
    assert MASKED in asked and NUMBER not in asked and "13903112222" not in asked
    assert "孙远" in names(at("stranger"), "/people/transfers?tab=asked")
    assert "孙远" not in names(at("stranger"), "/people/transfers")
    at("station").post(f"/people/answer/transfer/{proposed.pk}/", {"answer": "yes"})
    for name in ("station", "stranger"):
        assert "孙远" in names(at(name), "/people/transfers?tab=answered")


def test_a_station_between_others_finds_no_transfer(staff, far, at):
    other = world.appoint("third", "station", world.NEXT)
    here = Region.objects.get(pk=world.HERE)
    proposed = transfer.propose(far, here, date(2006, 8, 1), "搬家", staff["stranger"].user, world.TODAY)
    third = world.browser(other)
    for tab in ("to_answer", "asked", "answered"):
        assert "孙远" not in names(third, f"/people/transfers?tab={tab}")
    for kind in ("transfer", "request"):
        assert third.get(f"/people/answer/{kind}/{proposed.pk}/").status_code == 404


def test_the_second_person_finds_what_a_colleague_asked(staff, at):
    someone = world.person()
    world.out_of_work(someone, date(2005, 9, 1))
    willingness.ask(someone, "unwilling", "带孙子", staff["station"].user, world.TODAY)
    assert "刘桂芳" in names(at("office"), "/people/willingness")
    assert "刘桂芳" in names(at("station"), "/people/willingness")
    for name in ("stranger", "stranger_office"):
        for tab in ("to_answer", "asked", "answered"):
            assert "刘桂芳" not in names(at(name), f"/people/willingness?tab={tab}")


def test_a_person_recorded_elsewhere_is_asked_for_and_released(staff, far, at):
    station = at("station")
    entry = {"name": "孙远", "id_number": NUMBER, "region": str(world.HERE), "able": "on", "willing": "1"}
    refused = station.post("/l/residents/new", entry)
    assert refused.status_code == 422, refused.context["form"].errors
    assert refused.context["form"].objection, refused.context["form"].errors
    assert "长征社区" in refused.content.decode()
    ticket = refused.context["form"].objection.remedy.url
    assert at("stranger_office").get(ticket).status_code == 404
    assert "孙远" in names(station, ticket)
    assert station.post(ticket, {"moved_on": "2006-08-01", "reason": "现住本社区"}).status_code == 302
    with beyond_scope("the test looks everywhere"):
        asked = far.transfers.get()
    assert asked.requested
    door = f"/people/answer/request/{asked.pk}/"
    assert station.get(door).status_code == 404
    assert station.get(f"/people/answer/transfer/{asked.pk}/").status_code == 404
    assert at("stranger").post(door, {"answer": "yes"}).status_code == 302
    far.refresh_from_db()
    assert far.region_id == world.HERE
    spells = Spell.objects.filter(resident=far).order_by("counted_from")
    assert [(one.region_id, one.since) for one in spells] == [
        (world.ELSEWHERE, date(2005, 9, 1)),
        (world.HERE, date(2005, 9, 1)),
    ]
    assert station.get(ticket[:-2] + "xx").status_code == 404
