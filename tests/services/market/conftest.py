from __future__ import annotations

import pytest


@pytest.fixture
def at(db):
    """at("station"): a browser of that colleague."""
    import case_world

    staff = case_world.lay()
    return lambda name: case_world.browser(staff[name])
