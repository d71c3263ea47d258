"""A job fair: its booths, what they offer, who came, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.api import Group

LIVING = Q(deleted_at=None)


@tracked()
class Fair(Case):
    """Planned, approved with its papers, held, closed. It belongs to the community where it is held."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "title"

    title = models.CharField(pgettext_lazy("fair", "Job fair"), max_length=80)
    held_on = models.DateField(_("Held on"))
    hours = text(pgettext_lazy("fair", "Hours"), 40)
    place = text(pgettext_lazy("fair", "Place"), 120)
    organiser = text(_("Organiser"), 80)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("Responsible"),
    )
    press = text(_("Press coverage"), 300)
    note = text(_("Note"), 300)
    followed_on = models.DateField(_("At work is seen on"), editable=False)

    class Meta(Case.Meta):
        verbose_name = _("job fair")
        verbose_name_plural = _("job fairs")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "title", "held_on"],
                condition=LIVING,
                name="fair_is_recorded_once",
                violation_error_message=_("A fair of this name on this day is already recorded."),
            ),
        ]
        indexes = [*case_indexes("fair"), *level_indexes("fair_list", "-id", condition=LIVING)]

    def __str__(self) -> str:
        return self.title


@tracked()
class Booth(Record):
    shared_in_district: ClassVar[bool] = True

    fair = models.ForeignKey(
        Fair, models.PROTECT, related_name="booths", verbose_name=pgettext_lazy("fair", "Job fair")
    )
    number = models.CharField(_("Booth"), max_length=12)
    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="booths", verbose_name=_("Employer")
    )
    contact = text(_("Contact at the booth"), 60)
    came = models.BooleanField(_("The employer came"), null=True, blank=True)
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "number"],
                condition=LIVING,
                name="booth_is_given_once",
                violation_error_message=_("This booth of the fair is given already."),
            )
        ]
        indexes = level_indexes("booth", "-id", condition=LIVING)

    def __str__(self) -> str:
        return f"{self.number} {self.employer}"


@tracked()
class Offer(Record):
    """A post at a booth: one of the register of posts, or as the employer wrote it down."""

    shared_in_district: ClassVar[bool] = True

    booth = models.ForeignKey(Booth, models.PROTECT, related_name="offers", verbose_name=_("Booth"))
    post = models.ForeignKey(
        "vacancies.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fair_offers",
        verbose_name=_("Post on record"),
    )
    title = models.CharField(pgettext_lazy("fair", "Post"), max_length=80)
    openings = models.IntegerField(_("Openings"), default=1)
    pay = text(pgettext_lazy("fair", "Pay"), 40)
    wanted = text(_("Who is wanted"), 160)

    class Meta(Record.Meta):
        verbose_name = _("post at a fair")
        verbose_name_plural = _("posts at fairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(openings__gt=0),
                name="offer_has_openings",
                violation_error_message=_("A post has at least one opening."),
            )
        ]
        indexes = [
            *level_indexes("offer", "-id", condition=LIVING),
            models.Index(fields=["booth"], name="offer_booth", condition=LIVING),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Visitor(Record):
    """Somebody invited to a fair or come to it. Who is in the register belongs to the own community.

    `suggested`: the offers to see first, best first, as the matching gave them.
    """

    fair = models.ForeignKey(
        Fair, models.PROTECT, related_name="visitors", verbose_name=pgettext_lazy("fair", "Job fair")
    )
    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fair_visits",
        verbose_name=_("Resident"),
    )
    name = text(_("Name"), 60)
    phone = text(_("Phone"), 20)
    group = models.CharField(
        _("Invited as"), max_length=16, choices=Group, blank=True, default="", db_default=""
    )
    invited_on = models.DateField(_("Invited on"), null=True, blank=True)
    came_on = models.DateField(_("Came on"), null=True, blank=True)
    suggested = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("visitor of a fair")
        verbose_name_plural = _("visitors of fairs")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "resident"],
                condition=LIVING,
                name="visitor_is_recorded_once",
                violation_error_message=_("This person is already on the list of the fair."),
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | ~Q(name=""),
                name="visitor_is_somebody",
                violation_error_message=_("Give the name of the visitor."),
            ),
        ]
        indexes = [
            *level_indexes("visitor", "-id", condition=LIVING),
            models.Index(fields=["fair", "phone"], name="visitor_fair", condition=LIVING),
            models.Index(fields=["resident"], name="visitor_resident", condition=LIVING),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return str(self.resident) if self.resident_id else self.name


@tracked()
class Intention(Record):
    """A visitor and an employer want each other; hiring is entered, what follows is read from the records."""

    visitor = models.ForeignKey(Visitor, models.PROTECT, related_name="intentions", verbose_name=_("Visitor"))
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="intentions", verbose_name=_("Post"))
    stated_on = models.DateField(_("Intention of"))
    hired_on = models.DateField(_("Hired on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("intention")
        verbose_name_plural = _("intentions")
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "offer"],
                condition=LIVING,
                name="intention_is_stated_once",
                violation_error_message=_("This intention is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(hired_on=None) | Q(hired_on__gte=models.F("stated_on")),
                name="intention_is_hired_afterwards",
                violation_error_message=_("Nobody is hired before the intention."),
            ),
        ]
        indexes = [
            *level_indexes("intention", "-id", condition=LIVING),
            models.Index(fields=["offer"], name="intention_offer", condition=LIVING),
        ]

    def __str__(self) -> str:
        return f"{self.visitor} · {self.offer}"
