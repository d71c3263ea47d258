"""The project holds together: models and migrations agree, and Django finds nothing to warn about."""

from __future__ import annotations

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_has_no_warning() -> None:
    call_command("check", fail_level="WARNING")
