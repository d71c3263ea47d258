"""The book of relief as street offices keep it: taxes and fees relieved by outlet, item and month."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.utils.translation import gettext_lazy as _

from qiao.core.batches import sets
from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.intake.words import squeeze
from qiao.services.people import api as people
from qiao.services.support.models import Benefit, Line

NOTE = """jsonb_build_array(jsonb_build_object('code', '{code}', 'column', NULL,
    'params', jsonb_build_object('value', i.values->>'{field}')))"""
OUTLET = """(SELECT o.id FROM employers_outlet AS o
    WHERE o.district = %(district)s AND o.deleted_at IS NULL AND o.name = i.values->>'outlet'
    ORDER BY o.region_id = i.region_id DESC, o.closed_on DESC NULLS FIRST, o.id LIMIT 1)"""
BENEFIT = """(SELECT b.id FROM support_benefit AS b
    WHERE b.outlet_id = (i.values->>'_outlet')::bigint AND b.kind = i.values->>'_kind' AND b.deleted_at IS NULL
      AND b.stage <> 'refused'
    ORDER BY b.closed_on DESC NULLS FIRST, b.id LIMIT 1)"""
MONTH = "(i.values->>'month')::date"
CAP = f"""(CASE i.values->>'_kind' WHEN 'tax'
    THEN qiao_parameter('relief_cap_self_employed', i.region_id, {MONTH})::bigint END)"""


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.support") / "register.yml").read_text("utf-8")
    )
    return loaded


@cache
def _kinds() -> dict[str, str]:
    """Item -> kind of help."""
    return {item: kind for kind, items in _declared()["kinds"].items() for item in items}


def item_meant(text: str) -> str:
    """The code of an item as an office writes it, or "". The district's own list of words counts as well."""
    wanted = squeeze(text)
    for code, words in _declared()["items"].items():
        if wanted in {squeeze(word) for word in [code, *words]}:
            return str(code)
    named = Dictionary("relief_items").items()
    return next((code for code, words in named if wanted in {squeeze(words.zh), squeeze(words.en)}), "")


@register
class ReliefImporter(Importer):
    """Each row is an amount of an outlet; the help it belongs to is found, or noted as running since its first month."""

    code = "relief"
    ledger = "support-lines"
    about = "outlets"
    name = _("Book of taxes and fees relieved")
    model = Line
    columns: ClassVar = {
        "item": "item",
        "month": "month",
        "months": "months",
        "amount_fen": "amount",
        "given_on": "given_on",
        "office": "office",
        "note": "note",
    }
    match_on = ()
    labels: ClassVar = {
        "outlet": _("Outlet"),
        "owner": _("Owner"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared()["relief"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        values["_written"] = values.get("item") or ""
        values["item"] = item_meant(values["_written"])
        values["_kind"] = _kinds().get(values["item"], "")
        values["months"] = int(values.get("months") or 1)
        if month := values.get("month"):
            values["month"] = f"{month[:7]}-01"
        values["_fits"] = bool(month and int(month[5:7]) + values["months"] <= 13)
        values.pop("id_number", None)
        return None, None

    def classify(self, batch: ImportBatch) -> None:
        self.forget_deleted(batch)
        params = {"batch": batch.pk, "district": district_of(batch)}
        run(
            f"""
            UPDATE batches_importrow AS i SET values = i.values || jsonb_build_object('_outlet', o.id), region_id = o.region_id
            FROM employers_outlet AS o
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND o.id = {OUTLET}
            """,
            params,
        )
        for code, field, wrong in (
            ("link_unknown", "outlet", "NOT i.values ? '_outlet'"),
            ("item_unknown", "_written", "i.values->>'_kind' = ''"),
            ("months_over_year", "months", "NOT (i.values->>'_fits')::boolean"),
            ("amount_not_positive", "amount", "COALESCE((i.values->>'amount')::bigint, 0) <= 0"),
        ):
            run(
                f"""
                UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code=code, field=field)}
                WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {wrong}
                """,
                params,
            )
        columns = super().staged_columns()
        run(
            f"""
            UPDATE batches_importrow AS i
            SET target = t.id, act = CASE WHEN {sets.differs(columns, "t")} THEN 'update' ELSE 'same' END
            FROM support_line AS t JOIN support_benefit AS b ON b.id = t.benefit_id
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND t.deleted_at IS NULL AND b.deleted_at IS NULL
              AND b.outlet_id = (i.values->>'_outlet')::bigint AND b.kind = i.values->>'_kind'
              AND t.item = i.values->>'item' AND t.month = {MONTH}
            """,
            params,
        )
        self._caps(batch)

    def _caps(self, batch: ImportBatch) -> None:
        """Rows that lead an outlet over the cap of its year become errors, from the first amount that does."""
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code="over_cap", field="outlet")}
            FROM (
                SELECT i.id, {CAP} AS cap,
                       sum((i.values->>'amount')::bigint) OVER (
                           PARTITION BY i.values->>'_outlet', i.values->>'_kind', date_trunc('year', {MONTH})
                           ORDER BY {MONTH}, i.id)
                       + COALESCE((SELECT sum(l.amount_fen) FROM support_line AS l
                            JOIN support_benefit AS b ON b.id = l.benefit_id
                            WHERE b.outlet_id = (i.values->>'_outlet')::bigint AND b.kind = i.values->>'_kind'
                              AND l.deleted_at IS NULL AND b.deleted_at IS NULL
                              AND date_trunc('year', l.month) = date_trunc('year', {MONTH})
                              AND NOT EXISTS (SELECT FROM batches_importrow AS r
                                  WHERE r.batch_id = %(batch)s AND r.target = l.id AND r.act IN ('update', 'same'))), 0)
                       AS used
                FROM batches_importrow AS i
                WHERE i.batch_id = %(batch)s AND {WAITING_I}
            ) AS n
            WHERE i.id = n.id AND n.used > n.cap
            """,
            {"batch": batch.pk},
        )

    def staged_columns(self) -> list[sets.ColumnSql]:
        return [*super().staged_columns(), sets.ColumnSql("benefit_id", BENEFIT, "true")]

    def insert(self, batch: ImportBatch) -> None:
        self._begin(batch)
        super().insert(batch)

    def _begin(self, batch: ImportBatch) -> None:
        """Help that nobody has on record yet is noted as granted, with its first month."""
        params = {"batch": batch.pk, "by": batch.created_by_id}
        run(
            f"""
            WITH made AS (
                INSERT INTO support_benefit (region_id, batch_id, created_by_id, changed_at, kind, outlet_id, heads,
                    stage, stage_since, opened_on, from_on)
                SELECT min(i.region_id), %(batch)s, %(by)s, now(), i.values->>'_kind', (i.values->>'_outlet')::bigint, 1,
                    'granted', min((i.values->>'given_on')::date), min((i.values->>'given_on')::date), min({MONTH})
                FROM batches_importrow AS i
                WHERE i.batch_id = %(batch)s AND i.act = 'insert' AND {MERGEABLE_I} AND {BENEFIT} IS NULL
                GROUP BY i.values->>'_kind', i.values->>'_outlet'
                RETURNING id, region_id, stage, stage_since
            )
            INSERT INTO procedures_step (procedure, case_id, region_id, transition, from_stage, to_stage, by_id, role, "on",
                opinion, reason, batch_id)
            SELECT 'support', id, region_id, 'recorded', '', stage, %(by)s, '', stage_since, '', '', %(batch)s FROM made
            """,
            params,
        )

    def take_back(self, batch: ImportBatch) -> None:
        super().take_back(batch)
        mine = Benefit.objects.filter(batch_id=batch.pk, changed_at__in=moments(batch))
        mine.exclude(pk__in=Line.objects.values("benefit")).soft_delete()
