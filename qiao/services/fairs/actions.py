"""The verbs of a fair: plan, invite a group, let somebody in, state an intention, hire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.duties.spans import months
from qiao.core.procedures import moves
from qiao.core.procedures.refusal import Refused
from qiao.services.fairs.models import Fair, Intention, Offer, Visitor
from qiao.services.people import api as people


def plan(fair: Fair, by: Any, on: date, role: str = "") -> Fair:
    """A new fair, or one whose day moved. Raises Refused."""
    fair.followed_on = months("fair_followup_months").after(fair.held_on, fair.region_id)
    if fair.pk is None:
        return moves.opened(fair, by, on, role)
    fair.save()
    return fair


@transaction.atomic
def invite(fair: Fair, groups: Iterable[str], scope: Scope, on: date, by: Any) -> int:
    """Everybody of the groups within a scope who is not on the list yet, in sets. Returns how many are new."""
    if fair.stage not in ("planned", "approved"):
        raise Refused(_("Only to a fair that is still to come can people be invited."))
    known = Visitor.objects.filter(fair=fair)
    before = known.count()
    for group in groups:
        chosen = people.members(group, scope, on).exclude(pk__in=known.values("resident"))
        Visitor.objects.bulk_create(
            (
                Visitor(
                    fair=fair,
                    resident_id=resident,
                    region_id=region,
                    phone=phone,
                    group=group,
                    invited_on=on,
                    created_by=by,
                )
                for resident, region, phone in chosen.values_list("pk", "region_id", "phone").order_by("pk")
            ),
            batch_size=2000,
            ignore_conflicts=True,
        )
    return int(known.count() - before)


def admit(visitor: Visitor, on: date) -> Visitor:
    """The visitor came. To scan a code again changes nothing. Raises Refused outside the days of the fair."""
    if not open_on(visitor.fair, on):
        raise Refused(_("The fair is on %(day)s.") % {"day": visitor.fair.held_on})
    if visitor.came_on is None:
        visitor.came_on = on
        visitor.save(update_fields=["came_on"])
    return visitor


def open_on(fair: Fair, on: date) -> bool:
    """Whether people come in and state intentions: on the day of an approved or held fair."""
    return fair.stage in ("approved", "held") and fair.held_on == on


@transaction.atomic
def walk_in(fair: Fair, name: str, phone: str, tail: str, on: date) -> Visitor:
    """Somebody without an invitation at hand, by name and phone or by the last digits of the identity number.

    Who stands in the register or on the list is found there; anybody else is noted as typed. Raises Refused.
    """
    if not open_on(fair, on):
        raise Refused(_("The fair is on %(day)s.") % {"day": fair.held_on})
    if not name or not (phone or tail):
        raise Refused(
            _("Give your name, and your phone or the last four characters of your identity number.")
        )
    listed = (
        Visitor.objects.select_for_update(of=("self",)).filter(fair=fair).select_related("resident", "fair")
    )
    if phone and (again := listed.filter(resident=None, name=name, phone=phone).first()):
        return admit(again, on)
    found = _known(fair, name, phone, tail)
    if found is None:
        if not phone:
            raise Refused(_("Nobody with this name and number is in the register. Give your phone instead."))
        return Visitor.objects.create(fair=fair, region_id=fair.region_id, name=name, phone=phone, came_on=on)
    visitor = listed.filter(resident=found).first() or Visitor(
        fair=fair, resident=found, region_id=found.region_id, phone=found.phone
    )
    if visitor.pk is None:
        visitor.came_on = on
        visitor.save()
        return visitor
    return admit(visitor, on)


def _known(fair: Fair, name: str, phone: str, tail: str) -> people.Resident | None:
    """The one resident of the district who bears the name with this phone or this end of the number."""
    district = Scope(fair.region_id).district
    same = people.residents(district).filter(people.search(name), name=name)[:50]
    meant = [
        one
        for one in same
        if (phone and phone in (one.phone, one.phone2))
        or (tail and len(tail) >= 4 and one.id_number.endswith(tail.upper()))
    ]
    return meant[0] if len(meant) == 1 else None


@transaction.atomic
def intend(visitor: Visitor, offer: Offer, on: date) -> Intention:
    """Once for each post, however often it is tapped; who states one has come. Raises Refused."""
    if offer.booth.fair_id != visitor.fair_id:
        raise Refused(_("This post is not offered at this fair."))
    admit(visitor, on)
    stated, _made = Intention.objects.get_or_create(
        visitor=visitor, offer=offer, defaults={"region_id": visitor.region_id, "stated_on": on}
    )
    return stated


def hire(intentions: Iterable[Intention], on: date) -> int:
    """The employers took them. Raises Refused when a day lies before the intention."""
    changed = []
    for one in intentions:
        if on < one.stated_on:
            raise Refused(_("Nobody is hired before the intention."))
        one.hired_on = on
        one.save(update_fields=["hired_on"])
        changed.append(one)
    return len(changed)
