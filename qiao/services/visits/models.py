"""Visits: who was seen or not, how things stand, what is needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes


class Target(models.TextChoices):
    PERSON = "person", _("The person")
    EMPLOYER = "employer", _("The employer")
    FAMILY = "family", _("The family")
    OUTLET = "outlet", _("The outlet")


TO_PEOPLE = Target.PERSON, Target.EMPLOYER, Target.FAMILY


class Way(models.TextChoices):
    DOOR = "door", _("At the door")
    PHONE = "phone", _("By phone")
    OTHER = "other", _("Another way")


class Outcome(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NO_ANSWER = "no_answer", _("Phone not answered")
    REFUSED = "refused", _("Refused the visit")


class Situation(models.TextChoices):
    SEEKING = "seeking", _("Looking for work")
    WORKING = "working", _("Working")
    TRAINING = "training", _("In training")
    CARING = "caring", _("Caring for family")
    ILL = "ill", _("Ill")
    AWAY = "away", _("Away")


class Need(models.TextChoices):
    POST = "post", _("A post")
    TRAINING = "training", _("Training")
    LOAN = "loan", _("A loan")
    POLICY = "policy", _("Policy advice")
    OTHER = "other", _("Something else")


@tracked()
class Visit(Record):
    """One visit: to a person, the family, an employer or an outlet. Only one that met somebody counts as contact."""

    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        verbose_name=_("Resident"),
    )
    household = models.ForeignKey(
        "people.Household",
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        verbose_name=_("Household"),
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        verbose_name=_("Employer"),
    )
    outlet = models.ForeignKey(
        "employers.Outlet",
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        verbose_name=_("Outlet"),
    )
    target = models.CharField(_("Whom"), max_length=10, choices=Target, default=Target.PERSON)
    way = models.CharField(_("How"), max_length=10, choices=Way, default=Way.DOOR)
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome)
    situation = models.CharField(_("How things stand"), max_length=10, choices=Situation, blank=True)
    needs = ArrayField(
        models.CharField(max_length=10, choices=Need),
        verbose_name=_("What is needed"),
        default=list,
        blank=True,
    )
    note = models.CharField(_("In a sentence"), max_length=300, blank=True)
    visited_on = models.DateField(_("Visited on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Visited by")
    )
    next_on = models.DateField(_("Next visit on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False)
                | Q(household__isnull=False)
                | Q(employer__isnull=False)
                | Q(outlet__isnull=False),
                name="visit_is_to_somebody",
                violation_error_message=_("Say whom the visit was to."),
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("visited_on")),
                name="visit_next_comes_later",
                violation_error_message=_("The next visit must come after this one."),
            ),
        ]
        indexes = [
            *level_indexes("visit", "-visited_on", "-id", condition=Q(deleted_at=None)),
            models.Index(
                fields=["resident", "-visited_on"], name="visit_resident", condition=Q(deleted_at=None)
            ),
            models.Index(
                fields=["household", "-visited_on"], name="visit_household", condition=Q(deleted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.get_outcome_display()}"

    @property
    def whom(self) -> Any:
        """The person, household, outlet or employer visited."""
        return self.resident or self.household or self.outlet or self.employer

    @property
    def needs_shown(self) -> str:
        return ", ".join(str(Need(one).label) for one in self.needs)
