"""Each case is begun by whoever opened it; each step is a deed of whoever took it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.urls import reverse

from qiao.core.duties.deeds import Deed, Side, register
from qiao.core.procedures.declaration import Procedure, procedures
from qiao.core.procedures.models import Step
from qiao.core.procedures.moves import OPENING


def of_case(declared: Procedure, path: str | Func) -> Subquery:
    """What a path from the case, or an expression over it, gives for the case of a step."""
    cases = declared.model.objects.filter(pk=OuterRef("case_id"))
    return Subquery(cases.values(asked=F(path) if isinstance(path, str) else path)[:1])


def deed(declared: Procedure, what: str, rows: Callable[[], QuerySet[Any]], **given: Any) -> Deed:
    return Deed(
        code=f"{declared.code}.{what}",
        title=declared.name,
        rows=rows,
        by="by",
        at="on",
        who=of_case(declared, declared.who),
        target="case_id",
        url=lambda case: reverse("case", args=[declared.code, case]),
        **given,
    )


def opening_deed(declared: Procedure) -> Deed:
    def openings() -> QuerySet[Any]:
        steps: QuerySet[Any] = Step.objects.filter(procedure=declared.code, transition=OPENING.name)
        staged: QuerySet[Any] = steps.annotate(case_stage=of_case(declared, "stage"))
        return staged

    stages = {stage.code: stage.label for stage in declared.stages}
    return deed(declared, "opened", openings, side=Side.STARTED, state="case_stage", states=stages)


def step_deed(declared: Procedure) -> Deed:
    decisions = {one.name: one.label for one in declared.transitions}

    def steps() -> QuerySet[Any]:
        taken: QuerySet[Any] = Step.objects.filter(procedure=declared.code, transition__in=list(decisions))
        return taken

    return deed(declared, "step", steps, side=Side.DONE, state="transition", states=decisions)


for declared in procedures():
    register(opening_deed(declared), step_deed(declared))
