"""What a roster says beyond the person: the household, a recognition of hardship, the wish to leave the figures."""

from __future__ import annotations

from typing import Any

from qiao.core.batches.importer import moments, run
from qiao.core.batches.models import ImportBatch

TABLES = (
    "people_membership",
    "people_hardshipcase",
    "people_willingnesschange",
    "people_transfer",
)
PENDING = "i.batch_id = %(batch)s AND i.status IN ('ready', 'fixed') AND i.merged_at IS NULL AND i.act IN ('insert', 'update')"


def derive(values: dict[str, Any]) -> None:
    """A household goes by its number, or by its head and address where rosters know no numbers."""
    head = values.get("household_head") or (values.get("name") if values.get("relation") == "head" else "")
    number = values.get("household_no") or (f"{head} {values.get('address', '')}".strip() if head else "")
    if number:
        values["_household"] = str(number)[:40]
    if not values.get("id_number") and values.get("name"):
        values["_gram"] = values["name"][:2]


def write_households(batch: ImportBatch) -> None:
    """New households of the community, then the members who belong to none yet."""
    params = {"batch": batch.pk, "by": batch.created_by_id}
    run(
        f"""
        INSERT INTO people_household (region_id, number, address, batch_id, created_by_id, changed_at)
        SELECT DISTINCT ON (i.region_id, i.values->>'_household')
            i.region_id, i.values->>'_household', left(COALESCE(i.values->>'address', ''), 160), %(batch)s, %(by)s, now()
        FROM batches_importrow AS i
        WHERE {PENDING} AND i.values ? '_household'
        ORDER BY i.region_id, i.values->>'_household', i.sheet, i.number
        ON CONFLICT (region_id, number) WHERE deleted_at IS NULL AND NOT number = '' DO NOTHING
        """,
        params,
    )
    run(
        f"""
        INSERT INTO people_membership (household_id, resident_id, region_id, relation, batch_id, created_by_id, changed_at)
        SELECT h.id, i.target, i.region_id, COALESCE(i.values->>'relation', ''), %(batch)s, %(by)s, now()
        FROM batches_importrow AS i
        JOIN people_household AS h
            ON h.region_id = i.region_id AND h.number = i.values->>'_household' AND h.deleted_at IS NULL
        WHERE {PENDING} AND i.values ? '_household'
          AND NOT EXISTS (SELECT FROM people_membership AS m
                          WHERE m.resident_id = i.target AND m.until IS NULL AND m.deleted_at IS NULL)
        """,
        params,
    )
    run(
        f"""
        UPDATE people_household AS h SET head_id = i.target
        FROM batches_importrow AS i
        WHERE {PENDING} AND i.values->>'relation' = 'head' AND h.head_id IS NULL AND h.deleted_at IS NULL
          AND h.region_id = i.region_id AND h.number = i.values->>'_household'
        """,
        params,
    )


def leave_makeshift_households(batch: ImportBatch) -> None:
    """A register of households is surer than what a roster told of heads and addresses: its members leave those."""
    params = {"batch": batch.pk}
    run(
        f"""
        UPDATE batches_importrow AS r
        SET before = COALESCE(r.before, '{{}}') || jsonb_build_object('_left', m.id, '_household', h.id)
        FROM batches_importrow AS i
        JOIN people_membership AS m ON m.resident_id = i.target AND m.until IS NULL AND m.deleted_at IS NULL
        JOIN people_household AS h ON h.id = m.household_id
        WHERE r.id = i.id AND {PENDING} AND m.batch_id IS NOT NULL AND h.number <> i.values->>'_household'
        """,
        params,
    )
    run(
        """
        UPDATE people_membership AS m SET deleted_at = now(), changed_at = now()
        FROM batches_importrow AS i WHERE i.batch_id = %(batch)s AND m.id = (i.before->>'_left')::bigint
          AND i.merged_at IS NULL
        """,
        params,
    )


def close_empty_households(batch: ImportBatch) -> None:
    run(
        """
        UPDATE people_household AS h SET deleted_at = now(), changed_at = now()
        FROM (SELECT DISTINCT (before->>'_household')::bigint AS id FROM batches_importrow
              WHERE batch_id = %(batch)s AND before ? '_household' AND merged_at IS NULL) AS left_behind
        WHERE h.id = left_behind.id AND h.deleted_at IS NULL AND NOT EXISTS (
            SELECT FROM people_membership AS m WHERE m.household_id = h.id AND m.deleted_at IS NULL)
        """,
        {"batch": batch.pk},
    )


def write_hardship(batch: ImportBatch) -> None:
    """A recognition that the roster dates becomes a case in assistance, with the roster as its first step."""
    run(
        f"""
        WITH recognised AS (
            INSERT INTO people_hardshipcase (resident_id, region_id, category, stage, stage_since, opened_on, recognised_on,
                batch_id, created_by_id, changed_at)
            SELECT DISTINCT ON (i.target) i.target, i.region_id, i.values->>'hardship_category', 'assisted', n.day, n.day, n.day,
                %(batch)s, %(by)s, now()
            FROM batches_importrow AS i, LATERAL (SELECT (i.values->>'recognised_on')::date AS day) AS n
            WHERE {PENDING} AND i.values ? 'hardship_category' AND n.day IS NOT NULL
              AND NOT EXISTS (SELECT FROM people_hardshipcase AS c
                              WHERE c.resident_id = i.target AND c.closed_on IS NULL AND c.deleted_at IS NULL)
            ORDER BY i.target, i.number
            RETURNING id, region_id, recognised_on
        )
        INSERT INTO procedures_step (procedure, case_id, region_id, transition, from_stage, to_stage, by_id, role, "on",
            opinion, reason, batch_id)
        SELECT 'hardship', id, region_id, 'recorded', '', 'assisted', %(by)s, '', recognised_on, '', '', %(batch)s
        FROM recognised
        """,
        {"batch": batch.pk, "by": batch.created_by_id},
    )


def ask_to_leave(batch: ImportBatch) -> None:
    """A roster that calls a willing or able person otherwise only proposes it; the record keeps its word."""
    run(
        f"""
        INSERT INTO people_willingnesschange (resident_id, region_id, what, reason, asked_by_id, asked_on, answer, answer_note,
            batch_id, created_by_id, changed_at)
        SELECT t.id, t.region_id, CASE WHEN t.able AND (i.values->>'able')::boolean IS FALSE THEN 'unable' ELSE 'unwilling' END,
            f.name, %(by)s, (i.values->>'_as_of')::date, 'open', '', %(batch)s, %(by)s, now()
        FROM batches_importrow AS i
        JOIN people_resident AS t ON t.id = i.target
        JOIN batches_importbatch AS b ON b.id = i.batch_id
        JOIN batches_sourcefile AS f ON f.id = b.file_id
        WHERE {PENDING} AND i.act = 'update'
          AND ((t.willing AND (i.values->>'willing')::boolean IS FALSE) OR (t.able AND (i.values->>'able')::boolean IS FALSE))
        ON CONFLICT (resident_id) WHERE answer = 'open' AND deleted_at IS NULL DO NOTHING
        """,
        {"batch": batch.pk, "by": batch.created_by_id},
    )
    run(
        f"""
        UPDATE batches_importrow AS i SET values = i.values
            - CASE WHEN t.willing AND (i.values->>'willing')::boolean IS FALSE THEN 'willing' ELSE '' END
            - CASE WHEN t.able AND (i.values->>'able')::boolean IS FALSE THEN 'able' ELSE '' END
        FROM people_resident AS t
        WHERE t.id = i.target AND {PENDING} AND i.act = 'update'
          AND ((t.willing AND (i.values->>'willing')::boolean IS FALSE) OR (t.able AND (i.values->>'able')::boolean IS FALSE))
        """,
        {"batch": batch.pk},
    )


def propose_transfers(batch: ImportBatch) -> None:
    """A person recorded in another community is not moved by a roster: the move is proposed to its station."""
    run(
        """
        INSERT INTO people_transfer (resident_id, region_id, to_region_id, moved_on, reason, asked_by_id, asked_on, answer,
            answer_note, batch_id, created_by_id, changed_at)
        SELECT t.id, t.region_id, i.region_id, (i.values->>'_as_of')::date, f.name, %(by)s, (i.values->>'_as_of')::date, 'open',
            '', %(batch)s, %(by)s, now()
        FROM batches_importrow AS i
        JOIN people_resident AS t ON t.id = i.target AND t.region_id <> i.region_id
        JOIN batches_importbatch AS b ON b.id = i.batch_id
        JOIN batches_sourcefile AS f ON f.id = b.file_id
        WHERE i.batch_id = %(batch)s AND i.status IN ('ready', 'fixed') AND i.merged_at IS NULL AND i.act = 'move'
        ON CONFLICT (resident_id) WHERE answer = 'open' AND deleted_at IS NULL DO NOTHING
        """,
        {"batch": batch.pk, "by": batch.created_by_id},
    )


def undo(batch: ImportBatch) -> None:
    """Takes back what came with the batch and was not touched, and gives back the households that people left."""
    params = {"batch": batch.pk, "moments": moments(batch)}
    for table in TABLES:
        run(
            f"""
            UPDATE {table} AS t SET deleted_at = now(), changed_at = now()
            WHERE batch_id = %(batch)s AND deleted_at IS NULL AND changed_at = ANY(%(moments)s) AND NOT EXISTS (
                SELECT FROM batches_importrow AS i
                WHERE i.batch_id = %(batch)s AND i.stayed AND i.target = t.resident_id)
            """,
            params,
        )
    run(
        """
        UPDATE people_household AS h SET deleted_at = now(), changed_at = now()
        WHERE batch_id = %(batch)s AND deleted_at IS NULL AND changed_at = ANY(%(moments)s)
          AND NOT EXISTS (SELECT FROM people_membership AS m WHERE m.household_id = h.id AND m.deleted_at IS NULL)
        """,
        params,
    )
    for table, key in (("people_household", "_household"), ("people_membership", "_left")):
        run(
            f"""
            UPDATE {table} AS t SET deleted_at = NULL, changed_at = now()
            FROM batches_importrow AS i
            WHERE i.batch_id = %(batch)s AND NOT i.stayed AND t.id = (i.before->>'{key}')::bigint
              AND t.deleted_at IS NOT NULL AND t.changed_at = ANY(%(moments)s)
            """,
            params,
        )
