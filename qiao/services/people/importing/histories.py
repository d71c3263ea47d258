"""Registrations and re-employments of the past, woven into the registry's spells: two queries in, two out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db.models import Q

from qiao.core.batches import sets
from qiao.core.batches.importer import moments
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.services.people.importing.weaving import DETAILS, Stretch, Woven, weave
from qiao.services.people.models import Spell
from qiao.services.people.models.choices import CancelReason, Form, State

PIECE = 2000
KEPT = ("since", "until", "since_precision", "counted_from", *DETAILS)


def day(values: dict[str, Any], code: str) -> date | None:
    return date.fromisoformat(values[code]) if values.get(code) else None


def registration(values: dict[str, Any]) -> list[Stretch]:
    """Unemployed since the loss of work, or since the registration when nobody wrote the loss down."""
    registered = day(values, "registered_on")
    since = day(values, "unemployed_since") or registered
    if since is None:
        return []
    cancelled = day(values, "cancelled_on")
    reason = values.get("cancel_reason") or (CancelReason.OTHER if cancelled else "")
    ends = cancelled if reason in (CancelReason.HIRED, CancelReason.OWN_BUSINESS) else None
    details = {
        "reason": values.get("unemployed_reason", ""),
        "registered_on": max(registered, since) if registered else None,
        "certificate_no": values.get("certificate_no", ""),
        "cancelled_on": cancelled if registered else None,
        "cancel_reason": reason if cancelled and registered else "",
    }
    until = ends if ends and ends > since else None
    return [Stretch(State.UNEMPLOYED, since, until, values.get("unemployed_since_precision", 3), details)]


def placement(values: dict[str, Any]) -> list[Stretch]:
    """The unemployment that ended, if it is told of, and the work that followed."""
    begun = day(values, "employed_on")
    if begun is None:
        return []
    work = Stretch(
        State.EMPLOYED,
        begun,
        None,
        values.get("employed_on_precision", 3),
        {
            "form": values.get("employment_form") or Form.UNIT,
            "employer": values.get("employer", "")[:120],
            "post": values.get("post", "")[:80],
        },
    )
    lost = day(values, "unemployed_since")
    if lost is None or lost >= begun:
        return [work]
    reason = {"reason": values.get("unemployed_reason", "")}
    return [Stretch(State.UNEMPLOYED, lost, begun, values.get("unemployed_since_precision", 3), reason), work]


def merge(batch: ImportBatch, rows: list[ImportRow], told: Any, as_of: date) -> None:
    """Weaves the rows' events into the spells of their people. `told`: values -> events of a row."""
    events: dict[int, list[Stretch]] = defaultdict(list)
    regions: dict[int, int | None] = {}
    by_id = {row.pk: row for row in rows}
    for row in rows:
        for event in told(row.values):
            event.row = row.pk
            events[row.target or 0].append(event)
        regions[row.target or 0] = row.region_id
    spells: dict[int, list[Stretch]] = defaultdict(list)
    held: dict[int, Spell] = {}
    for spell in Spell.objects.filter(resident__in=events).order_by("resident", "since"):
        held[spell.pk] = spell
        spells[spell.resident_id].append(_stretch(spell, as_of))
    woven = {person: weave(spells[person], told_of) for person, told_of in events.items()}
    _report(woven.values(), by_id)
    changed = [spell for one in woven.values() for spell in one.changed]
    _remember(changed, held, woven, by_id)
    _write(batch, changed, held, woven, regions)


def _stretch(spell: Spell, as_of: date) -> Stretch:
    return Stretch(
        spell.state,
        spell.since,
        spell.until,
        spell.since_precision,
        {name: getattr(spell, name) for name in DETAILS},
        spell.pk,
        placeholder=spell.since == as_of and spell.batch_id is not None,
    )


def _report(woven: Iterable[Woven], rows: dict[int, ImportRow]) -> None:
    """A conflict leaves the registry as it is and says so on the row."""
    for one in woven:
        for event, around in one.conflicts:
            row = rows[event.row or 0]
            params = {"since": str(around.since), "until": str(around.until or "")}
            row.notes = [*row.notes, {"code": "overlaps", "params": params, "column": None}]


def _remember(
    changed: list[Stretch], held: dict[int, Spell], woven: dict[int, Woven], rows: dict[int, ImportRow]
) -> None:
    """What a spell was before, kept on a row of its person for the undo."""
    first = {row.target: row for row in reversed(rows.values())} if rows else {}
    for stretch in changed:
        spell = held[stretch.id or 0]
        row = first[spell.resident_id]
        before = row.before or {}
        spell_before = {name: _json(getattr(spell, name)) for name in KEPT}
        before.setdefault("spells", []).append({"id": spell.pk, **spell_before})
        row.before = before


def _write(
    batch: ImportBatch,
    changed: list[Stretch],
    held: dict[int, Spell],
    woven: dict[int, Woven],
    regions: dict[int, int | None],
) -> None:
    for stretch in changed:
        spell = held[stretch.id or 0]
        if spell.counted_from == spell.since or stretch.since > spell.counted_from:
            spell.counted_from = stretch.since
        spell.since, spell.until, spell.since_precision = stretch.since, stretch.until, stretch.precision
        for name in DETAILS:
            setattr(spell, name, stretch.details.get(name) or (None if name.endswith("_on") else ""))
    for part in ([one for one in changed if one.until], [one for one in changed if not one.until]):
        rows = [held[one.id or 0] for one in part]
        sets.write_back(
            Spell, KEPT, [{"id": one.pk, **{name: getattr(one, name) for name in KEPT}} for one in rows]
        )
    Spell.objects.bulk_create(
        [
            Spell(
                resident_id=person,
                region_id=regions[person] or 0,
                state=stretch.state,
                since=stretch.since,
                until=stretch.until,
                since_precision=stretch.precision,
                counted_from=stretch.since,
                batch_id=batch.pk,
                created_by_id=batch.created_by_id,
                changed_at=TransactionNow(),
                **{
                    name: stretch.details.get(name) or (None if name.endswith("_on") else "")
                    for name in DETAILS
                },
            )
            for person, one in woven.items()
            for stretch in one.added
        ],
        batch_size=PIECE,
    )


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


# A person whose spells somebody has written since keeps them all.
TOUCHED = """EXISTS (SELECT FROM people_spell AS s WHERE s.resident_id = i.target AND s.changed_at > i.merged_at
    AND s.changed_at <> ALL(%(moments)s))"""


def undo(batch: ImportBatch) -> None:
    """Deletes the batch's spells and gives the others back what they said, except for rows that stay."""
    kept = set(batch.rows.filter(stayed=True).values_list("target", flat=True))
    written = moments(batch)
    mine = Spell.objects.filter(changed_at__in=written).exclude(resident__in=kept)
    mine.filter(batch_id=batch.pk).soft_delete()
    rows = (
        batch.rows.filter(~Q(before=None), merged_at__isnull=False)
        .order_by("-id")
        .values_list("before", flat=True)
    )
    former = {spell["id"]: spell for before in rows for spell in (before or {}).get("spells", ())}
    sets.write_back(
        Spell, KEPT, [former[pk] for pk in mine.filter(pk__in=former).values_list("pk", flat=True)]
    )
