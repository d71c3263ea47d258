"""Every page a person can reach: no complaint in the console, no sideways scroll, one title, no barrier."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from case_world import DISTRICT, HERE, TODAY, applied, at_work, family, out_of_work, person
from django.urls import Resolver404, resolve

from qiao.services.people import zero_employment
from qiao.services.visits.models import Visit

MOST = 150
DOWNLOADS = (".xlsx", ".csv", ".json")
WINDOWS = [("desk", "zh-hans"), ("phone", "en")]


@pytest.fixture
def lives(district):
    """Something of every kind, so that every page has something to show."""
    clerk = district["station"]
    head = person("刘桂芳", owner=clerk.user, phone="13903111111", low_income=True)
    out_of_work(head, date(2005, 9, 1))
    son = person("王强", sex="M", born=date(1980, 6, 1))
    at_work(son, date(2005, 9, 1))
    alone = person("赵敏")
    out_of_work(alone, date(2006, 1, 1))
    family(head, son)
    family(alone)
    applied(clerk, head)
    zero_employment.sweep(DISTRICT, TODAY)
    Visit.objects.create(resident=head, region_id=HERE, by=clerk.user, visited_on=TODAY, outcome="met")
    return district


def kind(path: str) -> tuple | None:
    """Two pages of one view and ledger are one kind."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name, match.kwargs.get("code"), match.kwargs.get("procedure")


def walk(visitor, seen: set[tuple], start: str = "/") -> list[str]:
    """Follows links breadth first, one page of each kind that is not in `seen` yet: what is wrong with them."""
    waiting, wrong = [start], []
    width = visitor.page.viewport_size["width"]
    for path in waiting:
        page = visitor.open(path)
        wrong += [f"{path}: {barrier}" for barrier in visitor.barriers()]
        if page.locator("h1").count() != 1:
            wrong.append(f"{path} has {page.locator('h1').count()} titles")
        for href in page.eval_on_selector_all("a[href]", "links => links.map((one) => one.href)"):
            parts = urlsplit(href)
            found = kind(parts.path) if href.startswith(visitor.home) else None
            if found and found not in seen and len(waiting) < MOST and not parts.path.endswith(DOWNLOADS):
                seen.add(found)
                waiting.append(parts.path)
        visitor.shoot(path.strip("/").replace("/", "-") or "home")
        if visitor.scrolls_sideways():
            wrong.append(f"{path} scrolls sideways at {width}")
    return wrong


@pytest.mark.long
@pytest.mark.parametrize(("window", "language"), WINDOWS)
def test_pages(request, lives, window, language):
    """The station walks first; the others see their home, and what those before them did not."""
    visitor = request.getfixturevalue(window)
    visitor.speak(language)
    seen, wrong = {kind("/")}, []
    for role in ("station", "office", "district"):
        visitor.sign_in(lives[role].user)
        wrong += walk(visitor, seen)
    assert {code for name, code, _ in seen if name == "ledgers:file"} >= {"residents", "households"}
    assert {code for name, code, _ in seen if name == "case"} == {"hardship", "zero_employment"}
    assert wrong == []


def test_pages_in_traditional_characters(desk, lives):
    desk.sign_in(lives["district"].user)
    desk.speak("zh-hant")
    page = desk.open("/l/residents/")
    assert "失業" in page.locator("main").inner_text()
    assert not desk.scrolls_sideways()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
def test_pages_before_sign_in(phone, transactional_db, path):
    phone.open(path)
    assert not phone.scrolls_sideways()
    assert phone.barriers() == []


def test_every_part_is_without_barrier(desk, phone, staff, style_guide):
    user = staff("li", "station")
    for visitor in (desk, phone):
        visitor.sign_in(user)
        visitor.open(style_guide)
        assert visitor.barriers() == []
