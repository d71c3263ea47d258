"""The book of helpers, imported: a row that names a pair known already corrects it, any other makes one."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.utils.translation import gettext_lazy as _

from qiao.core.batches.importer import WAITING_I, Importer, district_of, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.people import api as people
from qiao.services.visits.models import HelpEnd, HelperKind, HelperPair

NOTE = """jsonb_build_array(jsonb_build_object('code', '{code}', 'params', '{{}}'::jsonb, 'column', NULL))"""
# What speaks against a row whose person is found.
REFUSED = {
    "end_incomplete": "(i.values->>'ended_on' IS NULL) <> (COALESCE(i.values->>'end_reason', '') = '')",
    "ends_before": "(i.values->>'ended_on')::date < (i.values->>'since')::date",
    "pair_again": """EXISTS (SELECT FROM batches_importrow AS j
        WHERE j.batch_id = i.batch_id AND j.id < i.id AND j.target = i.target AND j.status <> 'error'
          AND j.values->>'helper' = i.values->>'helper' AND j.merged_at IS NULL
          AND (j.values->>'since' = i.values->>'since'
               OR j.values->>'ended_on' IS NULL AND i.values->>'ended_on' IS NULL))""",
}
# The household of the person where the row says that the whole of it is helped.
HOME = """CASE WHEN (i.values->>'household')::boolean THEN (SELECT max(m.household_id) FROM people_membership AS m
    WHERE m.resident_id = i.target AND m.until IS NULL AND m.deleted_at IS NULL) END"""


@register
class PairImporter(Importer):
    code = "pairs"
    name = _("Book of helpers")
    ledger = "pairs"
    about = "residents"
    model = HelperPair
    columns: ClassVar = {
        "resident": "_resident",
        "household": "_household",
        "helper": "helper",
        "helper_kind": "helper_kind",
        "helper_unit": "helper_unit",
        "helper_phone": "helper_phone",
        "since": "since",
        "plan": "plan",
        "achieved": "achieved",
        "ended_on": "ended_on",
        "end_reason": "end_reason",
    }
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "phone": _("Phone"),
        "household": _("Whole household"),
    }
    choices: ClassVar = {"helper_kind": HelperKind, "end_reason": HelpEnd}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(
            yaml.safe_load((files("qiao.services.visits") / "pairs.yml").read_text("utf-8"))
        )

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        people.find_people(batch, district_of(batch))
        params = {"batch": batch.pk}
        mine = f"i.batch_id = %(batch)s AND {WAITING_I} AND i.act = 'update'"
        for code, wrong in REFUSED.items():
            run(
                f"""
                UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code=code)}
                WHERE {mine} AND {wrong}
                """,
                params,
            )
        run(
            f"""
            UPDATE batches_importrow AS i
            SET act = CASE WHEN f.pair IS NULL THEN 'insert' ELSE 'update' END,
                target = COALESCE(f.pair, nextval(pg_get_serial_sequence('visits_helperpair', 'id'))),
                values = i.values - '_resident' - '_household' || CASE WHEN f.pair IS NOT NULL THEN '{{}}'::jsonb
                    WHEN f.home IS NOT NULL THEN jsonb_build_object('_household', f.home)
                    ELSE jsonb_build_object('_resident', f.person) END
            FROM (
                SELECT i.id, i.target AS person, {HOME} AS home, (
                    SELECT p.id FROM visits_helperpair AS p LEFT JOIN people_household AS h ON h.id = p.household_id
                    WHERE p.deleted_at IS NULL AND p.helper = i.values->>'helper'
                      AND (p.resident_id = i.target OR h.head_id = i.target OR h.id = {HOME})
                      AND (p.since = (i.values->>'since')::date
                           OR p.ended_on IS NULL AND i.values->>'ended_on' IS NULL)
                    ORDER BY p.since = (i.values->>'since')::date DESC, p.id LIMIT 1) AS pair
                FROM batches_importrow AS i WHERE {mine}
            ) AS f
            WHERE i.id = f.id
            """,
            params,
        )
