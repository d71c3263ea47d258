from __future__ import annotations

import pytest
from ledger_world import browser, lay_regions


@pytest.fixture(autouse=True)
def district(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()


@pytest.fixture
def station():
    return browser("station", "station", 130103001001)


@pytest.fixture
def office():
    return browser("office", "office", 130103001000)


@pytest.fixture
def stranger():
    """An office of another street."""
    return browser("stranger", "office", 130103002000)
