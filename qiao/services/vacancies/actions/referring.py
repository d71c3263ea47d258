"""A person is sent to a post, and open referrals end when they have lost their sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.services.people import api as people
from qiao.services.vacancies.models import Post, Referral
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


def close(referrals: QuerySet[Any], because: Lapse, on: date, words: str) -> int:
    """The system closes referrals; the reason stands in each file. Returns how many."""
    closed = 0
    for referral in referrals:
        moves.take(referral, "lapse", on=on, reason=words, extra={"because": because})
        closed += 1
    return closed
