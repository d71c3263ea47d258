from __future__ import annotations

import pytest


@pytest.fixture
def staff(db):
    import case_world

    return case_world.lay()


@pytest.fixture
def at(staff):
    """at("station"): a browser of that colleague."""
    import case_world

    return lambda name: case_world.browser(staff[name])
