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


def walk(visitor, start: str = "/") -> tuple[list[str], list[str]]:
    """Follows links breadth first, one page of each kind: the pages seen, and what is wrong with them."""
    waiting, seen, walked, wrong = [start], {kind(start)}, [], []
    while waiting and len(walked) < MOST:
        path = waiting.pop(0)
        page = visitor.open(path)
        walked.append(path)
        if visitor.scrolls_sideways():
            wrong.append(f"{path} scrolls sideways")
        if page.locator("h1").count() != 1:
            wrong.append(f"{path} has {page.locator('h1').count()} titles")
        wrong += [f"{path}: {barrier}" for barrier in visitor.barriers()]
        visitor.shoot(path.strip("/").replace("/", "-") or "home")
        for href in page.eval_on_selector_all("a[href]", "links => links.map((one) => one.href)"):
            parts = urlsplit(href)
            found = kind(parts.path) if href.startswith(visitor.home) else None
            if found and found not in seen and not parts.path.endswith((".xlsx", ".csv", ".json")):
                seen.add(found)
                waiting.append(parts.path)
    return walked, wrong


@pytest.mark.parametrize(
    ("role", "language"), [("station", "zh-hans"), ("office", "en"), ("employment_section", "zh-hant")]
)
def test_pages_at_a_desk(desk, staff, role, language):
    desk.sign_in(staff("li", role))
    desk.speak(language)
    walked, wrong = walk(desk)
    assert len(walked) >= 8
    assert wrong == []


@pytest.mark.parametrize(("role", "language"), [("station", "zh-hans"), ("employment_section", "en")])
def test_pages_on_a_phone(phone, staff, role, language):
    phone.sign_in(staff("li", role))
    phone.speak(language)
    walked, wrong = walk(phone)
    assert len(walked) >= 8
    assert wrong == []


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
