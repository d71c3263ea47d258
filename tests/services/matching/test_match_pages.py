"""The pages: posts for a person, people for a post, runs; within scope, masked, fresh."""

from __future__ import annotations

import pytest
from case_world import DISTRICT, HERE, TODAY, at_work
from match_world import CLEANER, GUARD, jobless, lay_market
from post_world import post

from qiao.services.matching.models import Run
from qiao.services.matching.rematch import rematch
from qiao.services.vacancies.actions import posts as post_actions
from qiao.services.vacancies.actions.placing import Start, place
from qiao.services.vacancies.models import Post, Referral


@pytest.fixture
def market(staff):
    people, posts = lay_market()
    rematch(DISTRICT, TODAY)
    return people | posts


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_sees_the_given_post_first_with_reasons(at, market):
    shown = page(at("station"), f"/matching/people/{market['guard'].pk}/")
    assert shown.index("保安员") < shown.index("保洁员")
    assert "first choice" in shown and "(first wish)" in shown and "in the person&#x27;s community" in shown
    assert "800 yuan a month; no pay wished" in shown


def test_what_one_step_less_strict_would_open_is_said(at, staff, market):
    strict = jobless("李难办", HERE, wish_pay_fen=84000, wish_distance_m=1000)
    shown = page(at("station"), f"/matching/people/{strict.pk}/")
    assert "No open post can be taken" in shown
    assert "798 instead of 840 yuan a month: opens 2 posts" in shown
    assert "pay below the wish 2" in shown


def test_a_person_newer_than_the_run_is_matched_at_once(at, market):
    new = jobless("赵新来", HERE, GUARD)
    assert "保安员" in page(at("station"), f"/matching/people/{new.pk}/")
    called = page(at("station"), f"/matching/posts/{market['guarding'].pk}/")
    assert "赵新来" in called and "张建国" in called


def test_a_post_newer_than_the_run_is_matched_at_once(at, market):
    late = post("夜间保安", HERE, occupation_code=GUARD, pay_from_fen=90000)
    assert "夜间保安" in page(at("station"), f"/matching/people/{market['guard'].pk}/")
    called = page(at("station"), f"/matching/posts/{late.pk}/")
    assert "王秀英" in called and "张建国" not in called


def test_whom_to_call_hardship_first_phones_masked(at, market):
    shown = page(at("office"), f"/matching/posts/{market['cleaning'].pk}/")
    assert shown.index("刘桂芳") < shown.index("王秀英")
    assert "139****1111" in shown and "13903111111" not in shown
    assert "in hardship" in shown and "张建国" not in shown


def test_a_station_sees_its_own_people_and_the_posts_of_the_district(at, market):
    shown = page(at("stranger"), f"/matching/posts/{market['guarding'].pk}/")
    assert "孙远方" in shown and "张建国" not in shown
    assert at("stranger").get(f"/matching/people/{market['guard'].pk}/").status_code == 404
    assert "孙远方" not in page(at("station"), f"/matching/posts/{market['guarding'].pk}/")


def test_a_withdrawn_post_disappears(at, market):
    post_actions.withdraw(Post.objects.get(pk=market["guarding"].pk), "单位停业", TODAY)
    gone = f"/matching/posts/{market['guarding'].pk}/"
    assert gone not in page(at("station"), f"/matching/people/{market['guard'].pk}/")
    assert "This post is not open" in page(at("station"), gone)


def test_whoever_found_work_is_no_longer_called(at, market):
    at_work(market["helped"], TODAY)
    assert "刘桂芳" not in page(at("office"), f"/matching/posts/{market['cleaning'].pk}/")
    assert "No list is made" in page(at("office"), f"/matching/people/{market['helped'].pk}/")


def test_the_button_refers(at, market):
    client = at("station")
    answer = client.post(f"/posts/refer/{market['other'].pk}", {"post": market["cleaning"].pk})
    assert answer.status_code == 302 and Referral.objects.filter(resident=market["other"]).exists()
    assert "Referred" in page(client, f"/matching/people/{market['other'].pk}/")


def test_before_the_first_run_the_pages_say_so(at, staff):
    people, posts = lay_market()
    for address in (
        f"/matching/people/{people['guard'].pk}/",
        f"/matching/posts/{posts['guarding'].pk}/",
        "/matching/",
    ):
        assert "not been matched yet" in page(at("station"), address)


def test_an_empty_market_has_a_page(at, staff):
    someone = jobless("刘桂芳")
    rematch(DISTRICT, TODAY)
    assert "No open post can be taken" in page(at("station"), f"/matching/people/{someone.pk}/")
    assert "Given a post" in page(at("station"), "/matching/")


def test_the_files_lead_here(at, market):
    assert f"/matching/people/{market['guard'].pk}/" in page(
        at("station"), f"/l/residents/{market['guard'].pk}/"
    )
    assert f"/matching/posts/{market['guarding'].pk}/" in page(
        at("station"), f"/l/posts/{market['guarding'].pk}/"
    )


def test_the_district_matches_again_and_a_station_may_not(at, market):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from qiao.core.jobs.models import Part
    from qiao.core.jobs.partitions import do

    assert at("station").post("/matching/", {"mode": "fair"}).status_code == 403
    assert at("district").post("/matching/", {"mode": "fair"}).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="jobs.part").exists()
    do(Part.objects.select_related("run").get())
    run = Run.objects.order_by("-id").first()
    assert (run.mode, run.created_by.username) == ("fair", "district")
    shown = page(at("district"), "/matching/")
    for said in ("No justified envy", "0, at most 1 possible", "Match again"):
        assert said in shown


def test_queries_do_not_grow_with_the_list(at, market, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    addresses = f"/matching/people/{market['guard'].pk}/", f"/matching/posts/{market['guarding'].pk}/"
    client, counts = at("station"), []
    post("新岗位", HERE, occupation_code=GUARD)
    for number in range(2):
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(address)
            counts.append(len(seen))
        for more in range(6 * (1 - number)):
            jobless(f"多人{more}", HERE, GUARD)
            post(f"保安{more}", HERE, occupation_code=GUARD)
    assert counts[:2] == counts[2:]


def test_posts_on_the_same_terms_stand_in_one_line(at, market):
    post("小区保安", HERE, occupation_code=GUARD)
    shown = page(at("station"), f"/matching/people/{market['guard'].pk}/")
    assert shown.count("first choice") == 1 and "On the same terms" in shown and "小区保安" in shown


def test_names_are_those_of_the_viewers_area(at, market):
    address = f"/matching/runs/{Run.objects.get().pk}/people/placed/"
    assert address in page(at("district"), "/matching/")
    whole = page(at("district"), address)
    assert "刘桂芳" in whole and "张建国" in whole and "王秀英" not in whole
    here = page(at("station"), address)
    assert "张建国" in here and "刘桂芳" not in here and "Only people of" in here
    assert "Nobody of your area" in page(at("station"), f"{address}?after={10**17}")
    assert at("district").get(address.replace("placed", "held_by_nobody")).status_code == 404


def test_every_figure_of_both_modes_opens_to_as_many_names(at, staff):
    people, _posts = lay_market()
    strict = jobless("李难办", HERE, wish_pay_fen=84000, wish_distance_m=1000)
    run = rematch(DISTRICT, TODAY)
    client, names = at("district"), [one.name for one in (*people.values(), strict)]
    for mode, figures in ((run.mode, run.figures), (run.other_mode, run.others)):
        for figure in ("people", "placed", "hardship", "hardship_placed", "envious", "nothing_feasible"):
            shown = page(client, f"/matching/runs/{run.pk}/people/{figure}/?mode={mode}")
            assert sum(name in shown for name in names) == figures[figure], (mode, figure)
        shown = page(client, f"/matching/runs/{run.pk}/posts/?mode={mode}")
        assert "保洁员" in shown and "保安员" in shown
    assert run.figures["binding"] == {"WAGE": 1}
    assert "李难办" in page(client, f"/matching/runs/{run.pk}/people/held_by_wage/")


def test_whoever_was_given_a_post_that_is_withdrawn_gets_another_and_others_keep_theirs(at, market):
    spare = post("楼道保洁", HERE, occupation_code=CLEANER, pay_from_fen=90000)
    rematch(DISTRICT, TODAY)
    held = page(at("office"), f"/matching/people/{market['helped'].pk}/")
    first = spare if held.index("楼道保洁") < held.index("保洁员</a>") else market["cleaning"]
    post_actions.withdraw(Post.objects.get(pk=first.pk), "单位停业", TODAY)
    again = page(at("office"), f"/matching/people/{market['helped'].pk}/")
    assert again.count("first choice") == 1 and f"/matching/posts/{first.pk}/" not in again
    assert "first choice" not in page(at("station"), f"/matching/people/{market['other'].pk}/")


def test_an_opening_that_was_taken_is_counted_once(at, staff):
    """Two openings, given to two; one starts there: the other opening is still for the other."""
    people, posts = lay_market()
    Post.objects.filter(pk=posts["cleaning"].pk).update(openings=2)
    rematch(DISTRICT, TODAY)
    start = Start(TODAY, post=Post.objects.get(pk=posts["cleaning"].pk))
    place(people["helped"], start, staff["office"], TODAY)
    shown = page(at("station"), f"/matching/people/{people['other'].pk}/")
    assert "first choice" in shown and "保洁员" in shown


def test_a_station_is_not_told_of_fingerprints(at, market):
    assert "fingerprint" in page(at("district"), "/matching/")
    assert "fingerprint" not in page(at("station"), "/matching/")
