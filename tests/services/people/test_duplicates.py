"""The same person twice: found at registration, compared, merged, parted, and never shown to strangers."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest

from qiao.core.procedures.refusal import Refused
from qiao.services.people.actions import merging
from qiao.services.people.models import DuplicatePair, Household, Merger, Resident, Spell

ENTRY = {"name": "刘桂芳", "region": str(world.HERE), "able": "on", "willing": "1", "phone": "13903111111"}


def pair_of(one: Resident, two: Resident, found: str = "name_phone") -> DuplicatePair:
    first, second = sorted((one, two), key=lambda each: each.pk)
    return DuplicatePair.objects.create(
        resident=first,
        other=second,
        region_id=first.region_id,
        other_region_id=second.region_id,
        found=found,
        weight=0.95,
    )


@pytest.fixture
def two(staff) -> tuple[Resident, Resident]:
    kept = world.person(phone="13903111111")
    world.out_of_work(kept, date(2005, 9, 1))
    other = world.person(phone="13903111111", education="senior", born=date(1962, 1, 1), birth_precision=1)
    world.spell(other, "employed", date(2001, 1, 1), form="unit", employer="棉纺厂")
    world.spell(other, "unemployed", date(2005, 8, 15))
    world.family(other)
    return kept, other


def test_a_likely_double_is_asked_about_and_stated_when_saved_all_the_same(staff, at):
    world.person("刘桂芳", world.ELSEWHERE, phone="13903111111")
    near = world.person("刘桂芳", world.HERE, phone="13903111111")
    station = at("station")
    asked = station.post("/l/residents/new", ENTRY)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "长征社区" in page and f"/l/residents/{near.pk}/" in page
    assert station.post("/l/residents/new", {**ENTRY, "sure": "1"}).status_code == 422
    saved = station.post("/l/residents/new", {**ENTRY, "sure": asked.context["form"].objection.token})
    assert saved.status_code == 302
    assert DuplicatePair.objects.filter(verdict="open", found="name_phone").count() == 2


def test_the_api_asks_as_the_form_does(staff, at):
    world.person(phone="13903111111")
    body = {"name": "刘桂芳", "region": world.HERE, "phone": "13903111111", "able": True, "willing": True}
    station = at("station")
    asked = station.post("/api/v1/residents/", body, content_type="application/json")
    assert asked.status_code == 409, asked.content
    token = next(one["what"] for one in asked.json()["errors"] if one["where"] == "sure")
    sure = station.post("/api/v1/residents/", {**body, "sure": token}, content_type="application/json")
    assert sure.status_code == 201, sure.content


def test_a_record_that_stands_is_not_asked_about(two, at):
    kept, _other = two
    page = at("station").get(f"/l/residents/{kept.pk}/edit")
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    sent = {name: value for name, value in values.items() if value not in (None, False, "")}
    answer = at("station").post(f"/l/residents/{kept.pk}/edit", {**sent, "note": "已核对"})
    assert answer.status_code == 302, answer.context["form"].errors


def test_two_are_compared_merged_and_parted(two, at):
    kept, other = two
    pair, station = pair_of(kept, other), at("station")
    page = station.get(f"/people/duplicates/{pair.pk}")
    assert any(line.differs for line in page.context["lines"])
    assert "棉纺厂" in page.content.decode()
    assert station.post(f"/people/duplicates/{pair.pk}", {"verdict": str(kept.pk)}).status_code == 302
    kept.refresh_from_db()
    assert (kept.education, kept.state) == ("senior", "unemployed")
    assert list(Spell.objects.filter(resident=kept).order_by("since").values_list("state", flat=True)) == [
        "employed",
        "unemployed",
    ]
    assert Household.objects.get().head_id == kept.pk
    assert not Resident.objects.filter(pk=other.pk).exists()
    assert station.get("/people/duplicates?tab=same").context["rows"]
    assert station.post(f"/people/duplicates/{pair.pk}", {"verdict": str(kept.pk)}).status_code == 409
    assert station.post(f"/people/duplicates/{pair.pk}", {"verdict": "undo"}).status_code == 302
    kept.refresh_from_db()
    back = Resident.objects.get(pk=other.pk)
    assert (kept.education, back.education, back.state) == ("", "senior", "unemployed")
    assert Spell.objects.filter(resident=back).count() == 2
    assert Household.objects.get().head_id == back.pk
    assert station.get("/people/duplicates?tab=undone").context["rows"]
    assert station.get("/people/duplicates").context["rows"]


def test_different_people_are_not_asked_about_again(two, at):
    pair = pair_of(*two)
    assert at("station").post(f"/people/duplicates/{pair.pk}", {"verdict": "different"}).status_code == 302
    assert at("station").get("/people/duplicates").context["rows"] == []
    assert not Merger.objects.exists()


def test_across_communities_the_other_is_masked_and_the_district_settles(staff, at):
    here = world.person("刘桂芳", phone="13903111111")
    far = world.person("刘桂英", world.ELSEWHERE, phone="13903119999", address="长征街9号")
    pair = pair_of(here, far, "sweep")
    station = at("station")
    page = station.get(f"/people/duplicates/{pair.pk}").content.decode()
    assert "刘*英" in page and "刘桂英" not in page
    for hidden in ("13903119999", "长征街9号", f"/l/residents/{far.pk}/"):
        assert hidden not in page
    assert "刘桂英" not in station.get("/people/duplicates").content.decode()
    assert station.post(f"/people/duplicates/{pair.pk}", {"verdict": str(here.pk)}).status_code == 409
    assert at("district").post(f"/people/duplicates/{pair.pk}", {"verdict": str(here.pk)}).status_code == 302
    third = world.browser(world.appoint("third", "station", world.NEXT))
    assert third.get(f"/people/duplicates/{pair.pk}").status_code == 404
    for tab in ("open", "same", "different", "undone"):
        assert third.get(f"/people/duplicates?tab={tab}").context["rows"] == []
    assert at("leader").get("/people/duplicates").status_code == 403


def test_a_case_of_each_stays_where_it_is_when_one_can_be_open_only_once(two, staff):
    kept, other = two
    mine, theirs = world.applied(staff["station"], kept), world.applied(staff["station"], other)
    merger = merging.merge(kept, other, staff["station"].user)
    theirs.refresh_from_db()
    assert (mine.resident_id, theirs.resident_id) == (kept.pk, other.pk)
    merging.part(merger, staff["station"].user)
    with pytest.raises(Refused):
        merging.part(merger, staff["station"].user)


def test_two_identity_numbers_are_not_merged(two, staff):
    kept, other = two
    for person, number in zip(two, ("130103196203050027", "13010319620305006X"), strict=True):
        person.id_number = number
        person.save()
    with pytest.raises(Refused):
        merging.merge(kept, other, staff["station"].user)


def test_the_number_goes_with_the_merger_and_comes_back(two, staff):
    kept, other = two
    other.id_number = "130103196203050027"
    other.save()
    merger = merging.merge(kept, other, staff["station"].user)
    kept.refresh_from_db()
    assert kept.id_number == "130103196203050027"
    merging.part(merger, staff["station"].user)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.id_number, other.id_number) == ("", "130103196203050027")
