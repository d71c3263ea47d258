"""What people say about a duty: that it must wait, or that a colleague takes it. The duty is computed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.history import tracked
from qiao.core.records.models import Record


class Remark(Record):
    """`duty` is the code of the declaration, `record_id` the fact it arises from."""

    duty = models.CharField(_("Duty"), max_length=60)
    record_id = models.BigIntegerField(_("Record"))
    reason = models.CharField(_("Reason"), max_length=200)

    class Meta(Record.Meta):
        abstract = True


def remark_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=~Q(reason=""),
            name=f"{name}_has_a_reason",
            violation_error_message=_("Give the reason."),
        )
    ]


@tracked()
class Postponement(Remark):
    """The duty is out of its owner's list before `until`. Who oversees it goes on seeing it."""

    until = models.DateField(_("Postponed to"))

    class Meta(Remark.Meta):
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")
        constraints = remark_constraints("postponement")
        indexes = [
            models.Index(
                fields=["duty", "record_id", "until"], name="postponement_of", condition=Q(deleted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.record_id} -> {self.until}"


@tracked()
class Handover(Remark):
    """The latest handover of a duty says whose it is."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Handed to")
    )

    class Meta(Remark.Meta):
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = remark_constraints("handover")
        indexes = [
            models.Index(
                fields=["duty", "record_id", "-id"], name="handover_of", condition=Q(deleted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.record_id} -> {self.to_id}"
