"""A report as it is written: passages with references to figures, and the file it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes


class Kind(models.TextChoices):
    MONTH = "month", _("Monthly report")
    QUARTER = "quarter", _("Quarterly report")
    YEAR = "year", _("Year-end report")
    WORK = "work", _("Work report")


@tracked("content")
class Report(Record):
    """A draft until it is finished; then `content` is the Word file, `digest` its SHA-256."""

    kind = models.CharField(_("Kind of report"), max_length=12, choices=Kind)
    as_of = models.DateField(_("As of"))
    title = models.CharField(pgettext_lazy("report", "Title"), max_length=120)
    finished_at = models.DateTimeField(_("Finished at"), null=True, blank=True, editable=False)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Finished by"),
    )
    content = models.BinaryField(null=True, editable=False)
    digest = models.CharField(_("Fingerprint"), max_length=64, blank=True, default="", editable=False)

    class Meta(Record.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None, content=None, digest="")
                | (
                    Q(finished_at__isnull=False, finished_by__isnull=False, content__isnull=False)
                    & ~Q(digest="")
                ),
                name="report_is_finished_whole",
            )
        ]
        indexes = [*level_indexes("report", "-id", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return self.title


@tracked()
class Story(Record):
    """What happened to somebody (典型事例), told in reports. It names a person, so it is told with their consent only,
    from `consented_on` until `withdrawn_on`."""

    resident = models.ForeignKey(
        "people.Resident",
        models.PROTECT,
        related_name="stories",
        verbose_name=pgettext_lazy("story", "Of whom"),
    )
    happened_on = models.DateField(pgettext_lazy("story", "Happened on"))
    told = models.TextField(pgettext_lazy("story", "Story"))
    consented_on = models.DateField(_("Consent given on"), null=True, blank=True)
    consent = text(_("How consent was given"), 120)
    withdrawn_on = models.DateField(_("Consent withdrawn on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                condition=~Q(told=""),
                name="story_is_told",
                violation_error_message=_("Tell what happened."),
            ),
            models.CheckConstraint(
                condition=Q(consented_on=None) | ~Q(consent=""),
                name="story_consent_is_known",
                violation_error_message=_("Say how consent was given, such as a signed paper or a call."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("consented_on")),
                name="story_consent_is_withdrawn_later",
                violation_error_message=_("Consent cannot be withdrawn before it was given."),
            ),
        ]
        indexes = [*level_indexes("story", "-happened_on", "-id", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return self.told[:40]


@tracked()
class Passage(Record):
    """A heading (`level` above 0) or a paragraph. `quotes`: each reference in `text` with the number as written when
    it was drafted. An edited passage is kept when the report is drafted anew."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="passages", verbose_name=_("Report"))
    place = models.SmallIntegerField()
    level = models.SmallIntegerField(default=0)
    text = models.TextField(pgettext_lazy("report", "Text"))
    edited = models.BooleanField(_("Edited"), default=False)
    quotes = models.JSONField(default=dict)

    class Meta(Record.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place"], condition=Q(deleted_at=None), name="passage_has_its_place"
            )
        ]
        indexes = [models.Index(fields=["report", "place"], name="passage_of_report")]

    def __str__(self) -> str:
        return self.text[:40]
