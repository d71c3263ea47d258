"""Our ``migrate`` leaves the models that migrations see as Django's own leaves them."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from qiao.config.management.commands.migrate import append_option

ADDED = ("indexes", "constraints")


def told(state: ProjectState) -> dict[str, object]:
    """What each model that is built knows of its indexes and constraints."""
    return {
        f"{model._meta.label}.{option}": [one.deconstruct() for one in getattr(model._meta, option)]
        for model in state.apps.get_models(include_auto_created=True)
        for option in ADDED
    }


def test_every_index_and_constraint_reaches_the_state_and_the_models_that_are_built() -> None:
    whole = MigrationLoader(None).project_state()
    expected = told(whole)
    assert sum(map(len, expected.values())) > 100
    grown = MigrationLoader(None).project_state()
    for model in grown.models.values():
        model.options.update({option: [] for option in ADDED})
    fields = {model: [*model._meta.get_fields()] for model in grown.apps.get_models()}
    assert not any(told(grown).values())
    for (app_label, name), model in whole.models.items():
        for option in ADDED:
            for one in model.options.get(option, []):
                append_option(grown, app_label, name, option, one)
    assert told(grown) == expected
    assert all(grown.models[key].options == model.options for key, model in whole.models.items())
    assert fields == {model: [*model._meta.get_fields()] for model in grown.apps.get_models()}
