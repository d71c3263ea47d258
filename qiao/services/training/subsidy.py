"""What subsidy base arises from a finished class, for each person and with its reasons. Paying it is the work
of the service of support.

Training subsidies are for the unemployed and people in hardship; the highest base, the attendance needed and
the share without a certificate differ from place to place and are dated parameters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qiao.core.standards import api as standards
from qiao.services.training.choices import CourseKind, Result, Stage
from qiao.services.training.models import Enrolment, with_attendance

CAPS = {CourseKind.SKILL: "training_cap_skill", CourseKind.BUSINESS: "training_cap_business"}


@dataclass(frozen=True, slots=True)
class SubsidyBase:
    """Amounts in fen. `attended` is the share of recorded days, None when none were recorded."""

    enrolment: int
    training_class: int
    resident: int
    region: int
    kind: str
    ground: str
    result: str
    certificate_no: str
    attended: float | None
    fee_fen: int
    base_fen: int
    arises_on: date
    reasons: tuple[str, ...]


def of_class(training_class: int) -> list[SubsidyBase]:
    """The bases of everybody who finished a class."""
    return bases(Enrolment.objects.filter(training_class=training_class))


def bases(enrolments: QuerySet[Any]) -> list[SubsidyBase]:
    """The bases of the finished ones among `enrolments`, which the caller has narrowed to a scope."""
    finished = with_attendance(enrolments.filter(stage=Stage.FINISHED).order_by("pk"))
    rows: Iterable[Enrolment] = finished.select_related("training_class__course")
    return [base_of(one) for one in rows]


def base_of(one: Enrolment) -> SubsidyBase:
    """`one` is finished and carries `attended`. Raises UnknownParameter."""
    course, region, on = one.training_class.course, one.region_id, one.finished_on
    assert on is not None
    cap = standards.value(CAPS[CourseKind(course.kind)], region, on)
    fee, attended = course.fee_fen or 0, one.attended  # type: ignore[attr-defined]
    base, reasons = min(fee, cap), []
    if fee > cap:
        reasons.append(_("The fee is above the highest base."))
    if one.result != Result.PASSED:
        base = _share(base, standards.value("training_unpassed_share", region, on))
        reasons.append(_("No certificate: a share of the base."))
    if not course.fee_fen:
        reasons.append(_("No fee of the course is recorded."))
    if not one.ground:
        base = 0
        reasons.append(_("Not in a group that is trained at public cost."))
    if attended is not None and attended < standards.value("training_attendance_share", region, on):
        base = 0
        reasons.append(_("Attended %(share)s of the days, fewer than needed.") % {"share": f"{attended:.0%}"})
    return SubsidyBase(
        one.pk,
        one.training_class_id,
        one.resident_id,
        region,
        course.kind,
        one.ground,
        one.result,
        one.certificate_no,
        attended,
        fee,
        base,
        on,
        tuple(reasons),
    )


def _share(fen: int, share: Decimal) -> int:
    return int((fen * share).quantize(Decimal(1), ROUND_HALF_UP))
