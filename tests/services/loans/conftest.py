from __future__ import annotations

from datetime import date

import case_world
import money_world
import pytest
from django.utils import translation

from qiao.core.accounts.rights import Role
from qiao.services.loans.models import Bank, Fund
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.claiming import pay_in


@pytest.fixture
def staff(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = case_world.lay()
    for name, role in (
        ("loans", Role.LOAN_SECTION),
        ("centre", Role.GUARANTEE_CENTRE),
        ("bank", Role.BANK),
        ("other_bank", Role.BANK),
    ):
        made[name] = case_world.appoint(name, role, case_world.DISTRICT)
    return made


@pytest.fixture
def at(staff):
    """at("station"): a browser of that colleague."""
    return lambda name: case_world.browser(staff[name])


@pytest.fixture
def fund(staff):
    """Room for guarantees of 100,000 yuan."""
    made = Fund.objects.create(name="桥东区担保基金", region_id=case_world.DISTRICT)
    day = date(2006, 1, 4)
    pay_in(made, 20_000_00, day, Booked("fund", day, staff["bank"].user, staff["centre"].user))
    return made


@pytest.fixture
def bank(staff, fund):
    made = Bank.objects.create(name="石门城市商业银行", region_id=case_world.DISTRICT)
    made.clerks.add(staff["bank"].user)
    other = Bank.objects.create(name="石门信用社", region_id=case_world.DISTRICT)
    other.clerks.add(staff["other_bank"].user)
    return made


@pytest.fixture
def district(db):
    return money_world.District()


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield
