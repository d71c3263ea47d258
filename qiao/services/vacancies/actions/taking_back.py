"""Work that was recorded by mistake is taken back: everything its recording changed is as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from qiao.core.procedures import moves
from qiao.core.procedures.models import Step
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.people import api as people
from qiao.services.vacancies.models import Placement, Referral
from qiao.services.vacancies.models.choices import EndReason, Lapse, PostState
from qiao.services.vacancies.models.placement import HERE


@transaction.atomic
def take_back(placement: Placement, because: str, by: Any, today: date) -> int:
    """The status before goes on, the opening is free, referrals that had ended because of it are open again.

    The record stays in the history with the reason. Returns how many referrals are open again. Raises Refused.
    """
    because = because.strip()
    if not because:
        raise Refused(_("Say why it is taken back."))
    with beyond_scope("the same work in a former community, and referrals of other people to its post"):
        locked = Placement.objects.select_for_update().filter(pk=placement.pk).first()
        if locked is None:
            raise Refused(_("This work has been taken back already."))
        if locked.moved_on:
            raise Refused(_("The person has moved. The community that has the record now takes it back."))
        records = list(_records(locked))
        first, resident = records[-1], locked.resident
        Placement.objects.filter(pk__in=[one.pk for one in records]).update(
            deleted_at=Now(), deleted_by=by, changed_at=Now(), taken_back=because[:200]
        )
        words = _("The work recorded at %(employer)s was taken back: %(because)s") % {
            "employer": locked.employer_name or locked.get_kind_display(),
            "because": because,
        }
        people.take_back_work(resident, first.started_on, today=today, reason=words, by=by)
        if resident.state == people.State.EMPLOYED:
            _work_before_lasts(resident, first.started_on)
        fulfilled = Referral.objects.filter(pk=first.referral_id).select_related("post")
        opened = sum(_reopened(one, today, words) for one in fulfilled)
        return opened + reopen_after([one.pk for one in records], today, words)


def reopen_after(placements: list[int], today: date, words: str) -> int:
    """Opens the referrals that had ended because of work that is gone. Returns how many."""
    ended = Referral.objects.filter(ended_by__in=placements, stage="lapsed").select_related(
        "post", "resident"
    )
    free = [one for one in ended.order_by("pk") if one.resident.state != people.State.EMPLOYED]
    return sum(_reopened(one, today, words) for one in free)


def _records(placement: Placement) -> Iterator[Placement]:
    """The record, and those of the same work in the communities before."""
    yield placement
    if placement.continues is not None:
        yield from _records(placement.continues)


def _work_before_lasts(resident: people.Resident, day: date) -> None:
    """The work that had ended because this one began goes on."""
    before = Placement.objects.filter(HERE, resident=resident, ended_on=day)
    before.filter(end_reason__in=("", EndReason.OTHER_WORK)).update(
        ended_on=None, end_reason="", changed_at=Now()
    )


def _reopened(referral: Referral, today: date, words: str) -> int:
    """Back at the stage it had. One whose post is gone does not come back, nor one that was made anew since."""
    again = Referral.objects.filter(resident=referral.resident_id, post=referral.post_id, closed_on=None)
    fulfilled = referral.stage == "placed"
    lost = again.exists() or not referral.post.is_open(today)
    if lost and not fulfilled:
        return 0
    if lost:
        withdrawn = referral.post.state == PostState.WITHDRAWN
        because = Lapse.WITHDRAWN if withdrawn else Lapse.NO_ANSWER
        moves.take(referral, "lapse", on=today, reason=words, extra={"because": because})
        return 0
    steps = Step.objects.filter(procedure="referrals", case_id=referral.pk, to_stage=referral.stage)
    stage = steps.order_by("-id").values_list("from_stage", flat=True)[0]
    moves.take(referral, f"reopen_{stage}", on=today, reason=words)
    return 1
