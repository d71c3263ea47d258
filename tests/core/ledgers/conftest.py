from __future__ import annotations

import pytest


@pytest.fixture
def regions(db):
    import ledger_world

    ledger_world.lay_regions()


@pytest.fixture
def people(regions):
    import ledger_world

    return ledger_world.populate()


@pytest.fixture
def browser(regions):
    import ledger_world

    return ledger_world.browser


@pytest.fixture
def station(browser):
    return browser("station", "station", 130103001001)


@pytest.fixture
def office(browser):
    return browser("office", "office", 130103001000)


@pytest.fixture
def leader(browser):
    return browser("leader", "leader", 130103000000)


@pytest.fixture
def stranger(browser):
    """An office of another street."""
    return browser("stranger", "office", 130103002000)
