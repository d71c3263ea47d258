"""What visits make owed, and what makes visits owed."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import days, months
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits import needs
from qiao.services.visits.models import HelperPair, Need, Outcome, Visit, Why
from qiao.services.visits.owed import AFTER, OUTLET, VisitDuty, kept_by_duties

OVERSEERS = Role.OFFICE, Role.EMPLOYMENT_SECTION
NAME = Coalesce(
    "resident__name",
    "household__head__name",
    "outlet__name",
    "employer__name",
    Cast("household__number", CharField()),
)


@register
class VisitInAssistance(VisitDuty):
    """Runs from the last visit that met somebody, or from recognition; a visit in vain does not close it."""

    code = "visit_in_assistance"
    title = _("Monthly visit to people being helped")
    why = Why.HARDSHIP
    due = After(
        Coalesce(Greatest(F("last_visit"), F("recognised_on")), F("stage_since")), months("followup_months")
    )
    owed_by = (Role.STATION,)
    overseen_by = OVERSEERS
    person = "resident__owner"
    who = "resident__name"
    target = "resident"
    rank = 20

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        met = Visit.objects.filter(resident=OuterRef("resident"), outcome=Outcome.MET).order_by("-visited_on")
        rows: QuerySet[Any] = people.in_assistance().annotate(
            last_visit=Subquery(met.values("visited_on")[:1], output_field=DateField())
        )
        return rows


@register
class VisitOutlet(VisitDuty):
    """Whoever carries an outlet looks in once a quarter."""

    code = "visit_outlet"
    title = _("Quarterly visit to outlets")
    whom = OUTLET
    due = After(Coalesce("seen_on", "opened_on"), months("outlet_visit_months"))
    owed_by = (Role.STATION,)
    overseen_by = (Role.OFFICE,)
    person = "carrier"
    who = "name"
    rank = 65

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        return employers.open_outlets()


@register
class AgreedVisit(VisitDuty):
    """A visit named the day of the next. Where a duty of its own keeps the rhythm, only what was agreed with the
    person counts here; any later visit to the same door carries it on."""

    code = "visit_agreed"
    title = _("Next visits that were set")
    whom = AFTER
    due = After("next_on")
    owed_by = (Role.STATION,)
    overseen_by = OVERSEERS
    person = "by"
    who = "whose"
    rank = 24

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Visit.objects.filter(next_on__isnull=False).annotate(whose=NAME)
        return rows.filter(~Q(next_by_rule=True, why__in=sorted(kept_by_duties())))

    def met_by(self, viewer: Viewer) -> Exists:
        return Exists(later())


def later() -> QuerySet[Any]:
    """Visits to the same door after one, in a query over that one."""
    same = Q(resident=OuterRef("resident")) | Q(household=OuterRef("household"))
    same |= Q(outlet=OuterRef("outlet")) | Q(employer=OuterRef("employer"))
    after = Q(visited_on__gt=OuterRef("visited_on")) | Q(
        visited_on=OuterRef("visited_on"), pk__gt=OuterRef("pk")
    )
    rows: QuerySet[Any] = Visit.objects.filter(same & after)
    return rows


TITLES = {
    Need.POST: _("Posts asked for at visits"),
    Need.TRAINING: _("Training asked for at visits"),
    Need.LOAN: _("Loans asked for at visits"),
    Need.POLICY: _("Policy advice asked for at visits"),
}


def answer_to(need: Need) -> type[Duty]:
    class Answer(Duty):
        """From the first visit at which it was said, until a record of the service that can help, or an answer."""

        code = f"need_{need.value}"
        title = TITLES[need]
        action = _("Help")
        due = After("visited_on", days("need_answer_days"))
        owed_by = (Role.STATION,)
        overseen_by = OVERSEERS
        person = "resident__owner"
        who = "whose"
        rank = 26 + list(TITLES).index(need)

        def facts(self, viewer: Viewer) -> QuerySet[Any]:
            return needs.unmet(need).annotate(whose=NAME)

        def url(self, target: int) -> str:
            return reverse("visit_need", args=[target, need.value])

    return Answer


for need in TITLES:
    register(answer_to(need))


class OfPair(Duty):
    owed_by = (Role.STATION,)
    overseen_by = OVERSEERS


@register
class HelpMayEnd(OfPair):
    """Work that has lasted half a year is stable: help by a pair may then end, with what was achieved."""

    code = "pair_may_end"
    title = _("Help that may end: work is stable")
    action = _("End help")
    due = After("worked_since", months("followup_stable_months"))
    who = "whose"
    warn = 0
    rank = 62

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        alone = Q(resident__state=people.State.EMPLOYED)
        at_home = people.members_at_work(OuterRef("household")).values("worked_since")[:1]
        rows: QuerySet[Any] = HelperPair.objects.filter(ended_on=None).annotate(
            worked_since=Coalesce("resident__state_since", Subquery(at_home)),
            whose=Coalesce("resident__name", "household__head__name", "household__number"),
        )
        return rows.filter(alone | Q(resident=None), worked_since__isnull=False)

    def url(self, target: int) -> str:
        return people.file_address("pairs", target)


@register
class HouseholdWithoutHelper(OfPair):
    code = "pair_missing"
    title = _("Zero-employment households without a helper")
    action = _("Name a helper")
    due = After("found_on", days("pair_days"))
    who = "household__head__name"
    target = "household"
    rank = 25

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = people.zero_employment_cases().filter(closed_on=None, cleared_on=None)
        return rows.filter(~Exists(helped(OuterRef("household"))))

    def url(self, target: int) -> str:
        return f"{reverse('pair_new')}?household={target}"


def helped(household: Any, on: Any = None) -> QuerySet[Any]:
    """Pairs that help a household, or a member of it, now or on a day; `household` is an expression."""
    rows: QuerySet[Any] = HelperPair.objects.filter(
        Q(household=household)
        | Q(resident__memberships__household=household, resident__memberships__until=None)
    )
    if on is None:
        return rows.filter(ended_on=None)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=on), since__lte=on)
