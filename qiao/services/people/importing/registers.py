"""Registers about residents who are recorded already: their vocabulary, and whom a row means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qiao.core.batches.importer import run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.people.identity import cipher


@cache
def _file(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((files("qiao.services.people") / name).read_text("utf-8"))
    return loaded


def vocabulary(code: str) -> Vocabulary:
    return about_people(_file("registers.yml")[code])


def about_people(own: Mapping[str, Any]) -> Vocabulary:
    """A register's own `fields`, those in `same` that it shares with the residents' roster, and its `identity`."""
    shared = _file("vocabulary.yml")
    fields = {name: dict(shared["fields"][name]) for name in own["same"]} | own["fields"]
    for field in fields.values():
        field["gives"] = {what: name for what, name in field.get("gives", {}).items() if name in fields}
    return Vocabulary.from_dict({"fields": fields, "identity": own.get("identity", [])})


def derive(values: dict[str, Any], number_field: str = "id_number") -> tuple[bytes | None, bytes | None]:
    """The row's key; the number itself is not kept."""
    number = values.pop(number_field, "") or ""
    if number:
        values["_tail"] = number[-4:]
        return cipher.blind_index(number), None
    if name := values.get("name") or values.get("household_head"):
        values["_gram"] = name[:2]
    return None, None


NOBODY = """'[{"code": "nobody_found", "params": {}, "column": null}]'::jsonb"""
SEVERAL = """'[{"code": "several_found", "params": {}, "column": null}]'::jsonb"""


def find_people(batch: ImportBatch, district: int) -> None:
    """Points each row at the resident it means; a row that means nobody, or several, becomes an error."""
    params = {"batch": batch.pk, "district": district}
    run(
        f"""
        WITH candidates AS (
            SELECT i.id AS row_id, t.id, t.region_id
            FROM batches_importrow AS i
            JOIN people_resident AS t ON t.district = %(district)s AND t.id_hash = i.key AND t.deleted_at IS NULL
            WHERE i.batch_id = %(batch)s AND i.key IS NOT NULL
            UNION ALL
            SELECT i.id, t.id, t.region_id
            FROM batches_importrow AS i
            JOIN people_resident AS t ON t.search_keys @> ARRAY[i.values->>'_gram'] AND t.district = %(district)s
                AND t.deleted_at IS NULL AND t.region_id = i.region_id
                AND t.name = COALESCE(i.values->>'name', i.values->>'household_head')
            WHERE i.batch_id = %(batch)s AND i.key IS NULL AND i.values ? '_gram'
        ),
        found AS (SELECT row_id, min(id) AS id, min(region_id) AS region_id, count(*) AS number FROM candidates GROUP BY row_id)
        UPDATE batches_importrow AS i
        SET target = CASE WHEN f.number = 1 THEN f.id END,
            act = CASE WHEN f.number = 1 THEN 'update' ELSE '' END,
            region_id = CASE WHEN f.number = 1 THEN f.region_id ELSE i.region_id END,
            status = CASE WHEN f.number = 1 THEN i.status ELSE 'error' END,
            notes = CASE WHEN f.number IS NULL THEN i.notes || {NOBODY}
                         WHEN f.number > 1 THEN i.notes || {SEVERAL} ELSE i.notes END
        FROM batches_importrow AS r LEFT JOIN found AS f ON f.row_id = r.id
        WHERE i.id = r.id AND r.batch_id = %(batch)s AND r.merged_at IS NULL
          AND r.status IN ('ready', 'fixed', 'confirm')
        """,
        params,
    )
