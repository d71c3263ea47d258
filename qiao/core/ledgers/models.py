"""Views of a ledger that people keep: an address with a name."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.models import Region


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def seen_by(self, viewer: Viewer) -> Self:
        """One's own and those shared at the place where one works."""
        return self.filter(Q(user=viewer.user) | Q(shared=True, region=viewer.scope.code))


class SavedView(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Kept by")
    )
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name=_("Region"))
    ledger = models.CharField(_("Ledger"), max_length=40)
    name = models.CharField(_("Name"), max_length=40)
    query = models.CharField(_("Address"), max_length=2000, blank=True)
    shared = models.BooleanField(_("Shared with the office"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "ledger", "name"],
                name="saved_view_is_named_once",
                violation_error_message=_("You already keep a view of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Opened(models.Model):
    """The record files a person opened last, each once. What is kept is where, not what stood there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    ledger = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("recently opened record")
        verbose_name_plural = _("recently opened records")
        constraints = [
            models.UniqueConstraint(fields=["user", "ledger", "record_id"], name="opened_is_kept_once")
        ]
        indexes = [models.Index(fields=["user", "-at"], name="opened_last")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.record_id}"
