"""What training owes: results after a class, and an answer to each invitation."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import days
from qiao.core.ledgers import registry
from qiao.services.training.choices import Stage
from qiao.services.training.models import Enrolment
from qiao.services.visits import api as visits


@register
class ResultsMissing(Duty):
    """One for each class and community: the first person there whose result is missing stands for all."""

    code = "training_results"
    title = _("Results of a class that is over")
    action = _("Enter results")
    due = After("training_class__ends_on", days("training_result_days"))
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE, Role.EMPLOYMENT_SECTION)
    person = "training_class__carrier"
    who = "training_class__number"
    target = "training_class"
    warn = 31
    rank = 60

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        waiting = Enrolment.objects.filter(stage=Stage.ENROLLED, training_class__ends_on__lt=viewer.today)
        earlier = waiting.filter(
            training_class=OuterRef("training_class"), region=OuterRef("region"), pk__lt=OuterRef("pk")
        )
        found: QuerySet[Any] = waiting.filter(~Exists(earlier))
        return found

    def url(self, target: int) -> str:
        return reverse("training_results", args=[target])


@register
class InvitationUnanswered(Duty):
    code = "training_invitation"
    title = _("Invitation to training without an answer")
    action = _("Ask")
    due = After("entered_on", days("training_answer_days"))
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE,)
    person = "resident__owner"
    who = "resident__name"
    rank = 60

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        open_still: QuerySet[Any] = Enrolment.objects.filter(
            stage=Stage.INVITED, training_class__ends_on__gte=viewer.today
        )
        return open_still

    def url(self, target: int) -> str:
        return registry.get("enrolments").url("file", target)


def helped_to_training(resident: Any, since: Any) -> Exists:
    """Somebody who asked for training was invited to a class or has a seat in one."""
    return Exists(Enrolment.objects.filter(resident=resident, entered_on__gte=since))


visits.meets(
    visits.Need.TRAINING,
    helped_to_training,
    visits.Door(_("Invite to a class"), lambda resident: registry.get("training-demand").url()),
)
