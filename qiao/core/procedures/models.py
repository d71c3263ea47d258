"""A case, the steps it took and the papers it holds."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes


class Case(Record):
    """A matter that moves through the stages of a procedure. Only `take` and `opened` write `stage`."""

    stage = models.CharField(_("Stage"), max_length=24, editable=False)
    stage_since = models.DateField(_("In this stage since"), editable=False)
    due_on = models.DateField(
        _("Due on"), null=True, blank=True, editable=False, help_text=_("The last day of this stage's clock.")
    )
    opened_on = models.DateField(_("Opened on"), editable=False)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        abstract = True

    def overdue(self, day: date) -> bool:
        return self.closed_on is None and self.due_on is not None and self.due_on < day


def case_indexes(name: str) -> list[models.Index]:
    """The open cases of a stage by due date, at each level a list is asked at: for `Meta.indexes`."""
    return level_indexes(name, "stage", "due_on", "id", condition=Q(closed_on=None, deleted_at=None))


class Step(Record):
    """One move of a case. Written once, never changed."""

    append_only: ClassVar[bool] = True

    procedure = models.CharField(_("Procedure"), max_length=40)
    case_id = models.BigIntegerField(_("Case"))
    transition = models.CharField(_("Decision"), max_length=40)
    from_stage = models.CharField(_("From"), max_length=24, blank=True)
    to_stage = models.CharField(_("To"), max_length=24)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("By")
    )
    role = models.CharField(_("Role"), max_length=24, choices=Role, blank=True)
    at = models.DateTimeField(_("At"), db_default=Now())
    on = models.DateField(_("On"))
    due_on = models.DateField(_("Due on"), null=True)
    opinion = models.TextField(_("Opinion"), blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["id"]
        indexes = [models.Index(fields=["procedure", "case_id", "id"], name="step_of_case")]

    def __str__(self) -> str:
        return f"{self.from_stage} -> {self.to_stage}"


@tracked()
class Paper(Record):
    """A paper received for a case: a tick, a note and, if there is one, the scan."""

    procedure = models.CharField(_("Procedure"), max_length=40)
    case_id = models.BigIntegerField(_("Case"))
    kind = models.CharField(_("Paper"), max_length=40)
    received_on = models.DateField(_("Received on"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Received by")
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    file = models.FileField(_("File"), upload_to="papers/%Y/%m/", blank=True, max_length=200)
    file_name = models.CharField(_("File name"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "case_id", "kind"],
                condition=Q(deleted_at=None),
                name="paper_is_received_once",
                violation_error_message=_("This paper has been received already."),
            )
        ]

    def __str__(self) -> str:
        return self.kind
