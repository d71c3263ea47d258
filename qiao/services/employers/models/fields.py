"""Fields that several of these records have."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def staff_member(label: Any, **kwargs: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=label,
        **kwargs,
    )


def carried_by() -> models.ForeignKey[Any, Any]:
    """The one of the staff who answers for it."""
    return staff_member(_("Responsible"))


def count(label: Any) -> models.IntegerField[int | None, int | None]:
    return models.IntegerField(label, null=True, blank=True)
