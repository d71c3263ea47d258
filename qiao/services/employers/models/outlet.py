"""A community outlet: the small place of work of a resident or of a firm, and how many people it carries."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.dates import precision_field
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.employers.models.choices import Help
from qiao.services.employers.models.fields import carried_by, degrees, licence_seen, whole_coordinates


@tracked()
class Outlet(Record):
    name = models.CharField(_("Outlet"), max_length=120)
    trade = text(_("Trade"), 24)
    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outlets",
        verbose_name=_("Owner, a resident"),
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outlets",
        verbose_name=_("Owner, a firm"),
    )
    owner = text(_("Owner, by name only"), 60)
    opened_on = models.DateField(_("Opened for business on"))
    opened_precision = precision_field()
    help = ArrayField(
        models.CharField(max_length=10, choices=Help),
        verbose_name=_("Help received"),
        default=list,
        blank=True,
    )
    jobs = models.IntegerField(_("People at work"), default=1, db_default=1)
    licence_seen_on = licence_seen()
    address = text(_("Address"), 160)
    latitude, longitude = degrees(_("Latitude")), degrees(_("Longitude"))
    phone = text(_("Phone"), 20)
    carrier = carried_by()
    seen_on = models.DateField(_("Last seen on"), null=True, blank=True)
    closed_on = models.DateField(_("Closed for good on"), null=True, blank=True)
    closed_because = text(_("Closed because"), 200)
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="outlet_has_a_name",
                violation_error_message=_("An outlet needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, employer=None, owner="")
                | Q(resident=None, employer__isnull=False, owner="")
                | (Q(resident=None, employer=None) & ~Q(owner="")),
                name="outlet_has_one_owner",
                violation_error_message=_(
                    "An outlet has one owner: a resident, a firm, or just a name. Fill in one of the three."
                ),
            ),
            models.CheckConstraint(
                condition=Q(jobs__gte=0, jobs__lte=9999),
                name="outlet_jobs_are_in_range",
                violation_error_message=_("People at work: a number from 0 to 9,999."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | (Q(closed_on__gte=F("opened_on")) & ~Q(closed_because="")),
                name="outlet_closing_has_day_and_reason",
                violation_error_message=_(
                    "Closing takes a day, not before the opening, and a reason; leave both empty while it is open."
                ),
            ),
            whole_coordinates("outlet"),
            models.UniqueConstraint(
                fields=["region", "name", "opened_on"],
                condition=Q(deleted_at=None),
                name="outlet_is_recorded_once",
                violation_error_message=_("This outlet is recorded already. Open its file."),
            ),
        ]
        indexes = [
            *level_indexes("outlet", "-opened_on", "-id", condition=Q(deleted_at=None)),
            models.Index(fields=["batch_id"], name="outlet_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
