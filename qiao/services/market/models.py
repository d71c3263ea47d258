"""What is learnt about the labour market, and what partners do for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes


class PartnerKind(models.TextChoices):
    UNION = "union", _("Trade union")
    WOMEN = "women", _("Women's federation")
    SCHOOL = "school", pgettext_lazy("partner", "School")
    YOUTH = "youth", _("Youth league")
    DISABLED = "disabled", _("Disabled persons' federation")
    AGENCY = "agency", _("Employment agency")
    OTHER = "other", pgettext_lazy("partner", "Other")


class Theme(models.TextChoices):
    DEMAND = "demand", _("What posts ask")
    SUPPLY = "supply", _("Who seeks work")
    PAY = "pay", pgettext_lazy("market", "Pay")
    TRAINING = "training", pgettext_lazy("market", "Training")
    POLICY = "policy", pgettext_lazy("market", "Policy")
    OTHER = "other", pgettext_lazy("market", "Other")


@tracked()
class ResearchNote(Record):
    """What somebody went to find out, what they found, and what they propose."""

    shared_in_district: ClassVar[bool] = True

    title = models.CharField(pgettext_lazy("note", "Title"), max_length=120)
    theme = models.CharField(pgettext_lazy("note", "About"), max_length=10, choices=Theme)
    written_on = models.DateField(_("Written on"))
    author = text(pgettext_lazy("note", "Author"), 60)
    sources = text(_("How it was found out"), 300)
    findings = models.TextField(pgettext_lazy("note", "Findings"))
    proposals = models.TextField(_("Proposals"), blank=True, default="", db_default="")
    answer = text(_("What became of it"), 300)

    class Meta(Record.Meta):
        verbose_name = _("research note")
        verbose_name_plural = _("research notes")
        indexes = [*level_indexes("note", "-written_on", "-id", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return self.title


@tracked()
class PartnerAction(Record):
    """One thing a union, a federation, a school or another partner did for people who need work."""

    shared_in_district: ClassVar[bool] = True

    partner = models.CharField(_("Partner"), max_length=80)
    kind = models.CharField(_("Kind of partner"), max_length=10, choices=PartnerKind)
    done_on = models.DateField(_("Done on"))
    what = models.CharField(pgettext_lazy("partner", "What was done"), max_length=200)
    people = models.IntegerField(_("People reached"), null=True, blank=True)
    placed = models.IntegerField(_("Of them came to work"), null=True, blank=True)
    contact = text(_("Contact"), 60)
    phone = text(_("Phone"), 20)
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("action of a partner")
        verbose_name_plural = _("actions of partners")
        constraints = [
            models.CheckConstraint(
                condition=(Q(people=None) | Q(people__gte=0))
                & (Q(placed=None) | Q(people=None) | Q(placed__range=(0, models.F("people")))),
                name="action_people_are_in_order",
                violation_error_message=_(
                    "No more people can have come to work than were reached, and neither is below zero."
                ),
            ),
        ]
        indexes = [*level_indexes("action", "-done_on", "-id", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return f"{self.partner} · {self.what}"
