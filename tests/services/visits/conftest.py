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


@pytest.fixture(autouse=True)
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def someone(staff):
    import case_world

    return case_world.person()


@pytest.fixture
def made(staff):
    """made(resident, on, **facts): a visit as the station records it."""
    import case_world

    from qiao.services.visits import actions
    from qiao.services.visits.models import Visit

    def record(resident=None, on=case_world.TODAY, further=True, **facts):
        given = {"outcome": "met", "by": staff["station"].user, "region_id": case_world.HERE, **facts}
        return actions.record(Visit(resident=resident, visited_on=on, **given), further)

    return record
