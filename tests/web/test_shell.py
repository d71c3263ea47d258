"""The doors of the shell: posts, language, preferences, and where one is led when a door is shut."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from qiao.core.accounts.models import Appointment, User
from qiao.core.regions.models import Region
from qiao.web import navigation

pytestmark = pytest.mark.django_db


def post(user: User, role: str, code: int, name: str, until: date | None = None) -> Appointment:
    level = 5 if code % 1000 else 4
    region, _made = Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})
    return Appointment.objects.create(
        user=user, role=role, region=region, since=date(2004, 1, 1), until=until
    )


@pytest.fixture
def li() -> User:
    return User.objects.create_user("li", password="an-honest-bridge", name="李敏")


@pytest.fixture
def at_station(client: Client, li: User) -> Client:
    post(li, "station", 130103001001, "阜康社区")
    client.force_login(li)
    return client


@pytest.fixture
def at_two_posts(client: Client, li: User) -> Client:
    post(li, "station", 130103001001, "阜康社区")
    post(li, "office", 130103001000, "建安街道")
    client.force_login(li)
    return client


@pytest.mark.parametrize("path", ["/", "/search", "/me", "/settings/", "/appointment/"])
def test_every_page_asks_for_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={path}"


def test_a_session_that_ended_under_htmx_leads_the_whole_page_to_sign_in(client):
    answer = client.get(
        "/search?q=lf",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/l/residents/?tab=all"},
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fl%2Fresidents%2F%3Ftab%3Dall"


def test_a_step_that_ended_at_sign_in_leads_home_and_says_so(at_station):
    answer = at_station.get(
        "/language", headers={"Referer": "http://testserver/accounts/login/?next=/language"}, follow=True
    )
    assert answer.redirect_chain == [("/", 302)]
    assert "q-toast-warning" in answer.content.decode()
    assert at_station.get("/language").status_code == 405


def test_without_a_post_every_page_says_so_and_one_can_sign_out(client, li):
    client.force_login(li)
    answer = client.get("/search?q=lf")
    assert answer.status_code == 403
    assert reverse("account_logout") in answer.content.decode()
    assert client.get("/me").status_code == 200


def test_without_a_post_the_api_answers_with_a_problem(client, li):
    client.force_login(li)
    answer = client.get("/api/v1/residents/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["detail"]


def test_a_post_that_has_ended_is_none(client, li):
    post(li, "station", 130103001001, "阜康社区", until=date(2005, 1, 1))
    client.force_login(li)
    assert client.get("/").status_code == 403


def test_one_of_several_posts_is_chosen_first(at_two_posts):
    assert at_two_posts.get("/")["Location"] == "/appointment/"
    office = Appointment.objects.get(role="office")
    assert at_two_posts.post(f"/appointment/{office.pk}")["Location"] == "/"
    page = at_two_posts.get("/me")
    assert page.context["appointment"] == office


def test_the_post_of_another_person_cannot_be_taken(at_station):
    zhao = User.objects.create_user("zhao", name="赵刚")
    other = post(zhao, "office", 130103001000, "建安街道")
    assert at_station.post(f"/appointment/{other.pk}").status_code == 404
    assert at_station.get("/me").context["appointment"].role == "station"


def test_posts_are_changed_by_posting_only(at_two_posts):
    office = Appointment.objects.get(role="office")
    assert at_two_posts.get(f"/appointment/{office.pk}").status_code == 405


def test_the_language_is_kept_with_the_person_and_the_browser(at_station, li):
    answer = at_station.post("/language", {"language": "en", "next": "/me"})
    assert answer["Location"] == "/me"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    li.refresh_from_db()
    assert li.language == "en"
    assert '<html lang="en"' in at_station.get("/me").content.decode()


def test_the_language_of_the_account_holds_in_a_new_browser(at_station, li):
    User.objects.filter(pk=li.pk).update(language="en")
    assert '<html lang="en"' in at_station.get("/me", headers={"Accept-Language": "zh-CN"}).content.decode()


@pytest.mark.parametrize("language", ["", "fr", "../x"])
def test_an_unknown_language_changes_nothing(at_station, li, language):
    answer = at_station.post("/language", {"language": language})
    assert answer.status_code == 302
    li.refresh_from_db()
    assert li.language == "zh-hans"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_one_is_never_led_to_another_site(at_station, elsewhere):
    assert at_station.post("/language", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_large_type_is_a_preference(client):
    answer = client.post("/preference/large", {"large": "1", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert "q-large" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(("name", "value"), [("large", "7"), ("keys", ""), ("nothing", "1")])
def test_preferences_have_known_values(client, name, value):
    assert client.post(f"/preference/{name}", {name: value}).status_code == 404


def test_the_rail_shows_what_the_role_may_open(rf, li):
    request = rf.get("/")
    request.appointment = Appointment(user=li, role="bank")
    seen = navigation.links(navigation.RAIL, request)
    assert [str(link.label) for link in seen if link.href] == ["首页", "设置"]
    assert {"/cases/loan/", "/loans/desk/"} <= {child.href for link in seen for child in link.children}
    request.appointment = Appointment(user=li, role="station")
    assert "/import/" in [link.href for link in navigation.links(navigation.RAIL, request)]


def test_every_entry_of_the_rail_has_its_page():
    def leaves(entries):
        for entry in entries:
            yield from leaves(entry.children) if entry.children else [entry]

    for entry in leaves((*navigation.RAIL, *navigation.NEW, *navigation.PHONE, *navigation.SETTINGS)):
        assert navigation.address(entry), entry.url


def test_the_area_of_the_page_stands_open_and_no_other(rf, li):
    def opened(path, role="station"):
        request = rf.get(path)
        request.appointment = Appointment(user=li, role=role)
        return [link.icon for link in navigation.links(navigation.RAIL, request) if link.open]

    assert opened("/l/outlets/") == ["building"]
    assert opened("/loans/12/repay/", "loan_section") == opened("/l/loans/", "loan_section") == ["coin-yuan"]
    assert opened("/") == opened("/settings/parameters") == ["users"], "the first, on a page of no area"
    assert opened("/", "security_admin") == []


def test_the_current_page_is_marked(rf, li):
    request = rf.get("/settings/parameters")
    request.appointment = Appointment(user=li, role="station")
    current = [link.href for link in navigation.links(navigation.RAIL, request) if link.current]
    assert current == ["/settings/"]
