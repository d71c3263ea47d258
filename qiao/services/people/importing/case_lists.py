"""Lists of recognised people and households: each row becomes a case at the stage the list tells of, with its steps."""

from __future__ import annotations

from qiao.core.batches.importer import moments, run
from qiao.core.batches.models import ImportBatch
from qiao.core.records.models import Record

READY = "i.batch_id = %(batch)s AND i.status IN ('ready', 'fixed') AND i.merged_at IS NULL"

# The stage that a list's dates and words tell of; a notice period that is over waits for the street.
RECOGNITIONS = f"""
    SELECT DISTINCT ON (i.target) i.target, i.region_id, i.values->>'hardship_category' AS category,
        COALESCE((i.values->>'applied_on')::date, (i.values->>'recognised_on')::date) AS opened,
        (i.values->>'recognised_on')::date AS recognised, (i.values->>'exited_on')::date AS exited,
        COALESCE(i.values->>'exit_reason', 'no_longer_fits') AS why,
        CASE WHEN i.values ? 'exited_on' THEN 'exited'
             WHEN i.values ? 'recognised_on' THEN 'assisted'
             WHEN i.values->>'stage' = 'publicised_over' THEN 'publicised'
             ELSE COALESCE(i.values->>'stage', 'applied') END AS stage, u.id AS helper
    FROM batches_importrow AS i
    LEFT JOIN LATERAL (
        SELECT id FROM accounts_user WHERE name = i.values->>'owner' ORDER BY id LIMIT 1) AS u ON true
    WHERE {READY} AND i.values ? 'hardship_category'
      AND (i.values ? 'applied_on' OR i.values ? 'recognised_on')
      AND NOT EXISTS (
          SELECT FROM people_hardshipcase AS c
          WHERE c.resident_id = i.target AND c.deleted_at IS NULL
            AND (c.closed_on IS NULL OR c.recognised_on = (i.values->>'recognised_on')::date))
    ORDER BY i.target, i.values->>'recognised_on' DESC NULLS LAST
"""


def write_recognitions(batch: ImportBatch) -> None:
    run(
        f"""
        WITH told AS ({RECOGNITIONS}),
        made AS (
            INSERT INTO people_hardshipcase (resident_id, region_id, category, helper_id, stage, stage_since, due_on, opened_on,
                recognised_on, exited_on, exit_reason, closed_on, batch_id, created_by_id, changed_at)
            SELECT target, region_id, category, helper, stage, COALESCE(exited, recognised, opened),
                CASE WHEN stage IN ('applied', 'publicised', 'street_reviewed') THEN qiao_add_workdays(opened, 14) END,
                opened, recognised, exited, CASE WHEN exited IS NULL THEN '' ELSE why END, exited, %(batch)s, %(by)s, now()
            FROM told
            RETURNING id, region_id, stage, stage_since
        )
        {STEP.format(procedure="hardship")}
        """,
        {"batch": batch.pk, "by": batch.created_by_id},
    )


STEP = """
        INSERT INTO procedures_step (procedure, case_id, region_id, transition, from_stage, to_stage, by_id, role, "on",
            opinion, reason, batch_id)
        SELECT '{procedure}', id, region_id, 'recorded', '', stage, %(by)s, '', stage_since, '', '', %(batch)s FROM made
"""


def write_zero_employment(batch: ImportBatch) -> None:
    """The household is that of the head the row names, or the one with its number."""
    run(
        f"""
        WITH made AS (
            INSERT INTO people_zeroemploymentcase (household_id, region_id, stage, stage_since, opened_on, found_on, because,
                recognised_on, helper_id, measures, cleared_on, ending, closed_on, batch_id, created_by_id, changed_at)
            SELECT DISTINCT ON (h.id, n.found) h.id, h.region_id, CASE WHEN n.cleared IS NULL THEN 'recognised' ELSE 'cleared' END,
                COALESCE(n.cleared, n.recognised, n.found), n.found, n.found, '{{}}', n.recognised, u.id,
                left(COALESCE(i.values->>'cleared_how', ''), 300), n.cleared,
                CASE WHEN n.cleared IS NULL THEN '' ELSE 'employed' END, n.cleared, %(batch)s, %(by)s, now()
            FROM batches_importrow AS i
            CROSS JOIN LATERAL (
                SELECT (i.values->>'found_on')::date AS found, (i.values->>'recognised_on')::date AS recognised,
                       (i.values->>'cleared_on')::date AS cleared) AS n
            JOIN people_household AS h ON h.deleted_at IS NULL AND h.id = COALESCE(
                (SELECT min(m.household_id) FROM people_membership AS m
                 WHERE m.resident_id = i.target AND m.until IS NULL AND m.deleted_at IS NULL),
                (SELECT min(b.id) FROM people_household AS b
                 WHERE b.region_id = i.region_id AND b.number = i.values->>'household_no' AND b.deleted_at IS NULL))
            LEFT JOIN LATERAL (
                SELECT id FROM accounts_user WHERE name = i.values->>'owner' ORDER BY id LIMIT 1) AS u ON true
            WHERE {READY} AND n.found IS NOT NULL
              AND NOT EXISTS (
                  SELECT FROM people_zeroemploymentcase AS c
                  WHERE c.household_id = h.id AND c.deleted_at IS NULL AND (c.closed_on IS NULL OR c.found_on = n.found))
            ORDER BY h.id, n.found
            RETURNING id, region_id, stage, stage_since
        )
        {STEP.format(procedure="zero_employment")}
        """,
        {"batch": batch.pk, "by": batch.created_by_id},
    )


RECOGNISED = "c.resident_id = i.target"
FOUND = "c.household_id IN (SELECT m.household_id FROM people_membership AS m WHERE m.resident_id = i.target)"


def touched(model: type[Record], of_row: str) -> str:
    """Somebody has worked on the case since; `of_row` says in SQL which case `c` is that of row `i`."""
    return f"""EXISTS (SELECT FROM {model._meta.db_table} AS c WHERE c.batch_id = i.batch_id AND {of_row}
        AND c.deleted_at IS NULL AND c.changed_at <> ALL(%(moments)s))"""


def undo(batch: ImportBatch, model: type[Record]) -> None:
    """Deletes the batch's cases that nobody has worked on since."""
    model.objects.filter(batch_id=batch.pk, changed_at__in=moments(batch)).soft_delete()
