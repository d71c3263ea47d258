"""Which living record of the district a staged row speaks of."""

from __future__ import annotations

from qiao.core.batches.importer import run
from qiao.core.batches.models import ImportBatch

# By identity number; without one, by name and phone, or by name, birth date and community.
CANDIDATES = """
    SELECT i.id AS row_id, t.id AS resident_id, t.region_id, 1 AS strength
    FROM batches_importrow AS i
    JOIN people_resident AS t ON t.district = %(district)s AND t.id_hash = i.key AND t.deleted_at IS NULL
    WHERE i.batch_id = %(batch)s AND i.key IS NOT NULL AND i.merged_at IS NULL
    UNION ALL
    SELECT i.id, t.id, t.region_id, 2
    FROM batches_importrow AS i
    JOIN people_resident AS t ON t.search_keys @> ARRAY[i.values->>'_gram'] AND t.district = %(district)s
        AND t.deleted_at IS NULL AND t.name = i.values->>'name'
        AND (t.phone = i.values->>'phone'
             OR (t.birth_date = (i.values->>'birth')::date AND t.region_id = i.region_id))
    WHERE i.batch_id = %(batch)s AND i.key IS NULL AND i.merged_at IS NULL AND i.values ? '_gram'
"""

ELSEWHERE = """
    jsonb_build_array(jsonb_build_object('code', 'known_elsewhere', 'params',
        jsonb_build_object('community', (SELECT name FROM regions_region WHERE code = t.region_id))))
"""


def match(batch: ImportBatch, district: int, differs: str) -> None:
    """Writes target and act of each row; a person of another community waits for a person's word."""
    accepted = "known_elsewhere" in batch.decisions.get("accepted_codes", ())
    run(
        f"""
        WITH candidates AS ({CANDIDATES}),
        best AS (SELECT DISTINCT ON (row_id) * FROM candidates ORDER BY row_id, strength, resident_id)
        UPDATE batches_importrow AS i
        SET target = t.id,
            act = CASE WHEN t.region_id <> i.region_id THEN 'move'
                       WHEN {differs} OR (t.state, t.state_since) IS DISTINCT FROM
                            (COALESCE(i.values->>'_state', t.state), COALESCE((i.values->>'_since')::date, t.state_since))
                       THEN 'update' ELSE 'same' END,
            status = CASE WHEN t.region_id <> i.region_id AND NOT %(accepted)s AND i.status IN ('ready', 'fixed')
                               AND NOT i.notes @> '[{{"code": "known_elsewhere"}}]' THEN 'confirm' ELSE i.status END,
            notes = CASE WHEN t.region_id <> i.region_id AND NOT i.notes @> '[{{"code": "known_elsewhere"}}]'
                         THEN i.notes || {ELSEWHERE} ELSE i.notes END
        FROM best JOIN people_resident AS t ON t.id = best.resident_id
        WHERE i.id = best.row_id AND i.batch_id = %(batch)s AND i.status IN ('ready', 'fixed', 'confirm')
          AND i.merged_at IS NULL
        """,
        {"batch": batch.pk, "district": district, "accepted": accepted},
    )
