"""A fair from its plan to work three months later, as the district, its visitors and the hall see it."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from fair_world import DAY, approved, visitor, wishing

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.procedures.models import Paper
from qiao.core.procedures.moves import take
from qiao.core.procedures.refusal import Refused
from qiao.services.employers.models import Employer
from qiao.services.fairs import actions, results, suggestions, tokens
from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor


def public() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    return client


def own_page(someone: Visitor) -> str:
    return f"/fairs/me/{tokens.made(tokens.VISITOR, someone.pk)}"


def entrance(fair: Fair) -> str:
    return f"/fairs/at/{tokens.made(tokens.DOOR, fair.pk)}"


def screen(fair: Fair) -> str:
    return f"/fairs/screen/{tokens.made(tokens.SCREEN, fair.pk)}"


def figure(code: str, period: str, region: int = world.DISTRICT):
    scope = Scope(region)
    declared = registry.get(code)
    table = figures.table(
        [declared], scope, scope.level, [Period.parse(period)], "", world.clock.today(), from_facts=True
    )
    return table.total(declared, 0, "")


def test_a_fair_is_planned_on_a_form_and_approved_with_its_papers(at, staff):
    at("district").post(
        "/l/fairs/new",
        {"title": "八月招聘会", "held_on": "2006-08-31", "region": world.HERE, "place": "广场"},
    )
    fair = Fair.objects.get()
    assert (fair.stage, fair.followed_on) == ("planned", date(2006, 11, 30))
    with pytest.raises(Refused, match="Emergency plan"):
        take(fair, "approve", staff["district"], opinion="同意")
    for kind in ("plan", "emergency", "security", "publication"):
        Paper.objects.create(
            region_id=fair.region_id, procedure="fair", case_id=fair.pk, kind=kind, received_on=world.TODAY
        )
    assert at("district").get(f"/cases/fair/{fair.pk}/").status_code == 200
    take(fair, "approve", staff["district"], opinion="同意")
    take(fair, "hold", staff["district"])
    fair.refresh_from_db()
    assert fair.stage == "held"


def test_a_fair_is_not_held_before_its_day(fair, staff):
    Fair.objects.filter(pk=approved(fair).pk).update(held_on=date(2006, 7, 29))
    with pytest.raises(Refused, match="2006-07-29"):
        take(fair, "hold", staff["district"])


def test_a_group_is_invited_once_and_inside_the_scope(at, fair):
    for name, region in (("刘桂芳", world.HERE), ("王兰", world.HERE), ("孙远", world.ELSEWHERE)):
        someone = world.person(name, region, low_income=True, party="member")
        world.out_of_work(someone, date(2005, 9, 1))
    door = f"/fairs/{fair.pk}/invite"
    client = at("station")
    assert "2 not invited yet" in client.get(f"/fairs/{fair.pk}/").content.decode()
    client.post(door, {"group": ["poor_party", "older"]})
    client.post(door, {"group": ["poor_party", "older", "nonsense"]})
    assert sorted((one.called, one.group) for one in Visitor.objects.all()) == [
        ("刘桂芳", "poor_party"),
        ("王兰", "poor_party"),
    ]
    at("district").post(door, {"group": ["poor_party"]})
    assert Visitor.objects.count() == 3


def test_a_zero_employment_household_is_a_group(fair):
    from qiao.services.people import zero_employment

    liu = world.person("刘桂芳", born=date(1980, 1, 1))
    world.out_of_work(liu, date(2005, 9, 1))
    world.family(liu)
    zero_employment.sweep(world.DISTRICT, DAY)
    assert actions.invite(fair, ["zero"], Scope(world.DISTRICT), DAY, None) == 1


def test_two_taps_on_the_own_page_state_an_intention_once(fair):
    someone, offer = visitor(approved(fair)), Offer.objects.first()
    phone = public()
    page = phone.get(own_page(someone)).content.decode()
    assert "收银员" in page and "刘桂芳" not in page
    for _again in range(2):
        assert phone.post(own_page(someone), {"offer": offer.pk}).status_code == 302
    someone.refresh_from_db()
    assert someone.came_on == DAY
    one = Intention.objects.get()
    assert (one.offer, one.region_id) == (offer, world.HERE)
    assert "Go to booth A01" in phone.get(own_page(someone)).content.decode()


@pytest.mark.parametrize("offer", ["0", "x", "99999999999999999999", "-1"])
def test_a_post_that_is_not_there_cannot_be_tapped(fair, offer):
    someone = visitor(approved(fair))
    assert public().post(own_page(someone), {"offer": offer}).status_code == 404
    assert not Intention.objects.exists()


def test_nobody_comes_in_on_another_day(fair):
    someone = visitor(approved(fair))
    world.later(1)
    answer = public().post(own_page(someone), {"offer": Offer.objects.first().pk})
    assert answer.status_code == 422 and "2006-06-29" in answer.content.decode()
    assert not Intention.objects.exists()


def test_a_walk_in_is_found_in_the_register_by_phone_or_by_the_end_of_the_number(fair):
    from ledger_world import id_number

    known = world.person("王兰", world.ELSEWHERE, phone="13903112222")
    known.id_number = number = id_number("19620305", 2)
    known.save()
    listed = visitor(approved(fair), "刘桂芳", phone="13903111111")
    client = public()
    client.post(entrance(fair), {"name": "刘桂芳", "phone": "13903111111"})
    client.post(entrance(fair), {"name": "王兰", "tail": number[-4:]})
    client.post(entrance(fair), {"name": "王兰", "phone": "13903112222"})
    client.post(entrance(fair), {"name": "外来客", "phone": "13803110000"})
    client.post(entrance(fair), {"name": "外来客", "phone": "13803110000"})
    listed.refresh_from_db()
    assert listed.came_on == DAY
    assert sorted((one.called, one.region_id) for one in Visitor.objects.all()) == sorted(
        [("刘桂芳", world.HERE), ("王兰", world.ELSEWHERE), ("外来客", world.HERE)]
    )


@pytest.mark.parametrize("given", [{}, {"name": "王兰"}, {"name": "王兰", "tail": "0000"}, {"phone": "1"}])
def test_a_walk_in_who_says_too_little_is_asked(fair, given):
    answer = public().post(entrance(approved(fair)), given)
    assert answer.status_code == 422
    assert not Visitor.objects.exists()


def test_the_big_screen_counts_and_names_nobody(fair):
    wishing(fair, "刘桂芳", Offer.objects.first())
    client = public()
    page = client.get(screen(fair)).content.decode()
    for text in ("42", "收银员", "every 30s", "<svg"):
        assert text in page
    assert "刘桂芳" not in page
    part = client.get(screen(fair), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "收银员" in part


@pytest.mark.parametrize("door", ["screen", "at", "me"])
def test_an_address_cannot_be_guessed_or_used_for_another_door(fair, door):
    others = {"screen": tokens.DOOR, "at": tokens.VISITOR, "me": tokens.SCREEN}
    for token in ("x", "1", "1.x", tokens.made(others[door], fair.pk)):
        assert public().get(f"/fairs/{door}/{token}").status_code == 404


def test_the_four_outcomes_are_kept_apart(at, fair):
    """Four people with an intention: one is hired, two begin work, one of them still works three months later."""
    first = Offer.objects.first()
    liu, wang, li, _zhao = (wishing(fair, name, first) for name in ("刘桂芳", "王强", "李明", "赵敏"))
    at("station").post("/l/fair-intentions/batch", {"action": "hire", "rows": [liu.pk], "confirmed": "1"})
    world.clock.fix(date(2006, 9, 30))
    world.at_work(liu.visitor.resident, date(2006, 7, 10))
    world.spell(wang.visitor.resident, "employed", date(2006, 7, 1), form="unit")
    world.out_of_work(wang.visitor.resident, date(2006, 8, 1))
    world.at_work(li.visitor.resident, date(2006, 9, 30))
    found = results.outcomes(Visitor.objects.filter(fair=fair))
    assert (found["intended"], found["hired"], found["registered"], found["at_work"]) == (4, 1, 2, 1)
    assert figure("fair_intentions", "2006-06").value == 4
    assert figure("fair_posts", "2006-06").value == 42
    assert figure("fair_hired", "2006-06").value == 1
    rate = figure("fair_at_work_rate", "2006-09")
    assert (rate.numerator, rate.denominator) == (1, 4)
    assert results.ratio(fair) == pytest.approx(4 / 42)


def test_public_pages_of_a_fair_are_asked_for_as_often_as_people_tap(fair, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "hall"}
    }
    someone, other = visitor(approved(fair)), visitor(fair, "李娜")
    phone = public()
    assert {phone.get(own_page(someone)).status_code for _ in range(61)} == {200, 429}
    assert phone.get(own_page(other)).status_code == 200, "hundreds of phones share the address of the hall"
    guesses = [phone.post(entrance(fair), {"name": "刘桂芳", "tail": f"{n:04}"}) for n in range(6)]
    assert [one.status_code for one in guesses] == [422] * 6
    assert ["several times" in one.content.decode() for one in guesses] == [False] * 5 + [True]


def test_records_of_a_fair_are_kept_for_two_years(at, fair):
    Fair.objects.filter(pk=fair.pk).update(stage="held")
    client = at("district")
    answer = client.post(f"/l/fairs/{fair.pk}/delete", follow=True).content.decode()
    assert "kept until 2008-06-29" in answer
    client.post("/l/booths/batch", {"action": "delete", "rows": [Booth.objects.first().pk], "confirmed": "1"})
    assert Fair.objects.count() == 1 and Booth.objects.count() == 2
    with pytest.raises(IntegrityError, match="kept for the time the law asks"), transaction.atomic():
        Offer.objects.all().soft_delete()
    with pytest.raises(IntegrityError, match="kept for the time the law asks"), transaction.atomic():
        visitor(fair).delete()
    world.clock.fix(date(2008, 7, 1))
    Offer.objects.all().soft_delete()
    client.post(f"/l/fairs/{fair.pk}/delete")
    assert not Fair.objects.exists()


def test_who_should_see_which_booth_is_stored_with_the_invitation(fair):
    from qiao.services.vacancies.models import Post

    cleaning, till = (
        Post.objects.create(
            employer=offer.booth.employer,
            title=offer.title,
            occupation_code=code,
            openings=1,
            opened_on=DAY,
            region_id=world.HERE,
        )
        for offer, code in zip(Offer.objects.order_by("pk"), ("4-07-03-01", "4-01-02-01"), strict=True)
    )
    for offer, post in zip(Offer.objects.order_by("pk"), (cleaning, till), strict=True):
        Offer.objects.filter(pk=offer.pk).update(post=post)
    someone = visitor(fair, "刘桂芳", wish_occupation_code="4-01-02-01")
    assert suggestions.suggest(fair) == 1
    someone.refresh_from_db()
    first = Offer.objects.get(pk=someone.suggested[0])
    assert first.post == till
    approved(fair)
    page = public().get(own_page(someone)).content.decode()
    assert page.index(till.title) < page.index(cleaning.title) and "For you" in page


def test_of_equal_booths_the_post_nearer_home_comes_first(fair):
    """Home is where the known places of the community lie; another street may be nearer than the next community."""
    from qiao.services.vacancies.models import Post

    home = {"latitude": 38.04, "longitude": 114.53}
    Employer.objects.create(name="门口小店", region_id=world.HERE, **home)
    offers = list(Offer.objects.order_by("pk"))
    for offer, region, east in zip(offers, (world.NEXT, world.ELSEWHERE), (114.65, 114.535), strict=True):
        offer.post = Post.objects.create(
            employer=offer.booth.employer, title="收银员", occupation_code="4-01-02-01", openings=1, opened_on=DAY,
            region_id=region, latitude=38.04, longitude=east,
        )  # fmt: skip
        offer.save()
    someone = visitor(fair, "刘桂芳", wish_occupation_code="4-01-02-01")
    suggestions.suggest(fair)
    someone.refresh_from_db()
    assert someone.suggested == [offers[1].pk, offers[0].pk]
    Post.objects.update(latitude=None, longitude=None)
    suggestions.suggest(fair)
    someone.refresh_from_db()
    assert someone.suggested == [offers[0].pk, offers[1].pk], "nothing known: the same street is nearer"


def test_the_code_of_a_visitor_stays_inside_the_scope(at, fair):
    someone = visitor(fair)
    assert "<svg" in at("station").get(f"/fairs/visitors/{someone.pk}/pass").content.decode()
    assert at("stranger").get(f"/fairs/visitors/{someone.pk}/pass").status_code == 404
