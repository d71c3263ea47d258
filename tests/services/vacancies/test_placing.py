"""Work begins and ends: openings are given once, status and referrals follow."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from case_world import HERE, NEXT, TODAY, applied, at_work, lay, out_of_work, person
from django.db import connection
from django.utils import translation
from post_world import post

from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.services.people.models import HardshipCase
from qiao.services.vacancies.actions import placing, posts, referring
from qiao.services.vacancies.actions.placing import Start
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import Lapse


def jobless(name: str = "刘桂芳", region: int = HERE):
    someone = person(name, region)
    out_of_work(someone, date(2005, 9, 1))
    return someone


def helped(who) -> HardshipCase:
    """A person in hardship who is being helped."""
    someone = jobless()
    case = applied(who, someone)
    HardshipCase.objects.filter(pk=case.pk).update(stage="assisted", recognised_on=date(2006, 5, 1))
    return HardshipCase.objects.get(pk=case.pk)


def test_work_at_a_post_takes_an_opening_and_writes_the_status(staff):
    someone, cleaner = jobless(), post(openings=2, source="market", source_name="南三条市场")
    placed = placing.place(someone, Start(TODAY, post=cleaner), staff["station"], TODAY)
    cleaner.refresh_from_db()
    someone.refresh_from_db()
    assert (cleaner.filled, cleaner.left) == (1, 1)
    assert (someone.state, placed.channel, placed.channel_name) == ("employed", "market", "南三条市场")
    assert someone.spells.get(until=None).employer == "北人集团"


def test_other_open_referrals_of_the_person_end_when_work_begins(staff):
    someone, cleaner, guard = jobless(), post(), post("保安")
    chosen = referring.refer(someone, cleaner, staff["station"], TODAY)
    other = referring.refer(someone, guard, staff["station"], TODAY)
    placing.place(someone, Start(TODAY, post=cleaner), staff["station"], TODAY)
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.stage, other.stage, other.reason) == ("placed", "lapsed", Lapse.AT_WORK)


def test_when_the_last_opening_is_given_the_others_are_told(staff):
    first, second, cleaner = jobless(), jobless("王秀英", NEXT), post()
    waiting = referring.refer(second, cleaner, staff["office"], TODAY)
    placing.place(first, Start(TODAY, post=cleaner), staff["station"], TODAY)
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.reason, waiting.told_on) == ("lapsed", Lapse.ALL_GIVEN, None)
    with pytest.raises(Refused, match="last opening"):
        placing.place(second, Start(TODAY, post=cleaner), staff["office"], TODAY)
    second.refresh_from_db()
    assert second.state == "unemployed"


@pytest.mark.django_db(transaction=True)
def test_two_clerks_give_the_last_opening_at_once():
    staff = lay()
    people = [jobless("刘桂芳"), jobless("王秀英")]
    cleaner, ready, said = post(), threading.Barrier(2), []

    def clerk(someone) -> None:
        translation.activate("en")
        try:
            ready.wait()
            placing.place(
                someone, Start(TODAY, post=Post.objects.get(pk=cleaner.pk)), staff["station"], TODAY
            )
            said.append("placed")
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=[someone]) for someone in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    refused, placed = sorted(said)
    assert placed == "placed" and "last opening" in refused
    assert Placement.objects.count() == 1
    assert sorted(one.state for one in type(people[0]).objects.all()) == ["employed", "unemployed"]


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_gives_the_last_opening_once():
    """Whoever writes placements, without asking first: the second waits for the first and is refused."""
    lay()
    people, cleaner, said = [jobless("刘桂芳"), jobless("王秀英")], post(), []
    held, go = threading.Event(), threading.Event()

    def write(someone, pause: bool) -> None:
        from django.db import IntegrityError, transaction

        try:
            with transaction.atomic():
                Placement.objects.create(
                    resident=someone, region_id=HERE, post_id=cleaner.pk, kind="unit", started_on=TODAY
                )
                if pause:
                    held.set()
                    go.wait(5)
            said.append("written")
        except IntegrityError as error:
            said.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    first = threading.Thread(target=write, args=[people[0], True])
    first.start()
    held.wait(5)
    second = threading.Thread(target=write, args=[people[1], False])
    second.start()
    second.join(0.3)
    assert second.is_alive()
    go.set()
    first.join(10)
    second.join(10)
    assert said == ["written", "post_openings_are_given_once"]


def test_a_post_withdrawn_while_a_referral_is_open(staff):
    someone, cleaner = jobless(region=NEXT), post()
    referral = referring.refer(someone, cleaner, staff["office"], TODAY)
    assert posts.withdraw(cleaner, "单位停业", TODAY) == 1
    referral.refresh_from_db()
    assert (referral.stage, referral.reason, referral.closed_on) == ("lapsed", Lapse.WITHDRAWN, TODAY)
    with pytest.raises(Refused, match="not open"):
        referring.refer(someone, Post.objects.get(pk=cleaner.pk), staff["office"], TODAY)
    with pytest.raises(Refused, match="already"):
        posts.withdraw(cleaner, "再撤", TODAY)


def test_a_suitable_post_refused_counts_toward_the_end_of_help(staff):
    case = helped(staff["station"])
    for number, suitable in ((1, True), (1, False), (2, True)):
        referral = referring.refer(case.resident, post(), staff["station"], TODAY)
        moves.take(referral, "refuse", staff["station"], extra={"because": "distance", "suitable": suitable})
        case.refresh_from_db()
        assert case.refusals == number
    assert Referral.objects.filter(stage="refused").count() == 3


def test_a_welfare_post_is_for_people_recognised(staff):
    cleaner = post(welfare=True, openings=2)
    with pytest.raises(Refused, match="in hardship"):
        placing.place(jobless("王秀英"), Start(TODAY, post=cleaner), staff["station"], TODAY)
    case = helped(staff["station"])
    placed = placing.place(case.resident, Start(TODAY, post=cleaner), staff["station"], TODAY)
    case.refresh_from_db()
    assert (placed.kind, case.stage, case.employed_on) == ("welfare_post", "employed_unstable", TODAY)


def test_work_ends_with_the_status_and_the_status_with_the_work(staff):
    someone = jobless()
    placed = placing.place(
        someone, Start(date(2006, 6, 1), employer_name="建安超市"), staff["station"], TODAY
    )
    ended = placing.end(placed, date(2006, 8, 1), "dismissed", staff["station"].user, TODAY, True)
    someone.refresh_from_db()
    assert (ended.ended_on, ended.end_reason) == (date(2006, 8, 1), "dismissed")
    assert (someone.state, someone.registered) == ("unemployed", True)
    again = placing.place(
        someone, Start(date(2006, 8, 10), employer_name="建安超市"), staff["station"], TODAY
    )
    at_work(someone, date(2006, 8, 20))
    again.refresh_from_db()
    assert (again.ended_on, again.end_reason) == (date(2006, 8, 20), "")


def test_an_employer_of_another_district_offers_no_post_here(staff):
    from case_world import DISTRICT
    from django.db import IntegrityError
    from post_world import employer

    from qiao.core.regions.models import Region

    far = Region.objects.create(code=130102001001, name="他区社区", level=5)
    assert far.code // 10**6 != DISTRICT // 10**6
    with pytest.raises(IntegrityError, match="another district"):
        post(employer=employer("远方厂", far.code))


def test_work_is_recorded_in_three_clicks(at):
    """The button in the file, the post, save; the posts a person was referred to stand first."""
    someone, other, cleaner = jobless(), post("保安"), post("保洁员")
    station = at("station")
    assert f"/posts/place/{someone.pk}" in station.get(f"/l/residents/{someone.pk}/").content.decode()
    station.post(f"/posts/refer/{someone.pk}", {"post": other.pk})
    page = station.get(f"/posts/place/{someone.pk}").content.decode()
    assert 0 < page.index("保安") < page.index("保洁员")
    assert 'name="started_on" value="2006-08-31"' in page
    done = station.post(
        f"/posts/place/{someone.pk}", {"post": cleaner.pk, "kind": "unit", "started_on": "2006-08-31"}
    )
    assert done.status_code == 302
    assert Placement.objects.get().post == cleaner
    assert Referral.objects.get().reason == Lapse.AT_WORK


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "unit"}, "name the employer"),
        ({"kind": "flexible", "started_on": "2006-09-30"}, "lies in the future"),
        ({"kind": "flexible", "started_on": "2005-01-01"}, "a new one must begin later"),
        ({"kind": "welfare_post", "employer_name": "社区"}, "recognised as in hardship"),
    ],
)
def test_what_stands_against_work_is_said(at, given, said):
    someone = jobless()
    page = at("station").post(f"/posts/place/{someone.pk}", {"started_on": "2006-08-31", "post": "", **given})
    assert page.status_code == 422 and said in page.content.decode()
    assert not Placement.objects.exists()


def test_work_owes_registration_and_visits_until_they_are_made(at, staff):
    someone = jobless()
    start = Start(date(2006, 5, 2), employer_name="建安超市")
    placed = placing.place(someone, start, staff["station"], TODAY)
    station = at("station")
    for duty in ("placement_register", "placement_stable_1", "placement_stable_3"):
        assert someone.name in station.get(f"/duties/{duty}/").content.decode(), duty
    assert someone.name not in station.get("/duties/placement_stable_6/").content.decode()
    act = f"/l/placements/{placed.pk}/act"
    station.post(act, {"action": "still", "confirmed": "1"})
    station.post(act, {"action": "registered", "confirmed": "1", "on": "2006-08-31"})
    for duty in ("placement_register", "placement_stable_1", "placement_stable_3"):
        assert someone.name not in station.get(f"/duties/{duty}/").content.decode(), duty
    ending = {"action": "end", "confirmed": "1", "on": "2006-08-31", "reason": "left", "register": "on"}
    assert station.post(act, ending).status_code == 302
    someone.refresh_from_db()
    assert (someone.state, someone.registered) == ("unemployed", True)
