"""The two verbs of a procedure: open a case, and take a step in it. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment, User
from qiao.core.calendars.clock import today
from qiao.core.procedures.declaration import (
    Move,
    Need,
    Procedure,
    Stage,
    Transition,
    procedure_of,
    procedures,
)
from qiao.core.procedures.models import Case, Paper, Step
from qiao.core.procedures.refusal import Refused
from qiao.core.records import broken

C = TypeVar("C", bound=Case)


def opened(case: C, by: User | None, on: date, role: str = "", reason: str = "") -> C:
    """Saves a new case at the first stage of its procedure. Raises Refused."""
    declared = procedure_of(case)
    case.opened_on = on
    case.created_by = by
    _enter(case, declared.stages[0], on)
    with transaction.atomic(), _constraints_in_words(case):
        case.save()
        _record(declared, case, Move(OPENING, by, on, reason=reason), "", role)
    return case


OPENING = Transition("open", (), "", "")


def take(
    case: C,
    name: str,
    appointment: Appointment | None = None,
    *,
    on: date | None = None,
    opinion: str = "",
    reason: str = "",
    extra: Mapping[str, Any] | None = None,
) -> C:
    """The case after the step, locked while it is taken. Without an appointment the system takes it.

    Raises Refused: another clerk was first, the right or the region is missing, a paper, a reason or a
    clock stands against it.
    """
    declared = procedure_of(case)
    transition = declared.transition_by_name.get(name)
    if transition is None:
        raise Refused(_("This procedure knows no such decision."))
    by = appointment.user if appointment else None
    move = Move(transition, by, on or today(), opinion.strip(), reason.strip(), extra or {})
    with transaction.atomic():
        locked: C = _locked(declared, case.pk)
        _permitted(locked, transition, appointment)
        _in_time(declared, locked, move)
        _complete(declared, locked, move)
        _allowed(locked, move)
        left = locked.stage
        with _constraints_in_words(locked):
            if left != transition.to or transition.renews:
                _enter(locked, declared.stage_by_code[transition.to], move.on)
            if transition.effect:
                transition.effect(locked, move)
            locked.save()
        _record(declared, locked, move, left, appointment.role if appointment else "")
    return locked


def offered(declared: Procedure, case: Case, appointment: Appointment | None) -> list[Transition]:
    """The decisions this person may take on the case as it stands."""
    if appointment is None or not appointment.scope.contains(case.region_id):
        return []
    return [one for one in declared.ways_out(case.stage) if one.right and appointment.can(one.right)]


def papers_missing(declared: Procedure, case: Case) -> list[str]:
    held = set(
        Paper.objects.filter(procedure=declared.code, case_id=case.pk)
        .order_by()
        .values_list("kind", flat=True)
    )
    return [str(paper.label) for paper in declared.papers_asked(case) if paper.code not in held]


def _locked(declared: Procedure, pk: int) -> Any:
    found = declared.model.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused(
            _("This case is no longer here. It may have been deleted or moved to another community.")
        )
    return found


def _permitted(case: Case, transition: Transition, appointment: Appointment | None) -> None:
    declared = procedure_of(case)
    if case.stage not in transition.sources:
        raise Refused(_too_late(declared, case, transition))
    if appointment is None:
        return
    if transition.right is None or not appointment.can(transition.right):
        raise Refused(
            _("“%(decision)s” is not for the role %(role)s.")
            % {"decision": transition.label, "role": appointment.get_role_display()}
        )
    if not appointment.scope.contains(case.region_id):
        raise Refused(_("This case belongs to a community outside your region."))


def _too_late(declared: Procedure, case: Case, transition: Transition) -> str:
    stage = declared.stage_by_code[case.stage].label
    last = (
        Step.objects.filter(procedure=declared.code, case_id=case.pk)
        .select_related("by")
        .order_by("-id")
        .first()
    )
    if last is None or last.by is None:
        return _("This case now stands at “%(stage)s”, where “%(decision)s” is not possible.") % {
            "stage": stage,
            "decision": transition.label,
        }
    return _("%(who)s has already decided: the case now stands at “%(stage)s”. Nothing was changed.") % {
        "who": last.by,
        "stage": stage,
    }


def _in_time(declared: Procedure, case: Case, move: Move) -> None:
    if move.on < case.stage_since:
        raise Refused(
            _("The date %(on)s lies before this stage began (%(since)s).")
            % {"on": move.on, "since": case.stage_since}
        )
    if move.on > today():
        raise Refused(_("The date %(on)s lies in the future.") % {"on": move.on})
    stage = declared.stage_by_code[case.stage]
    if stage.notice and not move.transition.hasty and case.due_on and move.on <= case.due_on:
        raise Refused(
            _("The public notice runs until %(until)s. Decide after it has ended.") % {"until": case.due_on}
        )


def _complete(declared: Procedure, case: Case, move: Move) -> None:
    needs = move.transition.needs
    if Need.REASON in needs and not move.reason:
        raise Refused(_("Give the reason."))
    if Need.OPINION in needs and not move.opinion:
        raise Refused(_("Write an opinion."))
    if Need.PAPERS in needs and (missing := papers_missing(declared, case)):
        raise Refused(_("Still missing: %(papers)s.") % {"papers": _(", ").join(missing)})


def _allowed(case: Case, move: Move) -> None:
    rule, overridden = move.transition.rule, move.transition.overridable and move.reason
    if rule and not overridden and (message := rule(case, move)):
        raise Refused(message)


def _enter(case: Case, stage: Stage, on: date) -> None:
    case.stage = stage.code
    case.stage_since = on
    case.due_on = stage.clock.after(on, case.region_id) if stage.clock else None
    case.closed_on = on if stage.final else None


def _record(declared: Procedure, case: Case, move: Move, left: str, role: str) -> None:
    _step(declared, case, move, left, role).save()


def _step(declared: Procedure, case: Case, move: Move, left: str, role: str) -> Step:
    return Step(
        region_id=case.region_id,
        procedure=declared.code,
        case_id=case.pk,
        transition=move.transition.name,
        from_stage=left,
        to_stage=case.stage,
        by=move.by,
        role=role,
        on=move.on,
        due_on=case.due_on,
        opinion=move.opinion,
        reason=move.reason[:200],
    )


@contextmanager
def _constraints_in_words(case: Case) -> Iterator[None]:
    """A broken constraint of the model becomes Refused, with the constraint's own words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told = broken.message(error, [type(case)])
        raise Refused(told or _("The records do not allow this step.")) from error


def moved(model: type[Case], ids: list[int], region: int) -> None:
    """The files of cases follow them to another region. Run it as the owner, with the cases' own move."""
    code = next(one.code for one in procedures() if one.model is model)
    for kept in (Step, Paper):
        kept.everything.filter(procedure=code, case_id__in=ids).update(region_id=region)


def opened_many(model: type[C], cases: list[C], on: date) -> list[C]:
    """What `opened` does, for many cases the system itself has found."""
    declared = next(one for one in procedures() if one.model is model)
    for case in cases:
        case.opened_on = on
        _enter(case, declared.stages[0], on)
    with transaction.atomic():
        made = model.objects.bulk_create(cases, batch_size=2000)
        Step.objects.bulk_create(
            [_step(declared, case, Move(OPENING, None, on), "", "") for case in made], batch_size=2000
        )
    return list(made)
