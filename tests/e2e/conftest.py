"""A browser before the running site: a clerk at a desk (1366 px) and one with a phone (390 px).

Set QIAO_SHOTS to a folder to keep a picture of every page the tests stop at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path

import case_world
import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import path
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.fixtures import Settings

from qiao.core.accounts.models import Appointment, User
from qiao.core.regions.models import Region
from qiao.web import styleguide

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "qiao" / "web" / "static" / "dist"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "an-honest-bridge-2006"
PLACES = {  # role: where it is held
    "employment_section": (130103000000, "桥东区", 3),
    "office": (130103001000, "建安街道", 4),
    "station": (130103001001, "阜康社区", 5),
}
EXPECTED = ("the server responded with a status of 40",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium on this machine")
    if not (DIST / "qiao.css").exists():
        pytest.fail("The interface is not built: run `npm ci && npm run build` first.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def style_guide(settings: Settings) -> str:
    """The site with its page of all parts, which is otherwise there in DEBUG only."""
    site = import_module(settings.ROOT_URLCONF).urlpatterns
    settings.ROOT_URLCONF = (*site, path("styleguide", login_required(styleguide.show), name="styleguide"))
    return "/styleguide"


@pytest.fixture
def staff(transactional_db: None) -> Callable[..., User]:
    """`staff("li", "station", …)`: a person with a post for each role, from community to district."""

    def make(username: str, *roles: str) -> User:
        user = User.objects.create_user(username, password=PASSWORD, name="李敏")
        for _role, (code, name, level) in PLACES.items():
            Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})
        for role in roles:
            Appointment.objects.create(
                user=user, role=role, region_id=PLACES[role][0], since=date(2004, 1, 1)
            )
        return user

    return make


@pytest.fixture
def district(transactional_db: None) -> dict[str, Appointment]:
    """Two streets and those who work there, on the day of the demonstration."""
    return case_world.lay()


@dataclass
class Visitor:
    """One browser window, its person, and what its console complained about."""

    page: Page
    context: BrowserContext
    home: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page

    def sign_in(self, user: User) -> None:
        """With a session given by the server: the sign-in form has tests of its own."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": self.home}]
        )

    def sign_in_by_form(self, username: str, password: str = PASSWORD) -> None:
        self.page.fill('[name="login"]', username)
        self.page.fill('[name="password"]', password)
        self.page.locator('[name="password"]').press("Enter")

    def end_session(self) -> None:
        """As time does: on the server, while the page stays open."""
        Session.objects.all().delete()

    def speak(self, language: str) -> None:
        self.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.home}]
        )

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )

    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA on the page as it stands."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """axe.run(document, {
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"]
            })"""
        )
        return [f"{one['help']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]

    def shoot(self, name: str) -> None:
        if folder := os.environ.get("QIAO_SHOTS"):
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png")


def visit(browser: Browser, home: str, width: int, height: int) -> Iterator[Visitor]:
    phone = width < 500
    context = browser.new_context(
        viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    visitor = Visitor(page, context, home)
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            message.type == "error"
            and not any(part in message.text for part in EXPECTED)
            and visitor.complaints.append(message.text)
        ),
    )
    yield visitor
    context.close()
    assert visitor.complaints == [], "the browser's console complains"


@pytest.fixture
def desk(browser: Browser, live_server: object) -> Iterator[Visitor]:
    yield from visit(browser, str(live_server), 1366, 900)


@pytest.fixture
def phone(browser: Browser, live_server: object) -> Iterator[Visitor]:
    yield from visit(browser, str(live_server), 390, 844)
