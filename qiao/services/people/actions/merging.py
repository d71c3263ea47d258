"""Two records of one person become one, and can be parted again."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.records.models import Record
from qiao.services.people.models import DuplicatePair, Membership, Merger, Resident, Spell

KEPT_APART = (DuplicatePair, Merger)
OWN = {"id", "region", "created_at", "created_by", "changed_at", "deleted_at", "deleted_by", "batch_id"}
CACHED = {"state", "state_since", "registered", "current_spell"}
DERIVED = CACHED | {"street", "district", "search_keys", "name_sort"}
GUARDED = {"able", "willing", "id_kind", "id_cipher", "id_hash", "extras"}
EMPTY = (None, "", False)


def _holders() -> list[tuple[type[Record], str]]:
    """Every kind of record that speaks of a resident, with the name of the field."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Resident._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and issubclass(relation.related_model, Record)
        and relation.related_model not in KEPT_APART
    ]


@transaction.atomic
def merge(kept: Resident, given_up: Resident, by: Any) -> Merger:
    """Moves everything to `kept`, fills its blanks, and deletes `given_up` softly. Raises Refused."""
    if kept.pk == given_up.pk:
        raise Refused(_("Choose two different records."))
    locked = {
        row.pk: row for row in Resident.objects.select_for_update().filter(pk__in=[kept.pk, given_up.pk])
    }
    if len(locked) < 2:
        raise Refused(_("One of the two records no longer exists."))
    kept, given_up = locked[kept.pk], locked[given_up.pk]
    if kept.id_number and given_up.id_number and kept.id_number != given_up.id_number:
        raise Refused(_("The two records have different identity numbers. Correct the wrong one first."))
    before = _fill_blanks(kept, given_up)
    moved: dict[str, Any] = {"dropped_spells": _drop_overlapping(kept, given_up)}
    for model, field in _holders():
        rows = model.objects.filter(**{field: given_up})
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            rows.filter(pk__in=_movable(model, field, ids, kept)).update(**{field: kept, "changed_at": Now()})
            moved[model._meta.label_lower] = {field: ids}
    Resident.objects.filter(pk=given_up.pk).update(deleted_at=timezone.now(), deleted_by=by)
    kept.save()
    return Merger.objects.create(
        kept=kept, given_up=given_up, region_id=kept.region_id, moved=moved, before=before, created_by=by
    )


def _fill_blanks(kept: Resident, given_up: Resident) -> dict[str, Any]:
    before: dict[str, Any] = {}
    for field in Resident._meta.concrete_fields:
        if field.name in OWN | DERIVED | GUARDED or field.name.endswith("_precision"):
            continue
        mine, other = getattr(kept, field.attname), getattr(given_up, field.attname)
        if mine in EMPTY and other not in EMPTY:
            before[field.attname] = field.value_to_string(kept) if mine is not None else None
            setattr(kept, field.attname, other)
            if precision := _precision_of(field.name):
                before[precision] = str(getattr(kept, precision))
                setattr(kept, precision, getattr(given_up, precision))
    if not kept.id_number and given_up.id_number:
        before["id_number"] = ""
        Resident.objects.filter(pk=given_up.pk).update(deleted_at=timezone.now())
        kept.id_number = given_up.id_number
    return before


def _precision_of(name: str) -> str:
    """The field that says how exactly a date is known, or ""."""
    candidate = f"{name.removesuffix('_on').removesuffix('_date')}_precision"
    return candidate if name.endswith(("_on", "_date")) and hasattr(Resident, candidate) else ""


def _drop_overlapping(kept: Resident, given_up: Resident) -> list[int]:
    """The given-up record's spells that would overlap the kept one's are deleted softly."""
    clash = _overlapping(Spell.objects.filter(resident=kept), "counted_from")
    ids = list(Spell.objects.filter(clash, resident=given_up).values_list("pk", flat=True))
    Spell.objects.filter(pk__in=ids).soft_delete()
    return ids


def _overlapping(taken: Any, begins: str) -> Q:
    """Rows whose time touches one of the `taken`; an unknown begin lies before every other."""
    clash = Q(pk=None)
    for start, end in taken.values_list(begins, "until"):
        touches = Q()
        if start is not None:
            touches &= Q(until=None) | Q(until__gt=start)
        if end is not None:
            touches &= Q(**{begins: None}) | Q(**{f"{begins}__lt": end})
        clash |= touches or Q(pk__isnull=False)
    return clash


def _movable(model: type[Record], field: str, ids: list[int], kept: Resident) -> list[int]:
    """What a person can have only one of at a time stays with the given-up record when both have it."""
    rows = model.objects.filter(pk__in=ids)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields == (field,):
            alone = constraint.condition or Q()
            if model.objects.filter(alone, **{field: kept}).exists():
                rows = rows.exclude(alone)
    if model is Membership:
        rows = rows.exclude(_overlapping(Membership.objects.filter(resident=kept), "since"))
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def part(merger: Merger, by: Any) -> None:
    """Takes a merger back: what was moved returns, what was filled is emptied. Raises Refused."""
    locked = Merger.objects.select_for_update().get(pk=merger.pk)
    if locked.undone_at:
        raise Refused(_("This merger has been taken back already."))
    given_up = Resident.everything.get(pk=locked.given_up_id)
    kept = Resident.objects.filter(pk=locked.kept_id).first()
    if kept is None:
        raise Refused(_("The kept record has been deleted since. Restore it first."))
    for name, value in locked.before.items():
        if name == "id_number":
            kept.id_number = ""
        else:
            field = Resident._meta.get_field(name.removesuffix("_id"))
            assert isinstance(field, models.Field)
            setattr(kept, name, None if value is None else field.to_python(value))
    kept.save()
    Resident.everything.filter(pk=given_up.pk).update(deleted_at=None, deleted_by=None)
    holders = {model._meta.label_lower: model for model, _field in _holders()}
    for label, fields in locked.moved.items():
        if label in holders:
            for field, ids in fields.items():
                holders[label].everything.filter(pk__in=ids).update(**{field: given_up})
    Spell.everything.filter(pk__in=locked.moved.get("dropped_spells", [])).restore()
    locked.undone_at = timezone.now()
    locked.save(update_fields=["undone_at"])
    DuplicatePair.objects.filter(
        resident_id=min(kept.pk, given_up.pk), other_id=max(kept.pk, given_up.pk)
    ).update(verdict=DuplicatePair.Verdict.OPEN, settled_by=None, settled_at=None)


@transaction.atomic
def settle(
    pair: DuplicatePair, same: bool, by: Any, keep: int | None = None, note: str = ""
) -> Merger | None:
    """A person's word on a pair: one person (merged into `keep`) or two."""
    locked = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if locked.verdict != DuplicatePair.Verdict.OPEN:
        raise Refused(_("This pair has been settled already."))
    verdict = DuplicatePair.Verdict
    locked.verdict = verdict.SAME if same else verdict.DIFFERENT
    locked.settled_by, locked.settled_at = by, timezone.now()
    locked.note = note
    locked.save()
    if not same:
        return None
    kept, other = (
        (locked.resident, locked.other) if keep != locked.other_id else (locked.other, locked.resident)
    )
    return merge(kept, other, by)
