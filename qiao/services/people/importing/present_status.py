"""The status a roster states, as a spell: derived per row, written in sets."""

from __future__ import annotations

from typing import Any

from qiao.core.batches.importer import moments, run
from qiao.core.batches.models import ImportBatch
from qiao.core.batches.sets import ColumnSql
from qiao.services.people.models.choices import OUTSIDE_REASONS, UNEMPLOYED_REASONS, Form, Reason, State

STARTS = {
    State.UNEMPLOYED: ("unemployed_since", "registered_on", "state_since"),
    State.EMPLOYED: ("employed_on", "state_since"),
    State.OUTSIDE: ("state_since",),
}


def derive(values: dict[str, Any]) -> None:
    """Adds the spell's fields: what is said outright, else what employer, dates and wishes imply."""
    state = values.get("state") or _implied(values)
    if not state:
        return
    values["_state"] = str(state)
    start = next((name for name in STARTS[State(state)] if values.get(name)), None)
    values["_since"] = values[start] if start else values["_as_of"]
    values["_since_precision"] = values.get(f"{start}_precision", 3) if start else 3
    if state == State.EMPLOYED:
        values["_form"] = values.get("employment_form") or Form.UNIT.value
    reason = values.get("unemployed_reason", "")
    if state == State.UNEMPLOYED:
        values["_reason"] = reason if reason in UNEMPLOYED_REASONS else ""
        _registration(values)
    elif state == State.OUTSIDE:
        implied = Reason.UNWILLING if values.get("willing") is False else Reason.OTHER
        outside = values.get("inactive_reason") or reason
        values["_reason"] = str(outside if outside in OUTSIDE_REASONS else implied)


def _implied(values: dict[str, Any]) -> str:
    if values.get("registered") or values.get("unemployed_since") or values.get("registered_on"):
        return "" if values.get("employed_on") and not values.get("registered") else State.UNEMPLOYED
    if values.get("employer") or values.get("employed_on") or values.get("employment_form"):
        return State.EMPLOYED
    return ""


def _registration(values: dict[str, Any]) -> None:
    if values.get("registered_on"):
        values["_registered_on"] = max(values["registered_on"], values["_since"])
    elif values.get("registered"):
        values["_registered_on"] = values["_since"]


CACHED = [
    ColumnSql("state", "COALESCE(i.values->>'_state', '')", "true"),
    ColumnSql("state_since", "(i.values->>'_since')::date", "true"),
    ColumnSql("registered", "(i.values ? '_registered_on')", "true"),
    ColumnSql(
        "current_spell", "CASE WHEN i.values ? '_state' THEN (i.values->>'_people_spell')::bigint END", "true"
    ),
]

NEWS = """
    SELECT i.id AS row_id, i.target, i.region_id, i.values, (i.values->>'_since')::date AS since
    FROM batches_importrow AS i
    WHERE i.batch_id = %(batch)s AND i.status IN ('ready', 'fixed') AND i.merged_at IS NULL
      AND i.act IN ('insert', 'update') AND i.values ? '_state'
"""


def write(batch: ImportBatch) -> None:
    """Ends the open spell of whoever changed status, then opens the stated one where none is open."""
    params = {"batch": batch.pk, "by": batch.created_by_id}
    ending = f"""
        FROM ({NEWS}) AS n
        JOIN people_spell AS s ON s.resident_id = n.target AND s.until IS NULL AND s.deleted_at IS NULL
        WHERE s.state <> n.values->>'_state' AND n.since > s.counted_from
    """
    run(
        f"""
        UPDATE batches_importrow AS r
        SET before = COALESCE(r.before, '{{}}') || jsonb_build_object('_ended', s.id,
            '_cancelled_on', s.cancelled_on, '_cancel_reason', s.cancel_reason)
        {ending} AND r.id = n.row_id
        """,
        params,
    )
    run(
        f"""
        UPDATE people_spell AS t
        SET until = n.since, changed_at = now(),
            cancelled_on = CASE WHEN t.registered_on IS NOT NULL AND n.values->>'_state' <> 'unemployed'
                                THEN COALESCE(t.cancelled_on, GREATEST(n.since, t.registered_on)) ELSE t.cancelled_on END,
            cancel_reason = CASE WHEN t.registered_on IS NULL OR t.cancelled_on IS NOT NULL
                                      OR n.values->>'_state' = 'unemployed' THEN t.cancel_reason
                                 WHEN n.values->>'_form' = 'self' THEN 'own_business'
                                 WHEN n.values->>'_state' = 'employed' THEN 'hired' ELSE 'other' END
        {ending} AND t.id = s.id
        """,
        params,
    )
    run(
        f"""
        INSERT INTO people_spell (id, resident_id, region_id, state, form, reason, since, since_precision, counted_from,
            employer, registered_on, certificate_no, batch_id, created_by_id, changed_at)
        SELECT COALESCE((n.values->>'_people_spell')::bigint, nextval(pg_get_serial_sequence('people_spell', 'id'))),
            n.target, n.region_id, n.values->>'_state', COALESCE(n.values->>'_form', ''), COALESCE(n.values->>'_reason', ''),
            n.since, (n.values->>'_since_precision')::smallint, n.since, left(COALESCE(n.values->>'employer', ''), 120),
            (n.values->>'_registered_on')::date, left(COALESCE(n.values->>'certificate_no', ''), 40), %(batch)s, %(by)s, now()
        FROM ({NEWS}) AS n
        WHERE NOT EXISTS (
            SELECT FROM people_spell AS s
            WHERE s.resident_id = n.target AND s.deleted_at IS NULL AND (s.until IS NULL OR s.until > n.since))
        """,
        params,
    )


def undo(batch: ImportBatch) -> None:
    """Takes back the batch's own spells that nobody changed, and reopens those it ended."""
    params = {"batch": batch.pk, "moments": moments(batch)}
    run(
        """
        UPDATE people_spell AS s SET deleted_at = now(), changed_at = now()
        FROM batches_importrow AS i
        WHERE i.batch_id = %(batch)s AND s.batch_id = %(batch)s AND s.resident_id = i.target
          AND s.deleted_at IS NULL AND s.changed_at = ANY(%(moments)s) AND NOT i.stayed
        """,
        params,
    )
    run(
        """
        UPDATE people_spell AS s
        SET until = NULL, cancelled_on = (i.before->>'_cancelled_on')::date,
            cancel_reason = COALESCE(i.before->>'_cancel_reason', ''), changed_at = now()
        FROM batches_importrow AS i
        WHERE i.batch_id = %(batch)s AND s.id = (i.before->>'_ended')::bigint
          AND s.changed_at = ANY(%(moments)s) AND NOT i.stayed AND NOT EXISTS (
              SELECT FROM people_spell AS later WHERE later.resident_id = s.resident_id AND later.id <> s.id
                AND later.deleted_at IS NULL AND (later.until IS NULL OR later.until > s.until))
        """,
        params,
    )
