"""The answer to a need, where no record of another service tells that it is met."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record
from qiao.services.visits.models.choices import AnswerKind, Need
from qiao.services.visits.models.visit import Visit


@tracked()
class NeedAnswer(Record):
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers", verbose_name=_("Visit"))
    need = models.CharField(_("What is needed"), max_length=10, choices=Need)
    answer = models.CharField(_("Answer"), max_length=12, choices=AnswerKind)
    note = text(_("In a sentence"), 300)
    answered_on = models.DateField(_("Answered on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Answered by")
    )

    class Meta(Record.Meta):
        verbose_name = _("answer to a need")
        verbose_name_plural = _("answers to needs")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "need"],
                condition=Q(deleted_at=None),
                name="need_is_answered_once",
                violation_error_message=_("This need is answered already."),
            ),
            models.CheckConstraint(
                condition=~Q(answer=AnswerKind.IMPOSSIBLE, note=""),
                name="need_that_cannot_be_met_says_why",
                violation_error_message=_("Say in a sentence why it cannot be met."),
            ),
        ]
        indexes = [models.Index(fields=["region"], name="need_answer_region")]

    def __str__(self) -> str:
        return f"{self.get_need_display()}: {self.get_answer_display()}"
