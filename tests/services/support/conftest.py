from __future__ import annotations

import case_world
import pytest
from django.utils import translation


@pytest.fixture
def staff(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return case_world.lay()


@pytest.fixture
def at(staff):
    """at("station"): a browser of that colleague."""
    return lambda name: case_world.browser(staff[name])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield
