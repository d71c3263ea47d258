"""Model fields that records of every kind have."""

from __future__ import annotations

from typing import Any

from django.db import models


def text(label: Any, width: int, **kwargs: Any) -> models.CharField[str, str]:
    """A line of text that may be empty, also where a row is written without it."""
    return models.CharField(label, max_length=width, blank=True, default="", db_default="", **kwargs)
