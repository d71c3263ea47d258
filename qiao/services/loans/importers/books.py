"""What the importers of loans share: their declared fields, and a row that is refused with its reason."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qiao.core.batches.importer import WAITING_I, run
from qiao.core.batches.models import ImportBatch


@cache
def declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("qiao.services.loans") / "books.yml").read_text("utf-8"))
    return loaded


def refuse_where(batch: ImportBatch, code: str, field: str, wrong: str, **params: Any) -> None:
    """Waiting rows for which the SQL condition `wrong` holds become errors with the note `code`."""
    run(
        f"""
        UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || jsonb_build_array(jsonb_build_object(
            'code', '{code}', 'column', NULL, 'params', jsonb_build_object('value', i.values->>'{field}')))
        WHERE i.batch_id = %(batch)s AND {WAITING_I} AND ({wrong})
        """,
        {"batch": batch.pk, **params},
    )


def refuse(rows: dict[int, str]) -> None:
    """Rows by their id become errors, each with its own words."""
    if rows:
        run(
            """
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || jsonb_build_array(jsonb_build_object(
                'code', 'refused', 'column', NULL, 'params', jsonb_build_object('why', n.why)))
            FROM unnest(%(ids)s::bigint[], %(words)s::text[]) AS n(id, why) WHERE i.id = n.id
            """,
            {"ids": list(rows), "words": list(rows.values())},
        )
