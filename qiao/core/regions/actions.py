"""Verbs that change the tree: a region of one's own, a new name, an end, and the guided re-code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.regions import codes, moving, recoding
from qiao.core.regions.models import FormerName, Region, Succession
from qiao.core.regions.naming import initials
from qiao.core.regions.recoding import CannotRecode, Plan
from qiao.core.regions.signals import after_recode, before_recode


@dataclass(frozen=True, slots=True)
class Recoded:
    """What a re-code did. `unplaced`: appointments that ended because their region went to several others."""

    plan: Plan
    records: int
    appointments: int
    unplaced: tuple[Appointment, ...]


def add_internal(code: int, name: str, since: date) -> Region:
    """A region the district keeps for itself, under one that is in use. Raises ValidationError."""
    parent = codes.parent_of(code) or codes.NATION
    if not Region.objects.on(since).filter(code=parent).exists():
        raise ValidationError({"code": _("The region above this code is not in use. Add it first.")})
    region = Region(
        code=code,
        name=name,
        level=codes.level_of(code),
        kind=Region.Kind.INTERNAL,
        initials=initials(name),
        valid_from=since,
    )
    region.full_clean()
    region.save(force_insert=True)
    return region


@transaction.atomic
def rename(region: Region, name: str, on: date) -> None:
    """The code stays; until the day the region was called otherwise. Raises ValidationError."""
    if name == region.name:
        raise ValidationError({"name": _("The region is already called so.")})
    former = FormerName(region=region, name=region.name, until=on)
    former.full_clean()
    former.save()
    region.name, region.initials = name, initials(name)
    region.full_clean()
    region.save()


def end(region: Region, on: date) -> None:
    """Raises ValidationError while units, records or staff are still there."""
    if Region.objects.under(region.code).on(on).exclude(code=region.code).exists():
        raise ValidationError({"on": _("Regions below it are still in use. End or re-code them first.")})
    if moving.counts({region.code: region.code}, on):
        raise ValidationError({"on": _("Records are still kept here. Re-code the region instead.")})
    if Appointment.objects.on(on).filter(region=region).exists():
        raise ValidationError({"on": _("Staff are still appointed here. End their appointments first.")})
    region.valid_to = on
    region.full_clean()
    region.save()


def recode(
    mapping: Mapping[int, int], on: date, *, names: Mapping[int, str] | None = None, by: Any = None
) -> Recoded:
    """Old codes end on the day, new ones begin, and the living registry follows in one transaction.

    What was counted before the day stays with the old codes. Must run beyond any scope.
    Raises CannotRecode; then nothing has changed.
    """
    with transaction.atomic():
        Region.objects.select_for_update().filter(code__in=mapping).count()
        plan = recoding.plan(mapping, on, names)
        before_recode.send(Region, mapping=plan.mapping, on=on)
        _change_tree(plan)
        follow = {**plan.mapping, **{old.code: heirs[0] for old, heirs in plan.emptied if len(heirs) == 1}}
        try:
            with transaction.atomic():
                records = moving.move(follow, on)
        except IntegrityError as clash:
            raise CannotRecode([_clash(clash)]) from clash
        after_recode.send(Region, mapping=plan.mapping, on=on)
        ended = [old.code for old, _heirs in plan.emptied]
        unplaced = tuple(Appointment.objects.on(on).filter(region__in=[c for c in ended if c not in follow]))
        return Recoded(plan, records, _reappoint(follow, ended, on), unplaced)


def _change_tree(plan: Plan) -> None:
    beginning = {move.new: move for move in plan.moves if not move.existing}
    Region.objects.bulk_create(
        Region(
            code=code,
            name=move.name,
            level=codes.level_of(code),
            kind=move.old.kind,
            initials=initials(move.name),
            valid_from=plan.on,
        )
        for code, move in beginning.items()
    )
    ending = [move.old.code for move in plan.moves] + [old.code for old, _heirs in plan.emptied]
    Region.objects.filter(code__in=ending).update(valid_to=plan.on)
    Succession.objects.bulk_create(plan.successions())


def _reappoint(follow: Mapping[int, int], ended: list[int], on: date) -> int:
    """Ends appointments at the old codes and begins the same ones at the new; how many began."""
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=on), region__in={*follow, *ended}).order_by(
        "id"
    )
    number = 0
    for appointment in list(held.select_for_update(of=("self",))):
        heir, since, until = follow.get(appointment.region_id), appointment.since, appointment.until
        if since < on:
            appointment.until = on
            appointment.save()
        else:
            appointment.delete()
        if heir is None:
            continue
        since = max(since, on)
        taken = Appointment.objects.filter(
            Q(until=None) | Q(until__gt=since), user=appointment.user_id, role=appointment.role, region=heir
        )
        if not taken.exists():
            Appointment.objects.create(
                user_id=appointment.user_id, role=appointment.role, region_id=heir, since=since, until=until
            )
            number += 1
    return number


def _clash(clash: IntegrityError) -> str:
    diagnosis = getattr(clash.__cause__, "diag", None)
    return _(
        "Records of the old and the new regions contradict each other (%(rule)s). "
        "Settle the duplicates between them first, then re-code again. Nothing has been changed."
    ) % {"rule": getattr(diagnosis, "constraint_name", None) or "-"}
