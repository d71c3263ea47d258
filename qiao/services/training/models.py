"""Partner schools, their courses, the classes that are held, and who takes part in them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.scope import Scope
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.training import choices
from qiao.services.training.choices import Mark, Result, Stage

LIVING = Q(deleted_at=None)


def choice(label: Any, options: type[models.TextChoices]) -> models.CharField[str, str]:
    return models.CharField(label, max_length=16, choices=options, blank=True, default="", db_default="")


@tracked()
class School(Record):
    """A school or firm that trains for the district, while the agreement with it holds."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "name"

    name = models.CharField(_("School"), max_length=80)
    kind = choice(_("Kind of school"), choices.SchoolKind)
    licence_no = text(_("Licence number"), 40)
    address = text(_("Address"), 160)
    contact = text(_("Contact"), 40)
    phone = text(_("Phone"), 20)
    partner_since = models.DateField(_("Partner since"), null=True, blank=True)
    partner_until = models.DateField(_("Partner until"), null=True, blank=True)
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                condition=LIVING,
                name="school_is_recorded_once",
                violation_error_message=_("A school of this name is already recorded in the district."),
            ),
            models.CheckConstraint(
                condition=Q(partner_until=None) | Q(partner_until__gte=F("partner_since")),
                name="school_agreement_ends_after_it_begins",
                violation_error_message=_("The agreement must end after it begins."),
            ),
        ]
        indexes = level_indexes("school", "-id", condition=LIVING)

    def __str__(self) -> str:
        return self.name


@tracked()
class Course(Record):
    """What is taught, for how long, to which certificate, at which fee a head."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "title"

    title = models.CharField(pgettext_lazy("training", "Course"), max_length=80)
    kind = models.CharField(_("Kind of training"), max_length=16, choices=choices.CourseKind)
    trade = models.CharField(pgettext_lazy("training", "Trade"), max_length=16, choices=choices.Trade)
    occupation_code = text(_("Occupation code"), 16)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("School")
    )
    hours = models.IntegerField(_("Hours of teaching"), null=True, blank=True)
    certificate = choice(_("Certificate"), choices.Certificate)
    fee_fen = models.BigIntegerField(_("Fee a head (fen)"), null=True, blank=True)
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "title"],
                condition=LIVING,
                name="course_is_recorded_once",
                violation_error_message=_("A course of this name is already recorded in the district."),
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gt=0),
                name="course_takes_time",
                violation_error_message=_("A course has at least one hour."),
            ),
            models.CheckConstraint(
                condition=Q(fee_fen=None) | Q(fee_fen__gte=0),
                name="course_fee_is_not_negative",
                violation_error_message=_("A fee cannot be negative."),
            ),
        ]
        indexes = level_indexes("course", "-id", condition=LIVING)

    def __str__(self) -> str:
        return self.title


@tracked("taken")
class TrainingClass(Record):
    """One run of a course. `taken` counts the seats held; the database keeps it, under a lock on this row."""

    shared_in_district: ClassVar[bool] = True
    called_by: ClassVar[str] = "number"

    number = models.CharField(_("Class number"), max_length=40)
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="classes", verbose_name=pgettext_lazy("training", "Course")
    )
    place = text(_("Place of teaching"), 120)
    starts_on = models.DateField(_("Begins on"))
    ends_on = models.DateField(_("Ends on"))
    seats = models.IntegerField(pgettext_lazy("training", "Seats"))
    taken = models.IntegerField(_("Seats taken"), default=0, db_default=0, editable=False)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("Responsible"),
    )
    note = text(_("Note"), 300)

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("training", "class")
        verbose_name_plural = pgettext_lazy("training", "classes")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "number"],
                condition=LIVING,
                name="class_is_numbered_once",
                violation_error_message=_("A class with this number is already recorded in the district."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="class_ends_after_it_begins",
                violation_error_message=_("A class must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gt=0),
                name="class_has_seats",
                violation_error_message=_("A class has at least one seat."),
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("seats")),
                name="class_seats_are_enough",
                violation_error_message=_("All seats of this class are taken."),
            ),
        ]
        indexes = [
            *level_indexes("training_class", "-id", condition=LIVING),
            models.Index(fields=["district", "ends_on"], name="class_ends", condition=LIVING),
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.number}"

    @property
    def left(self) -> int:
        return self.seats - self.taken


@tracked()
class Enrolment(Record):
    """A resident in a class, from the invitation to the certificate. It belongs to the resident's community.

    `ground` says why the person may train at public cost, as it was on the day of enrolment. Work begun before
    `followed_until` counts as employment after training.
    """

    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="enrolments", verbose_name=_("Resident")
    )
    training_class = models.ForeignKey(
        TrainingClass,
        models.PROTECT,
        related_name="enrolments",
        verbose_name=pgettext_lazy("training", "Class"),
    )
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage, default=Stage.ENROLLED)
    ground = choice(pgettext_lazy("training", "Group"), choices.Ground)
    ground_words = text(_("Why at public cost"), 200)
    entered_on = models.DateField(_("Invited or enrolled on"))
    left_on = models.DateField(_("Left or declined on"), null=True, blank=True)
    left_because = text(_("Reason"), 120)
    finished_on = models.DateField(_("Finished on"), null=True, blank=True)
    result = choice(_("Result"), Result)
    certificate_no = text(_("Number of the certificate"), 40)
    followed_until = models.DateField(_("Followed until"), null=True, blank=True)
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "training_class"],
                condition=LIVING & Q(stage__in=(Stage.INVITED, Stage.ENROLLED, Stage.FINISHED)),
                name="enrolment_in_a_class_is_once",
                violation_error_message=_("This person is already invited to this class or enrolled in it."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.FINISHED, finished_on__isnull=False, followed_until__isnull=False)
                | (~Q(stage=Stage.FINISHED) & Q(finished_on=None, result="")),
                name="enrolment_finished_on_a_day",
                violation_error_message=_("Only who finished a class has a result, and a day of it."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=(Stage.DECLINED, Stage.LEFT)) | Q(left_on__isnull=False),
                name="enrolment_left_on_a_day",
                violation_error_message=_("Give the day the person declined or left."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_no="") | Q(result=Result.PASSED),
                name="enrolment_certificate_is_for_who_passed",
                violation_error_message=_("Only who passed has a certificate number."),
            ),
        ]
        indexes = [
            *level_indexes("enrolment", "-id", condition=LIVING),
            models.Index(fields=["training_class"], name="enrolment_class", condition=LIVING),
            models.Index(fields=["resident", "-entered_on"], name="enrolment_resident", condition=LIVING),
            models.Index(
                fields=["region", "entered_on"], name="enrolment_invited", condition=Q(stage="invited")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.training_class}"


class Attendance(Record):
    """Whether somebody was there on a day of the class."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendance")
    on = models.DateField(_("Day"))
    mark = models.CharField(_("Attendance"), max_length=8, choices=Mark)

    class Meta(Record.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "on"], name="attendance_is_marked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.mark}"


def of_district(scope: Scope) -> Any:
    """Every class of the district that a scope lies in: residents of any community may attend."""
    return TrainingClass.objects.within(scope.district).select_related("course", "region")


def open_on(day: date) -> Q:
    """Classes that are not over yet and have a seat left."""
    return Q(ends_on__gte=day, taken__lt=F("seats"))


def with_attendance(enrolments: Any) -> Any:
    """`attended`: the share of recorded days on which the person was there, NULL before the first."""
    living = Q(attendance__deleted_at=None)
    recorded = Count("attendance", filter=living)
    there = Count("attendance", filter=living & Q(attendance__mark__in=(Mark.PRESENT, Mark.LATE)))
    return enrolments.annotate(attended=Cast(there, FloatField()) / NullIf(Cast(recorded, FloatField()), 0.0))
