"""What is recorded about a resident at its own page: refusals in words, and nothing out of scope."""

from __future__ import annotations

import itertools
from datetime import date

import case_world as world
import pytest

from qiao.services.people.models import Membership, Resident, Spell, Transfer, WillingnessChange
from qiao.services.people.verbs import VERBS

TODAY = world.TODAY.isoformat()


@pytest.fixture
def someone(staff) -> Resident:
    person = world.person(phone="13903111111")
    world.out_of_work(person, date(2005, 9, 1))
    return person


def door(person: Resident, code: str) -> str:
    return f"/people/{person.pk}/{code}"


def now(person: Resident) -> tuple[str, bool]:
    person.refresh_from_db()
    return person.state, person.registered


def test_work_is_found_and_lost_and_registered(someone, at):
    station = at("station")
    sent = station.post(
        door(someone, "employ"), {"form": "unit", "since": "2006-08-01", "employer": "建安超市"}
    )
    assert sent.status_code == 302, sent.context["form"].errors
    assert now(someone) == ("employed", False)
    sent = station.post(
        door(someone, "lose-work"), {"reason": "dismissed", "since": "2006-08-20", "register": "on"}
    )
    assert sent.status_code == 302, sent.context["form"].errors
    assert now(someone) == ("unemployed", True)
    assert station.post(door(someone, "cancel"), {"on": TODAY, "reason": "pension"}).status_code == 302
    assert now(someone) == ("unemployed", False)
    assert station.post(door(someone, "register"), {"on": TODAY, "certificate_no": "A1"}).status_code == 302
    assert now(someone) == ("unemployed", True)
    assert station.post(door(someone, "outside"), {"reason": "retired", "since": TODAY}).status_code == 302
    assert now(someone) == ("not_in_labour_force", False)
    spells = Spell.objects.filter(resident=someone).order_by("since")
    assert [one.state for one in spells] == ["unemployed", "employed", "unemployed", "not_in_labour_force"]
    assert all(one.until == two.since for one, two in itertools.pairwise(spells))


@pytest.mark.parametrize(
    ("code", "sent", "words"),
    [
        ("employ", {"form": "unit", "since": "2007-01-01"}, "future"),
        ("employ", {"since": TODAY}, "required"),
        ("employ", {"form": "unit", "since": "2005-09-01"}, "begin later"),
        ("outside", {"reason": "unwilling", "since": TODAY}, "valid choice"),
        ("register", {"on": "2005-01-01"}, "earlier than the loss"),
        ("cancel", {"on": TODAY, "reason": "hired"}, "no registration"),
        ("lose-work", {"reason": "left", "since": TODAY}, "already"),
        ("leave", {"what": "unwilling", "reason": "  "}, "required"),
        ("part", {"until": TODAY}, "no household"),
        ("transfer", {"to_region": str(world.HERE), "moved_on": TODAY, "reason": "x"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(someone, at, code, sent, words):
    answer = at("station").post(door(someone, code), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert now(someone) == ("unemployed", False)


def test_leaving_and_moving_wait_for_another_person(someone, at):
    station = at("station")
    assert station.post(door(someone, "leave"), {"what": "unwilling", "reason": "带孙子"}).status_code == 302
    assert WillingnessChange.objects.get().answer == "open"
    assert "waits for a second person" in station.get(door(someone, "leave")).content.decode()
    moved = {"to_region": str(world.ELSEWHERE), "moved_on": "2006-08-01", "reason": "搬家"}
    assert station.post(door(someone, "transfer"), moved).status_code == 302
    assert Transfer.objects.get().to_region_id == world.ELSEWHERE
    assert now(someone)[0] == "unemployed"


def test_a_community_is_found_by_name_or_initials(someone, at):
    station = at("station")
    for sought in ("长征", "cz", "CZSQ"):
        form = station.get(door(someone, "transfer"), {"q": sought}).context["form"]
        assert [str(label) for _value, label in form.fields["to_region"].choices] == ["长征社区"], sought
    assert station.get(door(someone, "transfer"), {"q": "x\0' --"}).status_code == 200


def test_a_household_is_founded_joined_headed_and_left(someone, at):
    station, husband = at("station"), world.person("王大山", sex="M")
    new = {"household": "new", "relation": "head", "since": "2006-01-01"}
    assert station.post(door(someone, "join"), new).status_code == 302
    home = Membership.objects.get(resident=someone).household
    assert home.head_id == someone.pk
    into = {"household": str(home.pk), "relation": "spouse", "since": "2006-02-01"}
    assert station.post(door(husband, "join"), into).status_code == 302
    assert "already belongs" in station.post(door(husband, "join"), into).content.decode()
    assert station.post(door(husband, "head")).status_code == 302
    home.refresh_from_db()
    assert home.head_id == husband.pk
    assert Membership.objects.get(resident=someone, until=None).relation == ""
    assert station.post(door(husband, "part"), {"until": "2006-08-01"}).status_code == 302
    home.refresh_from_db()
    assert home.head_id is None
    assert not Membership.objects.filter(resident=husband, until=None).exists()


def test_a_member_is_looked_up_and_entered_from_the_household(someone, at):
    station, home = at("station"), world.family(world.person("王大山", sex="M"))
    assert f"/people/household/{home.pk}/member" in station.get(f"/l/households/{home.pk}/").content.decode()
    page = station.get(f"/people/household/{home.pk}/member", {"q": "lgf"}).content.decode()
    entry = f"/people/{someone.pk}/join?household={home.pk}"
    assert entry in page
    assert station.get(entry).context["form"]["household"].value() == str(home.pk)
    assert at("stranger").get(f"/people/household/{home.pk}/member", {"q": "lgf"}).status_code == 404
    member = home.memberships.get()
    assert f"/people/{member.resident_id}/part" in station.get(f"/l/members/{member.pk}/").content.decode()


def test_a_household_of_another_community_cannot_be_joined(someone, at):
    far = world.family(world.person("孙远", world.ELSEWHERE), region=world.ELSEWHERE)
    sent = {"household": str(far.pk), "relation": "child", "since": TODAY}
    assert at("station").post(door(someone, "join"), sent).status_code == 422


def test_nothing_is_found_from_elsewhere_nor_done_without_the_right(someone, at):
    for code in VERBS:
        assert at("stranger").get(door(someone, code)).status_code == 404
        assert at("leader").get(door(someone, code)).status_code == 403
    assert at("station").get(door(someone, "nonsense")).status_code == 404
    assert at("station").get(f"/people/{2**70}/employ").status_code == 404


def test_many_are_assigned_and_confirmed_from_the_list(staff, someone, at):
    station, other = at("station"), world.person("李四")
    chosen = {"rows": [someone.pk, other.pk], "confirmed": "1"}
    sent = {**chosen, "action": "hand_over", "to": staff["station2"].user.pk}
    assert station.post("/l/residents/batch", sent).status_code == 302
    assert set(Resident.objects.values_list("owner", flat=True)) == {staff["station2"].user.pk}
    assert station.post("/l/residents/batch", {**chosen, "action": "confirm"}).status_code == 302
    assert set(Resident.objects.values_list("verified_on", flat=True)) == {world.TODAY}


def test_the_file_offers_the_verbs_and_says_why_one_is_closed(someone, at):
    page = at("station").get(f"/l/residents/{someone.pk}/").content.decode()
    assert door(someone, "outside") in page
    assert "There is no registration to cancel." in page
