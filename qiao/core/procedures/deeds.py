"""Each case is begun by whoever opened it; each step is a deed of whoever took it."""

from __future__ import annotations

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


def opening_deed(declared: Procedure) -> Deed:
    def openings() -> QuerySet[Any]:
        steps: QuerySet[Any] = Step.objects.filter(procedure=declared.code, transition=OPENING.name)
        staged: QuerySet[Any] = steps.annotate(case_stage=of_case(declared, "stage"))
        return staged

    return Deed(
        code=f"{declared.code}.opened",
        side=Side.STARTED,
        title=declared.name,
        rows=openings,
        by="by",
        at="on",
        who=of_case(declared, declared.who),
        state="case_stage",
        states={stage.code: stage.label for stage in declared.stages},
        target="case_id",
        url=lambda case: reverse("case", args=[declared.code, case]),
    )


def step_deed(declared: Procedure) -> Deed:
    def steps() -> QuerySet[Any]:
        taken: QuerySet[Any] = Step.objects.filter(
            procedure=declared.code, transition__in=list(declared.transition_by_name)
        )
        return taken

    return Deed(
        code=f"{declared.code}.step",
        side=Side.DONE,
        title=declared.name,
        rows=steps,
        by="by",
        at="on",
        who=of_case(declared, declared.who),
        state="transition",
        states={one.name: one.label for one in declared.transitions},
        target="case_id",
        url=lambda case: reverse("case", args=[declared.code, case]),
    )


for declared in procedures():
    register(opening_deed(declared), step_deed(declared))
