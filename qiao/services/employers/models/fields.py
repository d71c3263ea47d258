"""Fields that several of these records have."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
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


def licence_seen() -> models.DateField[Any, Any]:
    return models.DateField(_("Licence seen on"), null=True, blank=True)


def degrees(label: Any) -> models.FloatField[float | None, float | None]:
    return models.FloatField(label, null=True, blank=True)


def whole_coordinates(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(latitude=None, longitude=None)
        | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
        name=f"{name}_coordinates_are_whole",
        violation_error_message=_("Give latitude and longitude together, or neither."),
    )
