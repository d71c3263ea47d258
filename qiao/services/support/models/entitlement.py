"""What the nightly sweep found: a policy that fits a resident, is about to, is about to end, or has been lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.models import Record, level_indexes

LIVING = Q(deleted_at=None)


class Entitlement(Record):
    """One row for a resident and a policy. `turns_on` is the day a change ahead takes place; `changed_on` the night
    on which the present state was found. A row is news until somebody has told the person."""

    class State(models.TextChoices):
        COMING = "coming", _("Will fit soon")
        FITS = "fits", pgettext_lazy("policy", "Fits")
        ENDING = "ending", _("Fits, but not for long")
        LOST = "lost", _("Fits no longer")

    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="entitlements", verbose_name=_("Resident")
    )
    policy = models.CharField(_("Policy"), max_length=24)
    state = models.CharField(_("State"), max_length=8, choices=State)
    changed_on = models.DateField(_("Found on"))
    turns_on = models.DateField(_("Changes on"), null=True)
    told_on = models.DateField(_("Told on"), null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("Told by"),
    )
    answer = text(_("What the person said"), 200)

    class Meta(Record.Meta):
        verbose_name = _("policy that fits")
        verbose_name_plural = _("policies that fit")
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "policy"], condition=LIVING, name="entitlement_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(turns_on=None) | Q(state__in=("coming", "ending")),
                name="entitlement_turns_on_a_day_ahead",
            ),
        ]
        indexes = [
            *level_indexes("entitlement", "changed_on", "id", condition=LIVING & Q(told_on=None)),
            models.Index(fields=["resident"], name="entitlement_news", condition=LIVING & Q(told_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.state}"
