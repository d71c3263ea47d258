"""The verbs of training: invite or enrol, answer, leave, mark a day, enter results. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from qiao.core.duties.spans import months
from qiao.core.procedures.refusal import Refused
from qiao.core.records import broken
from qiao.services.people import api as people
from qiao.services.training import eligibility
from qiao.services.training.choices import Mark, Result, Stage
from qiao.services.training.models import Attendance, Enrolment, TrainingClass


@contextmanager
def in_words() -> Iterator[None]:
    """What the database refuses, seats above all, becomes Refused in the words of the rule."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if told := broken.message(error, (Enrolment, TrainingClass)):
            raise Refused(told) from error
        raise


def enrol(
    residents: Iterable[people.Resident], training_class: TrainingClass, *, invited: bool, on: date, by: Any
) -> list[Enrolment]:
    """Invites or enrols everybody, or nobody. Raises Refused: no seat, enrolled already, not eligible."""
    made = []
    for resident in residents:
        ground, words = eligibility.finding(resident, on)
        if not ground:
            raise Refused(f"{resident}: {words}")
        made.append(
            Enrolment(
                resident=resident,
                region_id=resident.region_id,
                training_class=training_class,
                stage=Stage.INVITED if invited else Stage.ENROLLED,
                ground=ground,
                ground_words=words[:200],
                entered_on=on,
                created_by=by,
            )
        )
    with in_words():
        return list(Enrolment.objects.bulk_create(made))


def answer(enrolments: Iterable[Enrolment], accepts: bool, on: date, reason: str = "") -> int:
    """Those who were invited take a seat, or decline. Raises Refused when the seats do not suffice."""
    ids = [one.pk for one in enrolments]
    waiting = Enrolment.objects.filter(pk__in=ids, stage=Stage.INVITED)
    with in_words():
        if accepts:
            return int(waiting.update(stage=Stage.ENROLLED, changed_at=Now()))
        return int(waiting.update(stage=Stage.DECLINED, left_on=on, left_because=reason, changed_at=Now()))


def leave(enrolments: Iterable[Enrolment], on: date, reason: str) -> int:
    """They leave the class before its end; their seats are free again."""
    ids = [one.pk for one in enrolments]
    held = Enrolment.objects.filter(pk__in=ids, stage=Stage.ENROLLED)
    return int(held.update(stage=Stage.LEFT, left_on=on, left_because=reason, changed_at=Now()))


@transaction.atomic
def mark(enrolments: Iterable[Enrolment], on: date, marks: Mapping[int, str], by: Any) -> int:
    """Writes the attendance of a day: enrolment number -> mark. Days marked before are corrected."""
    rows = [
        Attendance(enrolment=one, region_id=one.region_id, on=on, mark=marks[one.pk], created_by=by)
        for one in enrolments
        if marks.get(one.pk) in Mark.values
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["enrolment", "on"], update_fields=["mark"]
    )
    return len(rows)


def finish(
    enrolments: Iterable[Enrolment], results: Mapping[int, tuple[str, str]], on: date, today: date
) -> int:
    """Enters results: enrolment number -> (result, certificate number). Results are corrected the same way.

    Raises Refused: a day in the future or before the class began.
    """
    if on > today:
        raise Refused(_("The day %(day)s lies in the future.") % {"day": on})
    written = []
    for one in enrolments:
        result, certificate = results.get(one.pk, ("", ""))
        if result not in Result.values:
            continue
        if on < one.training_class.starts_on:
            raise Refused(
                _("The class began on %(begun)s; its end cannot lie before.")
                % {"begun": one.training_class.starts_on}
            )
        one.stage, one.finished_on, one.result = Stage.FINISHED, on, result
        one.certificate_no = certificate.strip() if result == Result.PASSED else ""
        one.followed_until = months("training_followup_months").after(on, one.region_id)
        one.changed_at = Now()
        written.append(one)
    with in_words():
        Enrolment.objects.bulk_update(
            written, ["stage", "finished_on", "result", "certificate_no", "followed_until", "changed_at"]
        )
    return len(written)
