"""A person begins to work, and stops: the placement, the status and the referrals change together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.ledgers.forms import refusal
from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.core.records import broken
from qiao.core.records.binding import beyond_scope
from qiao.services.people import api as people
from qiao.services.vacancies.actions import referring
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import EndReason, PostState


@dataclass(frozen=True, slots=True)
class Start:
    """What is said of work that begins. With a post, its employer, title, class and source are taken from it."""

    started_on: date
    kind: str = people.Form.UNIT
    post: Post | None = None
    employer_name: str = ""
    title: str = ""
    channel: str = ""
    channel_name: str = ""
    contract: str = ""
    contract_until: date | None = None
    pay_fen: int | None = None
    registered_on: date | None = None
    note: str = ""


def place(resident: people.Resident, start: Start, appointment: Appointment, today: date) -> Placement:
    """Records that the person has begun to work. An open referral to the same post is thereby fulfilled.

    Raises Refused: no opening left, a welfare post without recognition, a day before the present status.
    """
    if not appointment.scope.contains(resident.region_id):
        raise Refused(_("This person belongs to a community outside your region."))
    with transaction.atomic():
        referral: Referral | None = None
        if start.post:
            referral = referring.open_of(resident).filter(post=start.post).first()
        if referral is None:
            return begin(resident, start, appointment.user, today)
        moves.take(referral, "start", appointment, on=today, extra={"start": start})
        placed: Placement = Placement.objects.get(referral=referral)
        return placed


@transaction.atomic
def begin(
    resident: people.Resident, start: Start, by: Any, today: date, referral: Referral | None = None
) -> Placement:
    """The placement itself, the status and the other referrals. Raises Refused."""
    post = start.post
    kind = people.Form.WELFARE_POST if post and post.welfare else start.kind
    welfare = kind == people.Form.WELFARE_POST
    if reason := referring.welfare_objection(resident, welfare, start.started_on):
        raise Refused(reason)
    if post:
        _take_opening(post)
    placement = Placement(
        resident=resident,
        region_id=resident.region_id,
        referral=referral,
        post=post,
        employer=post.employer if post else None,
        employer_name=post.employer.name if post else start.employer_name.strip(),
        title=post.title if post else start.title.strip(),
        category=post.category if post else "",
        kind=kind,
        channel=start.channel or (post.source if post else ""),
        channel_name=start.channel_name.strip() or (post.source_name if post else ""),
        started_on=start.started_on,
        pay_fen=start.pay_fen,
        contract=start.contract,
        contract_until=start.contract_until,
        registered_on=start.registered_on,
        note=start.note.strip(),
        created_by=by,
    )
    people.begin_work(
        resident,
        start.started_on,
        form=kind,
        today=today,
        by=by,
        employer=placement.employer_name[:120],
        post=placement.title[:80],
    )
    _saved(placement)
    referring.close_because_of([placement], today)
    return placement


def _take_opening(post: Post) -> None:
    """Whoever else wants an opening of this post waits until this one is given or not."""
    with beyond_scope("the post may lie in another community"):
        locked = Post.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None or locked.state in (PostState.DRAFT, PostState.WITHDRAWN):
        raise Refused(
            _("This post is not published, or was withdrawn. Choose another one or name the employer.")
        )
    if locked.left <= 0:
        raise Refused(_full(post))


def _full(post: Post) -> str:
    rule = next(one for one in Post._meta.constraints if one.name == "post_openings_are_given_once")
    return str(rule.get_violation_error_message())


def _saved(placement: Placement) -> None:
    try:
        with transaction.atomic():
            placement.save()
    except IntegrityError as error:
        if broken.constraint(error) == "post_openings_are_given_once" and placement.post:
            raise Refused(_full(placement.post)) from error
        raise Refused(refusal(error, Placement)) from error


BECAUSE: dict[str, str] = {
    EndReason.TERM: people.Reason.CONTRACT_ENDED,
    EndReason.LEFT: people.Reason.LEFT,
    EndReason.DISMISSED: people.Reason.DISMISSED,
    EndReason.CLOSED: people.Reason.BANKRUPT,
}
STATUS_IS_RECORDED = (EndReason.RETIRED, EndReason.OTHER_WORK)
"""Work that ends in retirement or other work: that status is recorded for itself and ends the placement."""


@transaction.atomic
def end(
    placement: Placement, on: date, reason: str, by: Any, today: date, register: bool = False
) -> Placement:
    """The work ended on a day: the person is out of work from then on, unless the status says otherwise.

    Raises Refused.
    """
    locked: Placement = Placement.objects.select_for_update().get(pk=placement.pk)
    if locked.ended_on and locked.end_reason:
        raise Refused(_("The end of this work is recorded already."))
    if on > today:
        raise Refused(_("The date lies in the future."))
    if on < locked.started_on:
        raise Refused(_("The work began on %s; it cannot end before.") % locked.started_on)
    resident = locked.resident
    if locked.ended_on is None and resident.state == people.State.EMPLOYED:
        if reason in STATUS_IS_RECORDED:
            raise Refused(_("Record the new status in the person's file; this work ends with it by itself."))
        people.end_work(
            resident,
            on,
            reason=BECAUSE.get(reason, people.Reason.OTHER),
            today=today,
            by=by,
            register=register,
        )
    Placement.objects.filter(pk=locked.pk).update(ended_on=on, end_reason=reason)
    locked.refresh_from_db()
    return locked
