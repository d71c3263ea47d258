"""What waits for another person: a change that flatters a rate, a move, a possible duplicate, a strange pattern."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record
from qiao.core.regions.models import Region
from qiao.services.people.models.resident import Resident


class Answer(models.TextChoices):
    OPEN = "open", _("Waiting")
    YES = "yes", _("Agreed")
    NO = "no", _("Refused")


class Proposal(Record):
    """Something one person asks for and another answers."""

    reason = models.CharField(_("Reason"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Asked by")
    )
    asked_on = models.DateField(_("Asked on"))
    answer = models.CharField(_("Answer"), max_length=4, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Answered by"),
    )
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    answer_note = text(_("Remark"), 200)

    class Meta(Record.Meta):
        abstract = True


def proposal_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=~Q(reason=""),
            name=f"{name}_has_a_reason",
            violation_error_message=_("Give the reason."),
        ),
        models.CheckConstraint(
            condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            name=f"{name}_needs_a_second_person",
            violation_error_message=_("Another person must answer what you asked for."),
        ),
        models.CheckConstraint(
            condition=Q(answer=Answer.OPEN, answered_by=None)
            | (~Q(answer=Answer.OPEN) & Q(answered_by__isnull=False)),
            name=f"{name}_is_answered_by_somebody",
        ),
        models.UniqueConstraint(
            fields=["resident"],
            condition=Q(answer=Answer.OPEN, deleted_at=None),
            name=f"{name}_is_asked_once",
            violation_error_message=_("The same is already asked for this person and waits for an answer."),
        ),
    ]


@tracked()
class WillingnessChange(Proposal):
    """A resident leaves the denominator of every rate: not wishing, or not able, to work any more."""

    class What(models.TextChoices):
        UNWILLING = "unwilling", _("No longer wishes to work")
        UNABLE = "unable", _("No longer able to work")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="willingness_changes")
    what = models.CharField(_("Change"), max_length=10, choices=What)

    class Meta(Proposal.Meta):
        verbose_name = _("change of willingness")
        verbose_name_plural = _("changes of willingness")
        constraints = proposal_constraints("willingness")
        indexes = [models.Index(fields=["region"], name="willingness_open", condition=Q(answer=Answer.OPEN))]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.what}"


@tracked()
class Transfer(Proposal):
    """A resident moves to another community: the other side than the one that asks accepts."""

    region_columns = ("region_id", "to_region_id")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="transfers")
    to_region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("To community"))
    moved_on = models.DateField(_("Moved on"))
    requested = models.BooleanField(
        _("Asked for by the receiving community"),
        default=False,
        db_default=False,
        help_text=_("Then the community that holds the record answers."),
    )

    class Meta(Proposal.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            *proposal_constraints("transfer"),
            models.CheckConstraint(
                condition=~Q(region=F("to_region")),
                name="transfer_leads_elsewhere",
                violation_error_message=_("The resident already belongs to this community."),
            ),
        ]
        indexes = [models.Index(fields=["to_region"], name="transfer_open", condition=Q(answer=Answer.OPEN))]

    def __str__(self) -> str:
        return f"{self.resident_id} -> {self.to_region_id}"


@tracked()
class DuplicatePair(Record):
    """Two records that may be one person. `resident` has the lower id."""

    region_columns = ("region_id", "other_region_id")

    class Found(models.TextChoices):
        ID = "id", _("Same identity number")
        NAME_PHONE = "name_phone", _("Same name and phone")
        NAME_BIRTH = "name_birth", _("Same name and birth date")
        SWEEP = "sweep", _("Alike in many things")

    class Verdict(models.TextChoices):
        OPEN = "open", _("To settle")
        SAME = "same", _("One person")
        DIFFERENT = "different", _("Different people")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name=_("Resident"))
    other = models.ForeignKey(Resident, models.CASCADE, related_name="+", verbose_name=_("Other record"))
    other_region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("Other community")
    )
    found = models.CharField(_("Found by"), max_length=12, choices=Found)
    weight = models.FloatField(_("Likelihood"), default=1.0)
    verdict = models.CharField(_("Verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["resident", "other"], name="duplicate_pair_is_stated_once"),
            models.CheckConstraint(condition=Q(resident__lt=F("other")), name="duplicate_pair_is_ordered"),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="duplicate_open", condition=Q(verdict="open")),
            models.Index(
                fields=["other_region", "-id"], name="duplicate_other_open", condition=Q(verdict="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} ~ {self.other_id}"


@tracked()
class Merger(Record):
    """Two records became one. `moved` and `before` hold what is needed to take it back."""

    kept = models.ForeignKey(Resident, models.PROTECT, related_name="mergers", verbose_name=_("Kept"))
    given_up = models.ForeignKey(Resident, models.PROTECT, related_name="+", verbose_name=_("Given up"))
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")

    def __str__(self) -> str:
        return f"{self.given_up_id} into {self.kept_id}"


class PatternFlag(Record):
    """A pattern that honest records hardly make. A person looks and says what it is."""

    class Pattern(models.TextChoices):
        IDENTICAL_SPELLS = "identical_spells", _("Many spells of the very same length")
        MONTH_END_BURST = "month_end_burst", _("Many changes on the last days of a period")
        ONE_PHONE = "one_phone", _("One phone for many people")
        ONE_EMPLOYER = "one_employer", _("One employer for very many people")
        LEFT_BEFORE_ASSESSMENT = (
            "left_before_assessment",
            _("Many became unwilling shortly before an assessment"),
        )

    class Verdict(models.TextChoices):
        OPEN = "open", _("To look at")
        TRUE = "true", _("True as recorded")
        CORRECTED = "corrected", _("Records corrected")
        UNTRUE = "untrue", _("Untrue, reported to the office above")

    pattern = models.CharField(_("Pattern"), max_length=24, choices=Pattern)
    key = models.CharField(_("What repeats"), max_length=160)
    resident_ids = models.JSONField(default=list)
    people = models.IntegerField(_("People"))
    found_on = models.DateField(_("Found on"))
    verdict = models.CharField(
        _("Verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN, db_default="open"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_on = models.DateField(_("Settled on"), null=True, blank=True)
    explanation = text(_("What was found out"), 200)

    class Meta(Record.Meta):
        verbose_name = _("pattern to look at")
        verbose_name_plural = _("patterns to look at")
        constraints = [
            models.UniqueConstraint(fields=["region", "pattern", "key"], name="pattern_is_flagged_once"),
            models.CheckConstraint(condition=Q(people__gt=1), name="pattern_concerns_several"),
            models.CheckConstraint(
                condition=Q(verdict="open", settled_by=None, settled_on=None)
                | (
                    ~Q(verdict="open")
                    & ~Q(explanation="")
                    & Q(settled_by__isnull=False, settled_on__isnull=False)
                ),
                name="pattern_is_settled_with_its_reason",
                violation_error_message=_("Say what you found out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pattern} {self.key}"
