"""A person is sent to a post, and open referrals end when they have lost their sense."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.people import api as people
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import Lapse


def refer(
    resident: people.Resident, post: Post, appointment: Appointment, on: date, note: str = ""
) -> Referral:
    """Opens a referral in the person's community. Raises Refused."""
    if not appointment.scope.contains(resident.region_id):
        raise Refused(_("This person belongs to a community outside your region."))
    if reason := why_not(resident, post, on):
        raise Refused(reason)
    referral = Referral(resident=resident, post=post, region_id=resident.region_id, note=note.strip()[:200])
    return moves.opened(referral, appointment.user, on, appointment.role)


def why_not(resident: people.Resident, post: Post, on: date) -> str:
    """What forbids sending this person to this post, or ""."""
    if post.expired(on):
        return _("The post was valid until %s. Ask the employer and extend it.") % post.valid_until
    if not post.is_open(on):
        return _("This post is not open: it is not published, or all its openings are given.")
    return welfare_objection(resident, post.welfare, on)


def welfare_objection(resident: people.Resident, welfare: bool, on: date) -> str:
    """Public-welfare posts are for people recognised as in hardship."""
    if welfare and not people.certified(on).filter(resident=resident).exists():
        return _(
            "Public-welfare posts are for people recognised as in hardship. Apply for recognition in the person's file first."
        )
    return ""


def open_to(post: Post) -> QuerySet[Any]:
    rows: QuerySet[Any] = Referral.objects.filter(post=post, closed_on=None).order_by("pk")
    return rows


def open_of(resident: people.Resident) -> QuerySet[Any]:
    rows: QuerySet[Any] = Referral.objects.filter(resident=resident, closed_on=None).order_by("pk")
    return rows


def close(
    referrals: QuerySet[Any], because: Lapse, on: date, words: str, ended_by: Placement | None = None
) -> int:
    """The system closes referrals; the reason stands in each file. `ended_by`: the work because of which.

    Returns how many.
    """
    closed = 0
    for referral in referrals:
        moves.take(referral, "lapse", on=on, reason=words, extra={"because": because, "ended_by": ended_by})
        closed += 1
    return closed


def close_because_of(placements: Sequence[Placement], on: date) -> None:
    """Closes what work has made pointless: other referrals of whoever works now, and those to posts now full."""
    fulfilled = {one.referral_id for one in placements} - {None}
    working = {one.resident_id: one for one in placements if one.ended_on is None}
    last = {one.post_id: one for one in placements if one.post_id}
    waiting = Referral.objects.filter(closed_on=None).exclude(pk__in=fulfilled).order_by("pk")
    for person in (
        waiting.filter(resident__in=working)
        .order_by("resident")
        .values_list("resident", flat=True)
        .distinct()
    ):
        words = _("The person began to work at %s.") % working[person].employer_name
        close(waiting.filter(resident=person), Lapse.AT_WORK, on, words, working[person])
    with beyond_scope("people of other communities were referred to these posts too"):
        for post in Post.objects.filter(pk__in=last, left__lte=0).values_list("pk", flat=True):
            words = _("All openings of this post are given.")
            close(waiting.filter(post=post), Lapse.ALL_GIVEN, on, words, last[post])
