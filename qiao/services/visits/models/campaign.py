"""A campaign of outreach: what is explained at the doors of a region, and how many doors are to be reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record
from qiao.services.visits.models.choices import Need


@tracked()
class Campaign(Record):
    """Stations record visits for the campaigns of their own region and of those above it."""

    shared_in_district = True

    name = models.CharField(_("Campaign"), max_length=80)
    topic = models.CharField(_("What is explained"), max_length=10, choices=Need, default=Need.POLICY)
    starts_on = models.DateField(_("Campaign begins on"))
    ends_on = models.DateField(_("Campaign ends on"))
    goal_households = models.PositiveIntegerField(_("Households to reach"), default=0)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Carried by"),
    )
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_begins",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.UniqueConstraint(
                fields=["region", "name", "starts_on"],
                condition=Q(deleted_at=None),
                name="campaign_is_recorded_once",
                violation_error_message=_("This campaign is recorded already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "ends_on"], name="campaign_running", condition=Q(deleted_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.name
