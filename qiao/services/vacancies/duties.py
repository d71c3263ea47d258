"""What posts, referrals and placements make owed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import FixedSpan, Shifted, Unit, days, months
from qiao.services.people import api as people
from qiao.services.vacancies.ledgers.referrals import TO_TELL
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.placement import HERE
from qiao.services.vacancies.models.post import OPEN
from qiao.services.visits import api as visits

DOERS = Role.STATION, Role.OFFICE, Role.EMPLOYMENT_SECTION
OVERSEERS = Role.OFFICE, Role.EMPLOYMENT_SECTION
FOLLOW_UPS = {
    1: _("Stable-work visit after 1 month"),
    3: _("Stable-work visit after 3 months"),
    6: _("Stable-work visit after 6 months"),
}


def file(ledger: str) -> Any:
    return lambda self, target: reverse("ledgers:file", args=[ledger, target])


@register
class StillOpen(Duty):
    """Whoever entered an open post asks the employer from time to time; a post past its last day is no longer asked about."""

    code = "post_still_open"
    title = _("Ask whether a post is still open")
    action = pgettext_lazy("vacancy", "Still open")
    due = After(Coalesce(F("confirmed_on"), F("published_on")), days("post_confirm_days"))
    owed_by = DOERS
    person = "created_by"
    who = "title"
    rank = 40
    url = file("posts")

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Post.objects.filter(OPEN)
        return rows.filter(Q(valid_until=None) | Q(valid_until__gte=viewer.today))


@register
class PostExpires(Duty):
    """On the last day of a post with openings left: extend it with the employer, or withdraw it."""

    code = "post_expires"
    title = _("Extend or withdraw a post that ends")
    action = _("See the post")
    due = After("valid_until")
    owed_by = DOERS
    person = "created_by"
    who = "title"
    warn = 3
    rank = 41
    url = file("posts")

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Post.objects.filter(OPEN, valid_until__isnull=False)
        return rows


@register
class TellPerson(Duty):
    """A post was withdrawn or filled while a person was referred to it: the person must hear of it."""

    code = "referral_tell"
    title = _("Tell a person that the post is gone")
    action = _("Tell")
    due = After("closed_on", days("tell_days"))
    owed_by = DOERS
    person = "created_by"
    who = "resident__name"
    rank = 15
    url = file("referrals")

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Referral.objects.filter(TO_TELL)
        return rows


@register
class RegisterEmployment(Duty):
    """Work that has begun is registered within the legal days."""

    code = "placement_register"
    title = _("Register employment")
    action = _("Register")
    due = After("started_on", days("hire_register_days"))
    owed_by = (Role.STATION,)
    overseen_by = OVERSEERS
    person = "created_by"
    who = "resident__name"
    rank = 30
    url = file("placements")

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Placement.objects.filter(HERE, registered_on=None, ended_on=None)
        return rows


@register
class SayWhyItEnded(Duty):
    """The status says that work has ended; the placement does not say why."""

    code = "placement_end_reason"
    title = _("Say why work ended")
    action = _("Say why")
    due = After("ended_on", days("leave_register_days"))
    owed_by = (Role.STATION,)
    overseen_by = OVERSEERS
    person = "created_by"
    who = "resident__name"
    rank = 45
    url = file("placements")

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Placement.objects.filter(HERE, ended_on__isnull=False, end_reason="")
        return rows


def seen_at_work(after_months: int) -> Exists:
    """Somebody made sure, so many months after the beginning or later, that the person still works there."""
    day = Shifted(OuterRef("started_on"), FixedSpan(after_months, Unit.MONTHS))
    return Exists(visits.found_working(OuterRef("resident")).filter(visited_on__gte=day))


def follow_up(number: int) -> type[Duty]:
    class StableWork(visits.VisitDuty):
        """Closed by a visit of that day or later that finds the person at work, or by the end of the work."""

        code = f"placement_stable_{number}"
        title = FOLLOW_UPS[number]
        why = visits.Why.PLACEMENT
        due = After("started_on", months(number))
        owed_by = (Role.STATION,)
        overseen_by = OVERSEERS
        person = "resident__owner"
        who = "resident__name"
        target = "resident"
        rank = 21 + list(FOLLOW_UPS).index(number)

        def facts(self, viewer: Viewer) -> QuerySet[Any]:
            rows: QuerySet[Any] = Placement.objects.filter(HERE, ended_on=None)
            return rows

        def met_by(self, viewer: Viewer) -> Exists:
            return seen_at_work(number)

    return StableWork


for number in FOLLOW_UPS:
    register(follow_up(number))


def next_look(visit: visits.Visit) -> date | None:
    """The next of the visits after placement; none once the last is due or the work has ended."""
    held = Placement.objects.filter(resident=visit.resident_id, ended_on=None).order_by("-started_on", "-pk")
    placement = held.first()
    if placement is None:
        return None
    days_due = (months(number).after(placement.started_on, placement.region_id) for number in FOLLOW_UPS)
    return next((day for day in days_due if day > visit.visited_on), None)


def helped_to_work(resident: Any, since: Any) -> Q:
    """Somebody who asked for a post was referred to one, was placed, or has begun work."""
    referred = Referral.objects.filter(resident=resident, opened_on__gte=since)
    placed = Placement.objects.filter(resident=resident, started_on__gte=since)
    return Q(Exists(referred)) | Q(Exists(placed)) | Q(people.began_work(resident, since, date.max))


visits.follows(visits.Why.PLACEMENT, next_look)
visits.meets(
    visits.Need.POST,
    helped_to_work,
    visits.Door(_("Refer to a post"), lambda resident: reverse("refer", args=[resident])),
)
