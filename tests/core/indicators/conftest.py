from __future__ import annotations

import pytest


@pytest.fixture
def district(db):
    import figure_world as world

    from qiao.core.accounts.scope import Scope
    from qiao.core.calendars import clock

    world.lay_regions()
    clock.fix(world.TODAY)
    world.populate(1)
    return Scope(world.DISTRICT)


@pytest.fixture
def rolled(district):
    import figure_world as world

    from qiao.core.accounts.scope import Scope
    from qiao.core.indicators import rollup

    rollup.merge_all(Scope.everything(), world.TODAY)
    return district
