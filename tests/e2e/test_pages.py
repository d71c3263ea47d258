"""Every page a person can reach: no complaint in the console, no sideways scroll, one title, no barrier."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

MOST = 40


def kind(path: str) -> tuple | None:
    """Two pages of one view and ledger are one kind."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name, match.kwargs.get("code"), match.kwargs.get("procedure")


def walk(visitor, start: str = "/") -> list[str]:
    """Follows links breadth first, one page of each kind."""
    waiting, seen, walked = [start], {kind(start)}, []
    while waiting and len(walked) < MOST:
        path = waiting.pop(0)
        page = visitor.open(path)
        walked.append(path)
        assert not visitor.scrolls_sideways(), f"{path} scrolls sideways"
        assert page.locator("h1").count() == 1, f"{path} has no title of its own"
        assert visitor.barriers() == [], f"{path} has barriers"
        visitor.shoot(path.strip("/").replace("/", "-") or "home")
        for href in page.eval_on_selector_all("a[href]", "links => links.map((one) => one.href)"):
            parts = urlsplit(href)
            found = kind(parts.path) if href.startswith(visitor.home) else None
            if found and found not in seen and not parts.path.endswith((".xlsx", ".csv", ".json")):
                seen.add(found)
                waiting.append(parts.path)
    return walked


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ["station", "office", "employment_section"])
def test_pages_at_a_desk(desk, staff, language, role):
    desk.sign_in(staff("li", role))
    desk.speak(language)
    assert len(walk(desk)) >= 4


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_on_a_phone(phone, staff, language):
    phone.sign_in(staff("li", "station"))
    phone.speak(language)
    assert len(walk(phone)) >= 4


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
