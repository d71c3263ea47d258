"""A small district and a way to sign in to it, for tests through the pages."""

from __future__ import annotations

from datetime import date

import pytest

TODAY = date(2006, 8, 31)
DISTRICT, STREET, COMMUNITY = 130103000000, 130103001000, 130103001001
SMALL = """13,河北省
1301,石家庄市
130102,长安区
130103,桥东区
130103001,中山东路街道
130103001001,栗康街南社区
130103001002,省四院社区
130103002,阜康街道
130103002001,栗新小区社区
"""


@pytest.fixture
def small_tree(db):
    from qiao.core.calendars import clock
    from qiao.core.regions.loading import load

    assert load(SMALL.encode()).problems == []
    clock.fix(TODAY)


@pytest.fixture
def sign_in(small_tree, client):
    """sign_in("office", 130103001000) -> a client of somebody in that post; `client.user` is the person."""
    from django.test import Client

    from qiao.core.accounts.models import Appointment, User

    def make(role, region=DISTRICT, language="en"):
        number = User.objects.count()
        user = User.objects.create(username=f"u{number}", name=f"刘芳{number}", language=language)
        Appointment.objects.create(user=user, role=role, region_id=region, since=date(2005, 1, 1))
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        browser.user = user
        return browser

    return make
