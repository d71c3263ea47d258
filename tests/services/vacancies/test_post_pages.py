"""Posts through their pages: entered, checked, published, made known, withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from case_world import HERE, TODAY, out_of_work, person
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from post_world import employer, post

from qiao.services.occupations.models import LearnedTitle
from qiao.services.people.models import HardshipCase
from qiao.services.vacancies.models import Post, Referral

FORM = {
    "employer": "北人集团",
    "title": "保洁员",
    "region": HERE,
    "opened_on": "2006-08-30",
    "openings": "2",
    "source": "community",
    "pay_from_fen": "800",
    "pay_unit": "month",
}


def entered(client, **changes):
    return client.post("/l/posts/new", {**FORM, **changes})


def act(client, action, *posts, **given):
    rows = [one.pk for one in posts]
    return client.post(
        "/l/posts/batch", {"action": action, "rows": rows, "confirmed": "1", **given}, follow=True
    )


def test_a_post_is_entered_checked_published_and_shown_to_everybody(at):
    employer()
    station = at("station")
    assert entered(station).status_code == 302
    made = Post.objects.get()
    assert (made.state, made.left, made.created_by.username) == ("draft", 2, "station")
    assert "保洁员" not in Client().get("/jobs/").content.decode()
    act(station, "check", made)
    act(station, "publish", made)
    made.refresh_from_db()
    assert (made.state, made.published_on) == ("published", TODAY)
    page = Client().get("/jobs/").content.decode()
    assert "保洁员" in page and "800" in page
    assert Client().get(f"/jobs/{made.pk}").status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"requirements": "限女性，形象好"}, "限女"),
        ({"title": "女服务员"}, "女服务员"),
        ({"requirements": "未婚"}, "未婚"),
        ({"requirements": "无乙肝"}, "乙肝"),
        ({"skills": "本地户口优先"}, "本地户口"),
    ],
)
def test_a_word_that_chooses_unlawfully_is_named(at, words, said):
    employer()
    page = entered(at("station"), **words)
    assert page.status_code == 422 and not Post.objects.exists()
    assert f"“{said}" in page.content.decode()


@pytest.mark.parametrize("fine", ["男女不限，身体健康", "会熨烫女装", "三班倒"])
def test_words_that_only_sound_alike_are_let_through(at, fine):
    employer()
    assert entered(at("station"), requirements=fine).status_code == 302


def test_an_impossible_pay_is_asked_about_and_kept_when_somebody_is_sure(at):
    employer()
    station = at("station")
    page = entered(station, pay_from_fen="8000000").content.decode()
    assert "8,000,000 yuan a month is unusual" in page and not Post.objects.exists()
    token = re.search(r'name="sure" value="(\w+)"', page)[1]
    assert entered(station, pay_from_fen="8000001", sure=token).status_code == 422
    assert entered(station, pay_from_fen="8000000", sure=token).status_code == 302
    assert Post.objects.get().pay_confirmed
    act(station, "publish", Post.objects.get())
    assert Post.objects.get().state == "published"


def test_the_same_post_again_is_flagged(at):
    employer()
    station = at("station")
    entered(station)
    page = entered(station)
    assert page.status_code == 422 and "already offers this post" in page.content.decode()
    assert Post.objects.count() == 1


def test_an_employer_that_is_unknown_or_far_is_not_taken(at):
    employer("远方厂", 130103002001)
    page = entered(at("station"), employer="没有的厂").content.decode()
    assert "没有的厂” is not in the list “Employers”" in page
    assert entered(at("station"), employer="远方厂").status_code == 302, "the whole district is one market"


def test_a_post_of_an_unverified_employer_is_not_published(at):
    vacancy = post(
        state="draft", published_on=None, employer=employer(verification="waiting", verified_on=None)
    )
    page = act(at("station"), "publish", vacancy).content.decode()
    vacancy.refresh_from_db()
    assert vacancy.state == "draft" and "not been verified" in page


def test_withdrawing_closes_referrals_and_somebody_owes_a_word(at, staff):
    vacancy, someone = post(), person()
    out_of_work(someone, date(2006, 1, 1))
    station = at("station")
    station.post(f"/posts/refer/{someone.pk}", {"post": vacancy.pk})
    page = act(station, "withdraw", vacancy, because="单位停业").content.decode()
    assert "1 open referral is closed" in page
    referral = Referral.objects.get()
    assert referral.stage == "lapsed"
    owed = station.get("/duties/referral_tell/").content.decode()
    assert someone.name in owed
    station.post(f"/l/referrals/{referral.pk}/act", {"action": "told", "confirmed": "1"})
    assert someone.name not in station.get("/duties/referral_tell/").content.decode()
    assert Client().get(f"/jobs/{vacancy.pk}").status_code == 410


def test_the_list_to_call_has_hardship_first_and_masks_phones(at, staff):
    vacancy = post(education="junior", age_to=50)
    old, plain, poor = (
        person("赵老", born=date(1940, 1, 1)),
        person("钱二", phone="13988887777"),
        person("孙三"),
    )
    for one in (old, plain, poor):
        out_of_work(one, date(2006, 1, 1))
    low = person("李四", education="primary")
    out_of_work(low, date(2006, 1, 1))
    HardshipCase.objects.create(
        resident=poor, region_id=HERE, category="disabled", stage="assisted", stage_since=TODAY,
        opened_on=TODAY, recognised_on=TODAY,
    )  # fmt: skip
    page = at("station").get(f"/posts/{vacancy.pk}/call").content.decode()
    assert page.index("孙三") < page.index("钱二")
    assert "赵老" not in page and "李四" not in page
    assert "139****7777" in page and "13988887777" not in page


def test_text_and_poster_say_what_is_offered_and_lead_to_the_page(at):
    vacancy = post(address="建安路1号", phone="031100000000", contact="张经理")
    station = at("station")
    text = station.get(f"/posts/{vacancy.pk}/message").content.decode()
    poster = station.get(f"/posts/{vacancy.pk}/poster").content.decode()
    for page in (text, poster, Client().get(f"/jobs/{vacancy.pk}").content.decode()):
        assert "保洁员" in page and "建安路1号" in page and "张经理" not in page
    assert f"/jobs/{vacancy.pk}" in text
    assert "<svg" in poster and "style=" not in poster.split("<svg")[1].split("</svg>")[0]


def test_the_public_page_asks_fast_readers_to_wait(db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "jobs"}
    }
    reader = Client(REMOTE_ADDR="10.9.8.7")
    codes = {reader.get("/jobs/").status_code for _ in range(61)}
    assert codes == {200, 429}


def test_a_confirmed_occupation_is_remembered(at):
    first, second = post("保洁员"), post("保洁员")
    station = at("station")
    page = station.get(f"/posts/{first.pk}/occupation").content.decode()
    code = re.search(r'name="code" value="([^"]+)"', page)[1]
    assert page.count('name="code"') == 5
    station.post(f"/posts/{first.pk}/occupation", {"typed": code})
    first.refresh_from_db()
    assert first.occupation_code == code and LearnedTitle.objects.get().times == 1
    assert "99%" in station.get(f"/posts/{second.pk}/occupation").content.decode()
    assert station.post(f"/posts/{second.pk}/occupation", {"typed": "9-99"}).status_code == 422


def test_whoever_entered_a_post_is_asked_whether_it_is_still_open(at, staff):
    vacancy = post(created_by=staff["station"].user, confirmed_on=TODAY - timedelta(14))
    station = at("station")
    assert vacancy.title in station.get("/duties/post_still_open/").content.decode()
    assert "保洁员" not in at("station2").get("/duties/post_still_open/").content.decode()
    act(station, "confirm", vacancy)
    assert "保洁员" not in station.get("/duties/post_still_open/").content.decode()


def test_posts_of_other_streets_are_referred_to_and_not_edited(at):
    vacancy = post(region=130103002001)
    someone = person()
    out_of_work(someone, date(2006, 1, 1))
    station = at("station")
    assert station.get(f"/l/posts/{vacancy.pk}/").status_code == 404
    assert "保洁员" in station.get(f"/posts/refer/{someone.pk}").content.decode()
    letter = station.post(f"/posts/refer/{someone.pk}", {"post": vacancy.pk}, follow=True).content.decode()
    assert someone.name in letter and "北人集团" in letter
    file = station.get(f"/cases/referrals/{Referral.objects.get().pk}/")
    assert file.status_code == 200 and "保洁员" in file.content.decode()


@pytest.mark.parametrize(
    "address", ["/l/posts/?tab=all", "/jobs/", "/l/referrals/?tab=all", "/l/placements/?tab=all"]
)
def test_a_list_takes_as_many_queries_for_many_as_for_few(at, address):
    station = at("station")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert station.get(address).status_code == 200
        return len(queries)

    def more(number: int) -> None:
        for place in range(number):
            someone, vacancy = person(f"人{place}"), post(f"岗{place}")
            out_of_work(someone, date(2006, 1, 1))
            station.post(f"/posts/refer/{someone.pk}", {"post": vacancy.pk})
            other = person(f"员{place}")
            out_of_work(other, date(2006, 1, 1))
            station.post(
                f"/posts/place/{other.pk}", {"kind": "flexible", "started_on": "2006-08-30", "post": ""}
            )

    more(2)
    asked()
    few = asked()
    more(5)
    assert asked() == few
