"""The banks that lend, and who works for them here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes


@tracked()
class Bank(Record):
    """A branch of a bank under agreement with the district. Its clerks see the cases and loans sent to it alone."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "name"

    name = models.CharField(_("Bank"), max_length=80)
    account = text(_("Account of the guarantee fund"), 40)
    contact = text(_("Contact"), 40)
    phone = text(_("Phone"), 20)
    agreed_on = models.DateField(_("Agreement since"), null=True, blank=True)
    stopped_on = models.DateField(
        _("No new loans since"),
        null=True,
        blank=True,
        help_text=_("Set when the share of bad loans crossed the stop line, until measures are agreed."),
    )
    clerks = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="banks", verbose_name=_("Clerks")
    )

    class Meta(Record.Meta):
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                condition=Q(deleted_at=None),
                name="bank_is_recorded_once",
                violation_error_message=_("A bank of this name is already recorded in the district."),
            )
        ]
        indexes = level_indexes("bank", "-id", condition=Q(deleted_at=None))

    def __str__(self) -> str:
        return self.name


class BankAnswer(Record):
    """A bank's answers to the cases sent to it, in a workbook. The file is kept as it came; it is taken over once."""

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="answers", verbose_name=_("Bank"))
    file = models.ForeignKey("batches.SourceFile", models.PROTECT, related_name="+", verbose_name=_("File"))
    taken_on = models.DateField(_("Taken over on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("bank's answers")
        verbose_name_plural = _("banks' answers")
        indexes = [models.Index(fields=["bank", "-id"], name="bank_answer")]

    def __str__(self) -> str:
        return f"{self.bank} {self.file_id}"
