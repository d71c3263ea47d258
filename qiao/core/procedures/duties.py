"""Each stage of each procedure is a duty of whoever decides it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.procedures.declaration import Procedure, Stage, procedures

SUPERVISORS = {Role.STATION: (Role.OFFICE, Role.EMPLOYMENT_SECTION), Role.OFFICE: (Role.EMPLOYMENT_SECTION,)}


def stage_duty(declared: Procedure, stage: Stage) -> type[Duty]:
    roles = declared.deciding_roles(stage.code)

    class StageDecision(Duty):
        code = f"{declared.code}.{stage.code}"
        title = format_lazy("{}: {}", declared.name, stage.task)
        action = _("Decide")
        due = After("due_on", stage.decide)
        owed_by = roles
        overseen_by = tuple(over for role in roles for over in SUPERVISORS.get(Role(role), ()))
        person = declared.responsible
        who = declared.who
        warn = 31
        postponable = False
        rank = 10

        def facts(self, viewer: Viewer) -> QuerySet[Any]:
            waiting: QuerySet[Any] = declared.model.objects.filter(
                declared.visible(viewer), stage=stage.code, closed_on=None
            )
            return waiting.filter(due_on__lt=viewer.today) if stage.notice else waiting

        def url(self, target: int) -> str:
            return reverse("case", args=[declared.code, target])

    return StageDecision


for declared in procedures():
    for stage in declared.stages:
        if stage.task and declared.deciding_roles(stage.code):
            register(stage_duty(declared, stage))
