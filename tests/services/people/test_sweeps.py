"""What the night finds: likely doubles once, strange patterns until they are settled."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
import pytest
from django.core.management import CommandError, call_command

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.services.people.models import DuplicatePair, PatternFlag, Resident
from qiao.services.people.sweeps import duplicates, patterns

DAY = date(2006, 8, 31)


def found() -> set[tuple[int, int, str]]:
    return set(DuplicatePair.objects.values_list("resident", "other", "found"))


@pytest.mark.django_db
def test_each_likely_double_is_stated_once(staff):
    one = world.person(phone="13903111111", address="建安路1号")
    phone = world.person(phone="13903111111", born=date(1970, 1, 1), sex="F")
    born = world.person(region=world.ELSEWHERE)
    heard = world.person("刘贵芳", address="建安路1号")
    world.person("赵铁柱", sex="M", born=date(1950, 7, 7))
    duplicates.sweep(world.DISTRICT, DAY)
    first = found()
    assert (one.pk, phone.pk, "name_phone") in first
    assert (one.pk, born.pk, "name_birth") in first
    assert (one.pk, heard.pk, "sweep") in first
    assert all(a < b for a, b, _how in first)
    DuplicatePair.objects.update(verdict="different")
    again = duplicates.sweep(world.DISTRICT, DAY)
    assert (again.name_phone, again.name_birth, again.alike) == (0, 0, 0)
    assert found() == first and not DuplicatePair.objects.filter(verdict="open").exists()


def test_namesakes_with_their_own_numbers_are_two_people(staff):
    for number in ("130103196203050027", "13010319620305006X"):
        person = world.person()
        person.id_number = number
        person.save()
    assert duplicates.sweep(world.DISTRICT, DAY).name_birth == 0


def flags() -> set[tuple[str, str, int]]:
    return set(PatternFlag.objects.values_list("pattern", "key", "people"))


def test_patterns_are_flagged_with_the_people_behind_them(staff):
    people = [world.person(f"张{n}", phone="03118888888" if n < 5 else "") for n in range(12)]
    for n, person in enumerate(people):
        start = date(2005, 1, 3) + timedelta(days=n)
        world.spell(person, "unemployed", start)
        world.spell(person, "employed", start + timedelta(days=365), form="unit", employer="建安超市")
    patterns.sweep(world.DISTRICT, DAY)
    assert flags() == {("identical_spells", "length 365", 12), ("one_phone", one_phone_key(), 5)}
    flag = PatternFlag.objects.get(pattern="identical_spells")
    assert flag.resident_ids == sorted(person.pk for person in people)
    assert patterns.sweep(world.DISTRICT, DAY) == 0


def open_patterns() -> int:
    return figure("open_patterns").value


def figure(code: str):
    indicator = registry.get(code)
    scope = Scope(world.DISTRICT)
    table = figures.table([indicator], scope, scope.level, [Period.parse("2006-08")], today=DAY)
    return table.total(indicator)


def test_the_quality_of_records_opens_to_those_that_are_not_sound(staff):
    numbers = ("130103196203050027", "13010319620305006X", "130103196203050086")
    people = [world.person(education="high", phone="03118888888") for _number in numbers]
    for person, number in zip(people, numbers, strict=True):
        person.id_number = number
        person.save()
    _sound, unreached, unschooled = people
    Resident.objects.filter(pk=unreached.pk).update(phone="", address="")
    Resident.objects.filter(pk=unschooled.pk).update(education="")
    quality = figure("record_quality")
    assert (quality.numerator, quality.denominator) == (1, 3)
    missing = figures.drill(
        registry.get("record_quality"),
        Scope(world.DISTRICT),
        Period.parse("2006-08"),
        part="missing",
        today=DAY,
    )
    assert {one.pk for one in missing} == {unreached.pk, unschooled.pk}
    Resident.objects.filter(pk=unreached.pk).update(phone2="03118888888")
    assert figure("record_quality").numerator == 2


def one_phone_key() -> str:
    key = PatternFlag.objects.get(pattern="one_phone").key
    assert "8888" not in key
    return key


def test_a_settled_flag_stays_as_it_was_settled(staff, at):
    for n in range(9):
        world.at_work(world.person(f"李{n}"), date(2006, 6, 29))
    patterns.sweep(world.DISTRICT, DAY)
    flag = PatternFlag.objects.get(pattern="month_end_burst")
    assert flag.key == "2006-06"
    address = f"/people/patterns/{flag.pk}"
    assert "李1" in at("office").get(address).content.decode()
    said = {"verdict": "true", "explanation": "超市开业集中招工"}
    assert at("office").post(address, said | {"explanation": ""}).status_code == 422
    assert at("office").post(address, said | {"verdict": "open"}).status_code == 422
    assert at("station").post(address, said).status_code == 200
    assert open_patterns() == 1
    assert at("office").post(address, said).status_code == 302
    assert open_patterns() == 0
    assert at("office").get("/people/patterns").context["rows"] == []
    assert "超市开业集中招工" in at("office").get("/people/patterns?tab=settled").content.decode()
    world.at_work(world.person("李十"), date(2006, 6, 29))
    patterns.sweep(world.DISTRICT, DAY)
    flag.refresh_from_db()
    assert (flag.people, flag.explanation, flag.settled_on) == (9, "超市开业集中招工", DAY)
    for name in ("stranger", "stranger_office"):
        assert at(name).get(address).status_code == 404
        assert at(name).get("/people/patterns?tab=settled").context["rows"] == []


def test_the_command_says_what_is_wrong(staff):
    with pytest.raises(CommandError, match="no code"):
        call_command("sweep", "duplicates", "--region", "abc")
    with pytest.raises(CommandError, match="no district"):
        call_command("sweep", "patterns", "--region", "130199")
    call_command("sweep", "patterns", "--region", "130103")
