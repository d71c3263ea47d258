"""The district's own books of employers, outlets and bases, imported in sets."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from qiao.core.batches import sets
from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.intake.words import squeeze
from qiao.services.employers.models import Base, Employer, Outlet
from qiao.services.employers.models.choices import Kind
from qiao.services.people import api as people

INDUSTRIES, TRADES = Dictionary("industries"), Dictionary("outlet_trades")
BETWEEN = re.compile(r"[、，,；;/\s]+")
CARRIER = """(SELECT min(u.id) FROM accounts_user AS u JOIN accounts_appointment AS a ON a.user_id = u.id
    WHERE u.name = i.values->>'carrier'
      AND a.region_id IN (i.region_id, i.region_id / 1000 * 1000, i.region_id / 1000000 * 1000000))"""
NOTE = """jsonb_build_array(jsonb_build_object('code', '{code}', 'column', NULL,
    'params', jsonb_build_object('value', i.values->>'{field}')))"""


@cache
def _books() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.employers") / "registers.yml").read_text("utf-8")
    )
    return loaded


@cache
def _words(kind: str) -> dict[str, str]:
    """Squeezed word -> code."""
    return {squeeze(word): str(code) for code, words in _books()[kind].items() for word in [code, *words]}


def meant(kind: str, text: str | None, otherwise: str = "") -> str:
    return _words(kind).get(squeeze(text or ""), otherwise) if text else ""


@register
class EmployerImporter(Importer):
    """A row names its employer by the unified code, by the licence, else by the name."""

    code = ledger = "employers"
    name = _("Book of employers")
    model = Employer
    columns: ClassVar = {
        one: one
        for one in ("name", "kind", "uscc", "licence_no", "industry", "legal_person", "contact",
                    "phone", "address", "staff", "licence_seen_on", "note", "verification", "verified_on")
    }  # fmt: skip
    match_on = ("name",)
    labels: ClassVar = {
        "community": _("Community"),
        "street": _("Street or town"),
        "carrier": _("Responsible"),
    }
    choices: ClassVar = {"kind": Kind}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_dict(_books()["employers"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        if code := (values.get("uscc") or "").replace(" ", "").upper():
            values["uscc"] = code
            values["_code"] = "right" if uscc.is_valid(code) else "wrong"
        if values.get("industry"):
            said = values["industry"]
            values["industry"] = INDUSTRIES.meant(said) or meant("industries", said)
        if values.get("verified_on"):
            values["verification"] = "verified"
        return None, None

    def classify(self, batch: ImportBatch) -> None:
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code="code_invalid", field="uscc")}
            WHERE i.batch_id = %s AND {WAITING_I} AND i.values->>'_code' = 'wrong'
            """,
            [batch.pk],
        )
        self.forget_deleted(batch)
        columns = self.staged_columns()
        run(
            f"""
            UPDATE batches_importrow AS i
            SET target = f.id, region_id = f.region_id, act = f.act
            FROM (
                SELECT DISTINCT ON (i.id) i.id AS row_id, t.id, t.region_id,
                       CASE WHEN {sets.differs(columns, "t")} THEN 'update' ELSE 'same' END AS act
                FROM batches_importrow AS i
                JOIN employers_employer AS t ON t.district = %s AND t.deleted_at IS NULL
                    AND (t.uscc = NULLIF(i.values->>'uscc', '') OR t.licence_no = NULLIF(i.values->>'licence_no', '')
                         OR t.name = i.values->>'name')
                WHERE i.batch_id = %s AND {WAITING_I}
                ORDER BY i.id, t.uscc = NULLIF(i.values->>'uscc', '') DESC NULLS LAST,
                         t.licence_no = NULLIF(i.values->>'licence_no', '') DESC NULLS LAST, t.id
            ) AS f
            WHERE i.id = f.row_id
            """,
            [district_of(batch), batch.pk],
        )

    def follow(self, batch: ImportBatch) -> None:
        carried(batch, "employers_employer")


def carried(batch: ImportBatch, table: str) -> None:
    """The one of the staff whom a row names answers for its record."""
    run(
        f"""
        UPDATE {table} AS t SET carrier_id = u.id
        FROM batches_importrow AS i CROSS JOIN LATERAL {CARRIER} AS u(id)
        WHERE t.id = i.target AND i.batch_id = %s AND {MERGEABLE_I} AND u.id IS NOT NULL
          AND t.carrier_id IS DISTINCT FROM u.id
        """,
        [batch.pk],
    )


@register
class OutletImporter(Importer):
    """The owner is the resident of the identity number, an employer of that name, or the resident of that name."""

    code = ledger = "outlets"
    name = _("Book of outlets")
    model = Outlet
    columns: ClassVar = {
        "name": "name", "trade": "trade", "opened_on": "opened_on", "opened_precision": "opened_on_precision",
        "jobs": "jobs", "address": "address", "phone": "phone", "licence_seen_on": "licence_seen_on", "closed_on": "closed_on",
        "closed_because": "closed_because", "note": "note",
    }  # fmt: skip
    match_on = ("name", "opened_on")
    labels: ClassVar = {
        "community": _("Community"),
        "street": _("Street or town"),
        "owner": _("Owner"),
        "id_number": _("Identity number"),
        "help": _("Help received"),
        "carrier": _("Responsible"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_books()["outlets"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        if values.get("trade"):
            said = values["trade"]
            values["trade"] = TRADES.meant(said) or meant("trades", said, "other")
        words = [meant("help", word, "other") for word in BETWEEN.split(values.get("help") or "") if word]
        values["_help"] = list(dict.fromkeys(words))
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        self.forget_deleted(batch)
        self._owners(batch)
        columns = self.staged_columns()
        run(
            f"""
            UPDATE batches_importrow AS i
            SET target = t.id, act = CASE WHEN {sets.differs(columns, "t")} THEN 'update' ELSE 'same' END
            FROM employers_outlet AS t
            WHERE i.batch_id = %s AND {WAITING_I} AND t.region_id = i.region_id AND t.deleted_at IS NULL
              AND t.name = i.values->>'name' AND t.opened_on = (i.values->>'opened_on')::date
            """,
            [batch.pk],
        )

    def _owners(self, batch: ImportBatch) -> None:
        """Writes who owns each outlet into its row. An owner whom nobody knows is kept by name, and said so."""
        params = {"batch": batch.pk, "district": district_of(batch)}
        run(
            f"""
            UPDATE batches_importrow AS i SET values = i.values || jsonb_build_object('_resident', o.resident, '_employer', o.employer,
                '_owner', CASE WHEN o.resident IS NULL AND o.employer IS NULL THEN left(i.values->>'owner', 60) ELSE '' END)
            FROM (
                SELECT i.id, COALESCE(known.id, CASE WHEN firm.id IS NULL THEN named.id END) AS resident,
                       CASE WHEN known.id IS NULL THEN firm.id END AS employer
                FROM batches_importrow AS i
                LEFT JOIN LATERAL (SELECT r.id FROM people_resident AS r WHERE r.district = %(district)s
                    AND r.id_hash = i.key AND r.deleted_at IS NULL LIMIT 1) AS known ON true
                LEFT JOIN LATERAL (SELECT e.id FROM employers_employer AS e WHERE e.district = %(district)s
                    AND e.name = i.values->>'owner' AND e.deleted_at IS NULL ORDER BY e.id LIMIT 1) AS firm ON true
                LEFT JOIN LATERAL (SELECT min(r.id) AS id FROM people_resident AS r WHERE r.region_id = i.region_id
                    AND r.name = i.values->>'owner' AND r.deleted_at IS NULL HAVING count(*) = 1) AS named ON true
                WHERE i.batch_id = %(batch)s AND {WAITING_I}
            ) AS o
            WHERE i.id = o.id
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET notes = i.notes || {NOTE.format(code="owner_by_name", field="owner")}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.values->>'_owner' <> ''
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code="owner_unknown", field="owner")}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.values->>'_owner' IS NULL
            """,
            params,
        )

    def staged_columns(self) -> list[sets.ColumnSql]:
        own = {"resident_id": "_resident", "employer_id": "_employer"}
        links = [
            sets.ColumnSql(f'"{column}"', f"(i.values->>'{code}')::bigint", f"i.values ? '{code}'")
            for column, code in own.items()
        ]
        links.append(sets.ColumnSql('"owner"', "i.values->>'_owner'", "i.values ? '_owner'"))
        helped = "ARRAY(SELECT jsonb_array_elements_text(i.values->'_help'))"
        return [
            *super().staged_columns(),
            *links,
            sets.ColumnSql('"help"', f"{helped}::varchar[]", "jsonb_array_length(i.values->'_help') > 0"),
        ]

    def follow(self, batch: ImportBatch) -> None:
        carried(batch, "employers_outlet")


@register
class BaseImporter(Importer):
    """A list of recognised bases: each row becomes a case that stands recognised, or withdrawn."""

    code = ledger = "bases"
    name = _("List of bases")
    model = Base
    columns: ClassVar = {
        "recognised_on": "recognised_on",
        "staff": "staff",
        "hardship": "hardship",
        "contract_years": "contract_years",
        "capacity": "capacity",
        "withdrawn_on": "withdrawn_on",
        "note": "note",
    }
    match_on = ()
    labels: ClassVar = {
        "employer": _("Employer"),
        "community": _("Community"),
        "street": _("Street or town"),
        "carrier": _("Responsible"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_dict(_books()["bases"])

    def classify(self, batch: ImportBatch) -> None:
        params = {"batch": batch.pk, "district": district_of(batch)}
        run(
            f"""
            UPDATE batches_importrow AS i
            SET values = i.values || jsonb_build_object('_employer', e.id), region_id = e.region_id
            FROM employers_employer AS e
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND e.district = %(district)s
              AND e.name = i.values->>'employer' AND e.deleted_at IS NULL
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code="link_unknown", field="employer")}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND NOT i.values ? '_employer'
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET act = 'same', target = b.id
            FROM employers_base AS b
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND b.employer_id = (i.values->>'_employer')::bigint
              AND b.deleted_at IS NULL AND (b.closed_on IS NULL OR b.recognised_on = (i.values->>'recognised_on')::date)
            """,
            params,
        )

    def merge(self, batch: ImportBatch) -> None:
        columns = self.staged_columns()
        names = ", ".join(one.column for one in columns)
        values = ", ".join(one.value for one in columns)
        run(
            f"""
            WITH made AS (
                INSERT INTO employers_base (id, region_id, batch_id, created_by_id, changed_at, employer_id, carrier_id,
                    stage, stage_since, opened_on, closed_on, checked_on, due_on, {names})
                SELECT DISTINCT ON (i.values->>'_employer') i.target, i.region_id, %(batch)s, %(by)s, now(),
                    (i.values->>'_employer')::bigint, {CARRIER},
                    CASE WHEN w.day IS NULL THEN 'recognised' ELSE 'withdrawn' END, COALESCE(w.day, r.day), r.day, w.day,
                    r.day, CASE WHEN w.day IS NULL THEN (r.day + interval '12 months')::date END, {values}
                FROM batches_importrow AS i
                CROSS JOIN LATERAL (SELECT (i.values->>'recognised_on')::date AS day) AS r
                CROSS JOIN LATERAL (SELECT (i.values->>'withdrawn_on')::date AS day) AS w
                WHERE i.batch_id = %(batch)s AND i.act = 'insert' AND {MERGEABLE_I}
                RETURNING id, region_id, stage, stage_since
            )
            INSERT INTO procedures_step (procedure, case_id, region_id, transition, from_stage, to_stage, by_id, role, "on",
                opinion, reason, batch_id)
            SELECT 'base', id, region_id, 'recorded', '', stage, %(by)s, '', stage_since, '', '', %(batch)s FROM made
            """,
            {"batch": batch.pk, "by": batch.created_by_id},
        )
        self.mark(batch)

    def take_back(self, batch: ImportBatch) -> None:
        Base.objects.filter(batch_id=batch.pk, changed_at__in=moments(batch)).soft_delete()
