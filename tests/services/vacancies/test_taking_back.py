"""Work recorded by mistake is taken back whole; referrals and work go along when a person moves."""

from __future__ import annotations

from datetime import date

import pytest
from case_world import HERE, NEXT, TODAY, applied, appoint, browser, out_of_work, person
from post_world import post

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.procedures.refusal import Refused
from qiao.services.people.actions import status, transfer
from qiao.services.people.models import HardshipCase
from qiao.services.vacancies.actions import placing, posts, referring, taking_back
from qiao.services.vacancies.actions.placing import Start
from qiao.services.vacancies.models import Placement, Referral

LONG_AGO = date(2005, 9, 1)


def jobless(name: str = "刘桂芳", region: int = HERE):
    someone = person(name, region)
    out_of_work(someone, LONG_AGO)
    status.register(someone, date(2006, 1, 4))
    return someone


def take_back(placement, who, because="记错了人"):
    return taking_back.take_back(placement, because, who.user, TODAY)


def spells(someone):
    rows = someone.spells.order_by("counted_from")
    return [(one.state, one.since, one.until, one.region_id) for one in rows]


def test_status_opening_and_referrals_are_as_before(staff):
    someone, other = jobless(), jobless("王秀英", NEXT)
    cleaner, guard = post(), post("保安")
    chosen = referring.refer(someone, cleaner, staff["station"], TODAY)
    elsewhere = referring.refer(someone, guard, staff["station"], TODAY)
    waiting = referring.refer(other, cleaner, staff["office"], TODAY)
    placed = placing.place(someone, Start(TODAY, post=cleaner), staff["station"], TODAY)
    assert set(Referral.objects.values_list("stage", flat=True)) == {"placed", "lapsed"}
    assert take_back(placed, staff["station"]) == 3
    someone.refresh_from_db()
    cleaner.refresh_from_db()
    assert (someone.state, someone.registered, cleaner.left) == ("unemployed", True, 1)
    assert spells(someone) == [("unemployed", LONG_AGO, None, HERE)]
    for one in (chosen, elsewhere, waiting):
        one.refresh_from_db()
        assert (one.stage, one.reason, one.closed_on, one.ended_by) == ("referred", "", None, None)
    kept = Placement.everything.get()
    assert (kept.taken_back, kept.deleted_by) == ("记错了人", staff["station"].user)
    again = placing.place(someone, Start(TODAY, post=cleaner), staff["station"], TODAY)
    chosen.refresh_from_db()
    assert (chosen.stage, again.referral) == ("placed", chosen)


def test_it_needs_a_reason_and_is_done_once(staff):
    placed = placing.place(jobless(), Start(TODAY, employer_name="建安超市"), staff["station"], TODAY)
    with pytest.raises(Refused, match="Say why"):
        take_back(placed, staff["station"], " ")
    take_back(placed, staff["station"])
    with pytest.raises(Refused, match="already"):
        take_back(placed, staff["station"])


def test_work_that_has_ended_leaves_one_status(staff):
    someone = jobless()
    placed = placing.place(someone, Start(date(2006, 6, 1), employer_name="超市"), staff["station"], TODAY)
    placing.end(placed, date(2006, 8, 1), "left", staff["station"].user, TODAY, True)
    take_back(placed, staff["station"])
    someone.refresh_from_db()
    assert spells(someone) == [("unemployed", LONG_AGO, None, HERE)] and someone.registered


def test_the_work_before_goes_on(staff):
    someone = jobless()
    first = placing.place(someone, Start(date(2006, 6, 1), employer_name="超市"), staff["station"], TODAY)
    wrong = placing.place(someone, Start(date(2006, 8, 1), employer_name="饭店"), staff["station"], TODAY)
    take_back(wrong, staff["station"])
    first.refresh_from_db()
    someone.refresh_from_db()
    assert (first.ended_on, someone.state, someone.state_since) == (None, "employed", date(2006, 6, 1))


def test_help_begins_again(staff):
    case = applied(staff["station"], jobless())
    HardshipCase.objects.filter(pk=case.pk).update(stage="assisted", recognised_on=date(2006, 5, 1))
    start = Start(TODAY, post=post(welfare=True))
    placed = placing.place(case.resident, start, staff["station"], TODAY)
    take_back(placed, staff["station"])
    case.refresh_from_db()
    assert (case.stage, case.employed_on) == ("assisted", None)


def test_a_post_gone_since_takes_nobody_back(staff):
    someone, other, cleaner = jobless(), jobless("王秀英"), post()
    chosen = referring.refer(someone, cleaner, staff["station"], TODAY)
    waiting = referring.refer(other, cleaner, staff["station"], TODAY)
    placed = placing.place(someone, Start(TODAY, post=cleaner), staff["station"], TODAY)
    posts.withdraw(cleaner, "停业", TODAY)
    assert take_back(placed, staff["station"]) == 0
    chosen.refresh_from_db()
    waiting.refresh_from_db()
    assert (chosen.stage, chosen.reason) == ("lapsed", "withdrawn")
    assert (waiting.stage, waiting.reason) == ("lapsed", "all_given")


def test_it_is_taken_back_from_the_page_and_stays_in_the_file(at):
    someone = jobless()
    station = at("station")
    station.post(
        f"/posts/place/{someone.pk}",
        {"post": "", "kind": "flexible", "started_on": "2006-08-31", "title": "修鞋"},
    )
    act = f"/l/placements/{Placement.objects.get().pk}/act"
    assert "Why it is taken back" in station.post(act, {"action": "take_back"}).content.decode()
    assert station.post(act, {"action": "take_back", "confirmed": "1", "because": ""}).status_code == 422
    done = station.post(act, {"action": "take_back", "confirmed": "1", "because": "记错了人"}, follow=True)
    assert done.status_code == 200 and "the status before it goes on" in done.content.decode()
    page = station.get(f"/l/residents/{someone.pk}/").content.decode()
    assert "Work taken back: 修鞋" in page and "记错了人" in page


def moved(someone, day=TODAY):
    transfer.move(someone, NEXT, day)


def test_an_open_referral_is_handed_over(staff):
    someone, cleaner = jobless(), post()
    referral = referring.refer(someone, cleaner, staff["station"], TODAY)
    moved(someone)
    page = browser(appoint("next", "station", NEXT)).get(f"/cases/referrals/{referral.pk}/")
    assert page.status_code == 200 and "保洁员" in page.content.decode()
    referral.refresh_from_db()
    assert referral.region_id == NEXT


def test_work_goes_on_in_the_new_community_and_is_counted_where_it_began(staff):
    someone, cleaner = jobless(), post(openings=2)
    begun = placing.place(someone, Start(date(2006, 7, 3), post=cleaner), staff["station"], TODAY)
    moved(someone, date(2006, 8, 1))
    begun.refresh_from_db()
    cleaner.refresh_from_db()
    here, there = Placement.objects.order_by("pk")
    assert (here.region_id, here.moved_on, there.region_id, there.continues) == (
        HERE, date(2006, 8, 1), NEXT, here,
    )  # fmt: skip
    assert cleaner.filled == 1
    new = browser(appoint("next", "station", NEXT))
    duty = "/duties/placement_stable_1/"
    assert someone.name in new.get(duty).content.decode()
    assert someone.name not in browser(staff["station"]).get(duty).content.decode()
    assert new.get(f"/l/placements/{there.pk}/").status_code == 200
    shown = browser(staff["office"]).get(f"/l/placements/{here.pk}/").content.decode()
    assert "Person moved" in shown
    assert [counted(code) for code in (HERE, NEXT)] == [1, 0]


def counted(region):
    """People placed in July."""
    july = Period.of("month", date(2006, 7, 1))
    return figures.figure(registry.get("people_placed"), Scope(region), july, TODAY).value


def test_work_of_somebody_who_moved_is_taken_back_with_its_beginning(staff):
    someone = jobless()
    placing.place(someone, Start(date(2006, 7, 3), employer_name="超市"), staff["station"], TODAY)
    moved(someone, date(2006, 8, 1))
    old, new = Placement.objects.order_by("pk")
    with pytest.raises(Refused, match="moved"):
        take_back(old, staff["station"])
    take_back(new, staff["office"])
    someone.refresh_from_db()
    assert not Placement.objects.exists() and someone.state == "unemployed"
    assert spells(someone) == [
        ("unemployed", LONG_AGO, date(2006, 8, 1), HERE),
        ("unemployed", LONG_AGO, None, NEXT),
    ]


def test_work_that_ends_after_a_move_ends_in_both_records(staff):
    someone = jobless()
    placing.place(someone, Start(date(2006, 7, 3), employer_name="超市"), staff["station"], TODAY)
    moved(someone, date(2006, 8, 1))
    placing.end(Placement.objects.get(region=NEXT), TODAY, "left", staff["office"].user, TODAY)
    assert set(Placement.objects.values_list("ended_on", flat=True)) == {TODAY}
