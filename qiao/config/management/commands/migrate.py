"""``migrate`` as Django has it, without its slowest step.

Each index or constraint that a migration adds makes Django build anew every model within two relations, and here all
models meet in their region. Neither an index nor a constraint changes a field: what is built can stay.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations.state import ProjectState


def append_option(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    """As ProjectState does, but the model that is built learns of it where it stands."""
    model_state = state.models[app_label, model_name]
    model_state.options[option] = [*model_state.options[option], added]
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app_label, model_name)._meta, option, model_state.options[option])


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with patch.object(ProjectState, "_append_option", append_option):
            super().handle(*args, **options)
