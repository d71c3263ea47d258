"""What support owes: telling people of policies, looking before a help ends, ending what may not go on, getting back
what was wrongly given."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import days
from qiao.services.support.models import Benefit, Entitlement, Kind, Reclaim, Stage
from qiao.services.support.models.benefit import called


@register
class TellOfPolicies(Duty):
    """One for each resident: the first policy found stands for all that nobody has told the person of."""

    code = "support_tell"
    title = _("Policies that have come to fit, or no longer do")
    action = _("Tell the person")
    due = After("changed_on", days("policy_tell_days"))
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE,)
    person = "resident__owner"
    who = "resident__name"
    target = "resident"
    warn = 31
    rank = 55

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        news = Entitlement.objects.filter(told_on=None, resident__deleted_at=None)
        earlier = news.filter(resident=OuterRef("resident"), pk__lt=OuterRef("pk"))
        found: QuerySet[Any] = news.filter(~Exists(earlier))
        return found

    def url(self, target: int) -> str:
        return reverse("support_person", args=[target])


class OfBenefit(Duty):
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE, Role.EMPLOYMENT_SECTION)
    who = called()
    rank = 40

    def url(self, target: int) -> str:
        return reverse("case", args=["support", target])


@register
class BenefitEnds(OfBenefit):
    """The warning before: time enough to find what comes after."""

    code = "support_ending"
    title = _("Relief or subsidy that comes to its end")
    action = _("Prepare the end")
    due = After("until_on")
    warn = 60

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        running: QuerySet[Any] = Benefit.objects.filter(stage=Stage.GRANTED, until_on__gt=viewer.today)
        return running


@register
class BenefitMustStop(OfBenefit):
    """The outlet closed, the person is no longer on own account, or the time is over."""

    code = "support_stop"
    title = _("Relief or subsidy that may not go on")
    action = _("End it")
    due = After(Coalesce("outlet__closed_on", "until_on", "resident__state_since", "stage_since"))

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        over = Q(until_on__lte=viewer.today)
        closed = Q(outlet__closed_on__lte=viewer.today)
        out = Q(kind__in=(Kind.INSURANCE, Kind.WELFARE_POST)) & ~Q(resident__state="employed")
        found: QuerySet[Any] = Benefit.objects.filter(over | closed | out, stage=Stage.GRANTED)
        return found


@register
class ReclaimOpen(Duty):
    code = "support_reclaim"
    title = _("Money to come back")
    action = _("See to it")
    due = After("demanded_on", days("reclaim_days"))
    owed_by = (Role.OFFICE,)
    overseen_by = (Role.EMPLOYMENT_SECTION,)
    who = called("benefit__")
    target = "benefit"
    warn = 31
    rank = 45

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        waiting: QuerySet[Any] = Reclaim.objects.filter(repaid_on=None)
        return waiting

    def url(self, target: int) -> str:
        return reverse("case", args=["support", target])
