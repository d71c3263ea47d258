"""A person at work: how it came about, on which terms, whether it lasts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.dates import precision_field
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.api import Form
from qiao.services.vacancies.models.choices import Channel, Contract, EndReason
from qiao.services.vacancies.models.post import Post, choice
from qiao.services.vacancies.models.referral import Referral

HERE = Q(moved_on=None)
"""The record of the community in which the person lives now."""
BEGUN = Q(continues=None)
"""The record of the community in which the work began: what is counted, each placement once."""


@tracked()
class Placement(Record):
    """`ended_on` is the first day no longer worked. It follows the person's status, whoever ends that.

    A placement at a post takes one of its openings for good: when the work ends, it is for the employer to
    say whether somebody is wanted again. When the person moves, the community in which the work began keeps its
    record (`moved_on`), and another one goes on in the new community (`continues`). One that was recorded by
    mistake is deleted with the reason (`taken_back`).
    """

    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="placements", verbose_name=_("Resident")
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=pgettext_lazy("vacancy", "Post"),
    )
    referral = models.ForeignKey(
        Referral,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="placements",
        verbose_name=_("Referral"),
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("Employer on record"),
    )
    employer_name = text(_("Employer"), 120)
    title = text(pgettext_lazy("placement", "Work"), 80)
    kind = choice(_("Form of employment"), Form.choices)
    channel = choice(_("Came about through"), Channel.choices)
    channel_name = text(_("Which market, outlet or person"), 80)
    category = text(_("Class"), 24)
    started_on = models.DateField(_("At work since"))
    started_precision = precision_field()
    pay_fen = models.BigIntegerField(_("Monthly pay (fen)"), null=True, blank=True)
    contract = choice(_("Contract"), Contract.choices)
    contract_until = models.DateField(_("Contract until"), null=True, blank=True)
    registered_on = models.DateField(_("Employment registered on"), null=True, blank=True)
    ended_on = models.DateField(_("Work ended on"), null=True, blank=True)
    end_reason = choice(_("Why it ended"), EndReason.choices)
    note = text(_("Note"), 300)
    moved_on = models.DateField(_("Person moved on"), null=True, blank=True, editable=False)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="continued"
    )
    taken_back = text(_("Why it was taken back"), 200)

    class Meta(Record.Meta):
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(ended_on=None, moved_on=None, deleted_at=None),
                name="placement_is_open_once",
                violation_error_message=_("This person's present work is recorded already. End it first."),
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(deleted_at=None, continues=None),
                name="placement_fulfils_a_referral_once",
                violation_error_message=_("This referral has led to work already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=""),
                name="placement_has_a_form",
                violation_error_message=_("Say in which form this person works."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="placement_ends_after_it_begins",
                violation_error_message=_("Work must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ended_on__isnull=False),
                name="placement_reason_is_of_an_end",
                violation_error_message=_("Give the day the work ended."),
            ),
            models.CheckConstraint(
                condition=Q(registered_on=None) | Q(registered_on__gte=F("started_on")),
                name="placement_is_registered_after_it_begins",
                violation_error_message=_("Employment cannot be registered before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(pay_fen=None) | Q(pay_fen__gte=0),
                name="placement_pay_is_not_negative",
                violation_error_message=_("Pay cannot be negative."),
            ),
        ]
        indexes = [
            *level_indexes("placement", "-id", condition=Q(deleted_at=None)),
            *level_indexes("placement_begun", "started_on", "id", condition=Q(deleted_at=None)),
            models.Index(fields=["resident", "started_on"], name="placement_resident"),
            models.Index(fields=["post"], name="placement_post", condition=Q(post__isnull=False)),
            models.Index(fields=["created_by"], name="placement_made_by", condition=Q(batch_id=None)),
            models.Index(fields=["batch_id"], name="placement_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.title or self.employer_name}"

    @property
    def named(self) -> str:
        return str(self.title or self.employer_name or self.get_kind_display())
