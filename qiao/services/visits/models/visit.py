"""Visits: who was seen or not, how things stand, what is needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.visits.models.campaign import Campaign
from qiao.services.visits.models.choices import Finding, Need, Outcome, Repayment, Situation, Target, Way, Why

LIVING = Q(deleted_at=None)


@tracked("door")
class Visit(Record):
    """One visit: to a person, the family, an employer or an outlet. Only one that met somebody counts as contact.

    `photo` is the SHA-256 of the picture kept. `next_by_rule`: nobody agreed on the next day, the rule of `why`
    gives it. `entry` names what was sent, so that sending it twice makes one visit. `door` is the household,
    or whom else, that a campaign counts once.
    """

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
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Campaign"),
    )
    why = models.CharField(
        _("Why"), max_length=12, choices=Why, default=Why.OTHER, db_default=Why.OTHER.value
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
    findings = ArrayField(
        models.CharField(max_length=20, choices=Finding),
        verbose_name=_("Findings"),
        default=list,
        db_default=[],
        blank=True,
    )
    repayment = models.CharField(
        _("Able to repay"), max_length=10, choices=Repayment, blank=True, default="", db_default=""
    )
    photo = text(_("Photo"), 64, editable=False)
    note = models.CharField(_("In a sentence"), max_length=300, blank=True)
    visited_on = models.DateField(_("Visited on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Visited by")
    )
    next_on = models.DateField(_("Next visit on"), null=True, blank=True)
    next_by_rule = models.BooleanField(default=False, db_default=False, editable=False)
    entry = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    door = models.GeneratedField(
        expression=Coalesce(
            F("household") * 4, F("resident") * 4 + 1, F("outlet") * 4 + 2, F("employer") * 4 + 3
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
        editable=False,
    )

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
            models.CheckConstraint(
                condition=Q(repayment="") | Q(why=Why.LOAN),
                name="visit_judges_repayment_of_a_loan",
                violation_error_message=_("Only a visit about a loan judges whether it can be repaid."),
            ),
            models.CheckConstraint(
                condition=Q(campaign=None) | Q(why=Why.OUTREACH),
                name="visit_of_a_campaign_is_outreach",
                violation_error_message=_("A visit of a campaign is made for outreach."),
            ),
        ]
        indexes = [
            *level_indexes("visit", "-visited_on", "-id", condition=LIVING),
            models.Index(fields=["resident", "-visited_on"], name="visit_resident", condition=LIVING),
            models.Index(fields=["household", "-visited_on"], name="visit_household", condition=LIVING),
            *level_indexes("visit_needs", "visited_on", condition=LIVING & ~Q(needs=[])),
            *level_indexes("visit_next", "next_on", condition=LIVING & Q(next_on__isnull=False)),
            models.Index(
                fields=["campaign", "door", "visited_on"],
                name="visit_campaign",
                condition=LIVING & Q(campaign__isnull=False),
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

    @property
    def findings_shown(self) -> str:
        said = [str(Finding(one).label) for one in self.findings]
        return ", ".join([*said, self.get_repayment_display()] if self.repayment else said)
