from __future__ import annotations

import pytest


@pytest.fixture
def district(db):
    import money_world

    return money_world.District()


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield
