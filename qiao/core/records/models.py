"""What every record carries: its region, who made it, when it changed, whether it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.scope import Scope
from qiao.core.regions.models import Region


class RecordQuerySet(models.QuerySet[Any]):
    def within(self, scope: Scope) -> Self:
        return self.filter(scope.q())

    def soft_delete(self, by: Any = None) -> int:
        return self.update(deleted_at=Now(), deleted_by=by, changed_at=Now())

    def restore(self) -> int:
        return self.update(deleted_at=None, deleted_by=None, changed_at=Now())


class LivingManager(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> RecordQuerySet:
        rows: RecordQuerySet = super().get_queryset()
        return rows.filter(deleted_at=None)


class Record(models.Model):
    """A fact with a place. `street` and `district` are its code's leading digits, for indexes per level.

    A model that sets `shared_in_district = True` is read by the whole district where a query asks for it, such
    as a post to which people of every community are sent; it is written in its own region only.
    """

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(
        Region, models.PROTECT, db_index=False, related_name="+", verbose_name=_("Community")
    )
    street = models.GeneratedField(
        expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, editable=False
    )
    district = models.GeneratedField(
        expression=F("region") / 1000000,
        output_field=models.BigIntegerField(),
        db_persist=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("Entered at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("Entered by"),
    )
    changed_at = models.DateTimeField(_("Changed at"), db_default=Now(), editable=False)
    deleted_at = models.DateTimeField(_("Deleted at"), null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    batch_id = models.BigIntegerField(_("Import batch"), null=True, blank=True, editable=False)

    objects = LivingManager()
    everything = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        abstract = True
        default_manager_name = "objects"
        base_manager_name = "everything"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            self.changed_at = Now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "changed_at"}
        super().save(*args, **kwargs)


def level_indexes(
    name: str,
    *key: str,
    condition: models.Q | None = None,
    levels: Sequence[str] = ("region", "street", "district"),
) -> list[models.Index]:
    """One index per level a list is asked at: community, street, district, each followed by the sort key.
    A level whose few rows are sorted at once can do without."""
    return [
        models.Index(fields=[level, *key], name=f"{name}_{level}", condition=condition) for level in levels
    ]
