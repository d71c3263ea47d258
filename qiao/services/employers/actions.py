"""Verbs on employers, outlets and bases; each is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from qiao.core.accounts.models import User
from qiao.core.procedures.declaration import Move
from qiao.core.procedures.refusal import Refused
from qiao.services.employers import judging
from qiao.services.employers.models import Base, Employer, Outlet
from qiao.services.employers.models.choices import Verification

VERDICT = ["verification", "verified_on", "verified_by", "refused_because"]


def verify(employers: Sequence[Employer], by: User, on: date) -> None:
    """Somebody has seen the licence or the place: it exists and may hire."""
    for one in employers:
        one.verification, one.verified_on = Verification.VERIFIED, on
        one.verified_by, one.refused_because = by, ""
        one.save(update_fields=VERDICT)


def refuse(employers: Sequence[Employer], by: User, on: date, because: str) -> None:
    """Raises Refused without a reason."""
    if not because.strip():
        raise Refused(_("Say why the employer is refused."))
    for one in employers:
        one.verification, one.verified_on = Verification.REFUSED, on
        one.verified_by, one.refused_because = by, because.strip()[:200]
        one.save(update_fields=VERDICT)


def saw(outlets: Sequence[Outlet], on: date, jobs: int | None = None) -> None:
    """Whoever carries the outlets was there; `jobs`: how many people work in each, where that was looked at."""
    for outlet in outlets:
        outlet.seen_on = on
        outlet.jobs = outlet.jobs if jobs is None else jobs
        outlet.save(update_fields=["seen_on", "jobs"])


def close_outlet(outlet: Outlet, on: date, because: str) -> None:
    """Raises Refused when the day lies before the opening or no reason is given."""
    if not because.strip():
        raise Refused(_("Say why the outlet closed."))
    if on < outlet.opened_on:
        raise Refused(_("The outlet opened on %s; it cannot close before.") % outlet.opened_on)
    outlet.closed_on, outlet.closed_because = on, because.strip()[:200]
    outlet.save(update_fields=["closed_on", "closed_because"])


def criteria_unmet(base: Base, move: Move) -> str | None:
    """Why a base cannot be recognised or kept, or None. A reason given overrides it."""
    lacking = judging.missing(base, move.on)
    return " ".join(lacking) if lacking else None


def recognise(base: Base, move: Move) -> None:
    base.recognised_on = base.checked_on = move.on


def keep(base: Base, move: Move) -> None:
    base.checked_on = move.on
    for name in ("staff", "hardship", "capacity"):
        if move.extra.get(name) is not None:
            setattr(base, name, move.extra[name])


def hand_over(base: Base, move: Move) -> None:
    base.carrier = move.extra["carrier"]


def withdraw(base: Base, move: Move) -> None:
    base.withdrawn_on = move.on
