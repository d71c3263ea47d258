"""Outreach that nobody is named in: sessions and leaflets. Visits from door to door are kept by `visits`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.loans.models import choices


@tracked()
class Publicity(Record):
    held_on = models.DateField(_("Held on"))
    kind = models.CharField(_("Kind"), max_length=16, choices=choices.Publicity)
    place = models.CharField(pgettext_lazy("publicity", "Place"), max_length=120)
    sessions = models.IntegerField(_("Sessions"), default=1)
    leaflets = models.IntegerField(_("Leaflets"), default=0)
    reached = models.IntegerField(_("People reached"), null=True, blank=True)
    partners = text(_("Together with"), 120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Held by"),
    )
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("publicity")
        verbose_name_plural = _("publicity")
        constraints = [
            models.CheckConstraint(
                condition=Q(sessions__gte=0) & Q(leaflets__gte=0) & (Q(reached=None) | Q(reached__gte=0)),
                name="publicity_counts_are_not_negative",
                violation_error_message=_("Numbers of sessions, leaflets and people cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(sessions__gt=0) | Q(leaflets__gt=0),
                name="publicity_is_something",
                violation_error_message=_("Enter the sessions held or the leaflets handed out."),
            ),
        ]
        indexes = level_indexes("publicity", "-held_on", "-id", condition=Q(deleted_at=None))

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"
