"""The books of posts and of people placed, imported in sets."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qiao.core.batches import sets
from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.calendars.clock import today
from qiao.core.intake.vocabulary import Vocabulary
from qiao.engines.occupations import tree
from qiao.services.occupations import api as occupations
from qiao.services.people import api as people
from qiao.services.vacancies import checks, reading
from qiao.services.vacancies.actions import referring, taking_back
from qiao.services.vacancies.models import Placement, Post
from qiao.services.vacancies.models.choices import Channel, Contract, EndReason, Source

UNKNOWN = """jsonb_build_array(jsonb_build_object('code', 'link_unknown', 'column', NULL,
    'params', jsonb_build_object('value', i.values->>'employer')))"""
NOTE = """jsonb_build_array(jsonb_build_object('code', '{code}', 'column', NULL, 'params', '{{}}'::jsonb))"""
EMPLOYER = """LEFT JOIN LATERAL (SELECT e.id, e.verification FROM employers_employer AS e
    WHERE e.district = %(district)s AND e.name = i.values->>'employer' AND e.deleted_at IS NULL
    ORDER BY e.id LIMIT 1) AS firm ON true"""
USUAL = """COALESCE((i.values->>'_pay_from')::bigint, (i.values->>'_pay_to')::bigint,
    qiao_parameter('pay_least', i.region_id, (i.values->>'opened_on')::date)::bigint)
    * CASE i.values->>'_pay_unit' WHEN 'day' THEN 21.75 WHEN 'hour' THEN 174 ELSE 1 END
    BETWEEN qiao_parameter('pay_least', i.region_id, (i.values->>'opened_on')::date)::bigint
        AND qiao_parameter('pay_most', i.region_id, (i.values->>'opened_on')::date)::bigint"""

TITLE = "i.values->>'_title'"
# What the book states is somebody's choice; else what somebody confirmed for the title, else what the coder is sure of.
OCCUPATION = sets.ColumnSql(
    "occupation_code",
    f"COALESCE(i.values->>'_stated', {occupations.LEARNED.format(title=TITLE)}, i.values->>'_read', '')",
    "(i.values ? '_stated' OR t.occupation_code = '')",
)


@register
class PostImporter(Importer):
    """A row of a book kept by an office is a published post, if its employer is verified, its words are lawful
    and its pay is usual; else it waits as a draft for somebody to look at."""

    code = ledger = "posts"
    name = _("Book of posts")
    model = Post
    columns: ClassVar = {
        "title": "title", "category": "category", "openings": "openings", "pay_from_fen": "_pay_from",
        "pay_to_fen": "_pay_to", "pay_unit": "_pay_unit", "hours": "hours", "address": "address",
        "education": "education", "age_from": "_age_from", "age_to": "_age_to", "requirements": "requirements",
        "welfare": "welfare", "source": "source", "source_name": "source_name", "opened_on": "opened_on",
        "valid_until": "valid_until", "contact": "contact", "phone": "phone", "note": "note",
        "state": "_state", "checked_on": "_checked_on", "published_on": "_checked_on",
    }  # fmt: skip
    match_on = ("employer", "title", "opened_on")
    labels: ClassVar = {
        "community": _("Community"),
        "street": _("Street or town"),
        "employer": _("Employer"),
        "occupation_code": _("Occupation code"),
        "pay": _("Pay"),
        "ages": _("Age as stated"),
    }
    choices: ClassVar = {"source": Source, "education": people.Education}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_dict(reading.books()["posts"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        if values.get("pay"):
            values["_pay_from"], values["_pay_to"], values["_pay_unit"] = reading.pay(values["pay"])
        if values.get("ages"):
            values["_age_from"], values["_age_to"] = reading.ages(values["ages"])
        if values.get("category"):
            values["category"] = reading.class_code(values["category"])
        values["_title"] = occupations.title_key(values.get("title") or "")
        stated = (values.get("occupation_code") or "").strip().upper()
        if stated in tree():
            values["_stated"] = stated
        values["_read"] = occupations.sure(values.get("title") or "")
        texts = ((name, values.get(name) or "") for name in ("title", "requirements", "note", "hours"))
        values["_lawful"] = not list(checks.barred(texts))
        return None, None

    def staged_columns(self) -> list[sets.ColumnSql]:
        employer = sets.ColumnSql("employer_id", "(i.values->>'_employer')::bigint", "true")
        return [*super().staged_columns(), employer, OCCUPATION]

    def classify(self, batch: ImportBatch) -> None:
        self.forget_deleted(batch)
        params = {"batch": batch.pk, "district": district_of(batch)}
        run(
            f"""
            UPDATE batches_importrow AS i
            SET values = i.values || jsonb_build_object('_employer', f.id),
                status = CASE WHEN f.id IS NULL THEN 'error' ELSE i.status END,
                notes = CASE WHEN f.id IS NULL THEN i.notes || {UNKNOWN} ELSE i.notes END
            FROM (SELECT i.id AS row_id, firm.id FROM batches_importrow AS i {EMPLOYER}
                  WHERE i.batch_id = %(batch)s AND {WAITING_I}) AS f
            WHERE i.id = f.row_id
            """,
            params,
        )
        columns = [
            one
            for one in self.staged_columns()
            if one.column.strip('"') not in ("state", "checked_on", "published_on")
        ]
        run(
            f"""
            UPDATE batches_importrow AS i
            SET target = t.id, region_id = t.region_id,
                act = CASE WHEN {sets.differs(columns, "t")} THEN 'update' ELSE 'same' END
            FROM vacancies_post AS t
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND t.employer_id = (i.values->>'_employer')::bigint
              AND t.title = i.values->>'title' AND t.opened_on = (i.values->>'opened_on')::date
              AND t.pay_from_fen IS NOT DISTINCT FROM (i.values->>'_pay_from')::bigint AND t.deleted_at IS NULL
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i
            SET values = i.values || CASE WHEN s.sound
                THEN jsonb_build_object('_state', 'published', '_checked_on', i.values->>'opened_on')
                ELSE jsonb_build_object('_state', 'draft') END,
                notes = CASE WHEN s.sound THEN i.notes ELSE i.notes || {NOTE.format(code="post_waits")} END
            FROM (SELECT i.id AS row_id, COALESCE(firm.verification = 'verified' AND (i.values->>'_lawful')::boolean
                         AND {USUAL}, false) AS sound
                  FROM batches_importrow AS i {EMPLOYER}
                  WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.act = 'insert') AS s
            WHERE i.id = s.row_id AND NOT i.values ? '_state'
            """,
            params,
        )


PLACED = """
    SELECT i.*, firm.id AS firm, i.values->>'title' AS title, i.values->>'kind' = 'welfare_post' AS welfare,
           (i.values->>'started_on')::date AS begun
    FROM batches_importrow AS i {employer}
    WHERE i.batch_id = %(batch)s AND i.act = 'update' AND {mergeable}
"""
# Openings are given in the order of the days: the n-th row of an employer and title gets the n-th opening left.
POST_OF_ROW = f"""
    WITH placed AS ({PLACED.format(employer=EMPLOYER, mergeable=MERGEABLE_I)}),
    numbered AS (SELECT id, firm, title, COALESCE(welfare, false) AS welfare,
                        row_number() OVER (PARTITION BY firm, title, COALESCE(welfare, false) ORDER BY begun, id) AS n
                 FROM placed WHERE firm IS NOT NULL),
    offered AS (SELECT p.id AS post, p.employer_id, p.title, p.welfare, p.left AS openings, p.category, p.source,
                       p.source_name, sum(p.left) OVER (PARTITION BY p.employer_id, p.title, p.welfare
                                                        ORDER BY p.opened_on, p.id) AS upto
                FROM vacancies_post AS p
                WHERE p.deleted_at IS NULL AND p.left > 0 AND p.state <> 'withdrawn'
                  AND p.employer_id IN (SELECT firm FROM placed))
    SELECT placed.id AS row_id, placed.firm, o.post, o.category, o.source, o.source_name
    FROM placed LEFT JOIN numbered AS n USING (id)
    LEFT JOIN offered AS o ON o.employer_id = n.firm AND o.title = n.title AND o.welfare = n.welfare
        AND n.n > o.upto - o.openings AND n.n <= o.upto
"""


@register
class PlacementImporter(Importer):
    """One row a placement of somebody who stands in the registry. The status follows, where the record does not
    say already that the person works."""

    code = ledger = "placements"
    name = _("Book of people placed in work")
    model = Placement
    columns: ClassVar = {
        "employer_name": "employer", "title": "title", "kind": "kind", "channel": "channel",
        "channel_name": "channel_name", "started_on": "started_on", "started_precision": "started_on_precision",
        "pay_fen": "pay", "contract": "contract", "contract_until": "contract_until",
        "registered_on": "registered_on", "ended_on": "ended_on", "end_reason": "end_reason", "note": "note",
    }  # fmt: skip
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "phone": _("Phone"),
    }
    choices: ClassVar = {
        "kind": people.Form,
        "channel": Channel,
        "contract": Contract,
        "end_reason": EndReason,
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(reading.books()["placements"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        """A placement that lasts is also what the person lives from."""
        if values.get("started_on") and not values.get("ended_on"):
            values["_state"], values["_since"] = people.State.EMPLOYED.value, values["started_on"]
            values["_since_precision"] = values.get("started_on_precision", 3)
            values["_form"] = values.get("kind") or people.Form.UNIT.value
        begun, ended = values.get("started_on") or "", values.get("ended_on") or ""
        values["_in_order"] = not ended or _day(begun) <= _day(ended)
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        people.find_people(batch, district_of(batch))
        params = {"batch": batch.pk}
        run(
            f"""
            UPDATE batches_importrow AS i SET act = 'same'
            FROM vacancies_placement AS p
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND p.resident_id = i.target AND p.deleted_at IS NULL
              AND p.started_on = (i.values->>'started_on')::date
            """,
            params,
        )
        self._check_welfare(batch)
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error',
                notes = i.notes || CASE WHEN NOT (i.values->>'_in_order')::boolean THEN {NOTE.format(code="work_ends_before")}
                                        ELSE {NOTE.format(code="works_already")} END
            FROM (SELECT i.id, count(*) FILTER (WHERE NOT i.values ? 'ended_on') OVER (
                      PARTITION BY i.target ORDER BY i.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS lasting
                  FROM batches_importrow AS i
                  WHERE i.batch_id = %(batch)s AND i.act = 'update' AND i.status IN ('ready', 'fixed', 'confirm')
                 ) AS earlier
            WHERE i.id = earlier.id AND {WAITING_I}
              AND (NOT (i.values->>'_in_order')::boolean OR NOT i.values ? 'ended_on' AND (
                  earlier.lasting > 0
                  OR EXISTS (SELECT FROM vacancies_placement AS p
                             WHERE p.resident_id = i.target AND p.ended_on IS NULL AND p.deleted_at IS NULL)))
            """,
            params,
        )

    def _check_welfare(self, batch: ImportBatch) -> None:
        """Work at what is a public-welfare post in the register is such work; it is for people recognised by then."""
        params = {"batch": batch.pk, "district": district_of(batch)}
        run(
            f"""
            UPDATE batches_importrow AS i
            SET values = i.values || '{{"kind": "welfare_post"}}'
                || CASE WHEN i.values ? '_form' THEN '{{"_form": "welfare_post"}}'::jsonb ELSE '{{}}' END
            FROM (SELECT i.id FROM batches_importrow AS i {EMPLOYER}
                  JOIN vacancies_post AS p ON p.employer_id = firm.id AND p.title = i.values->>'title'
                      AND p.deleted_at IS NULL AND p.state <> 'withdrawn'
                  WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.act = 'update'
                  GROUP BY i.id HAVING bool_and(p.welfare)) AS at_welfare
            WHERE i.id = at_welfare.id
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || {NOTE.format(code="not_recognised")}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.act = 'update' AND i.values->>'kind' = 'welfare_post'
              AND NOT {people.CERTIFIED_SQL.format(resident="i.target", day="(i.values->>'started_on')::date")}
            """,
            params,
        )

    def merge(self, batch: ImportBatch) -> None:
        params = {"batch": batch.pk, "by": batch.created_by_id, "district": district_of(batch)}
        columns = [
            one for one in self.staged_columns() if one.column.strip('"') not in ("channel", "channel_name")
        ]
        names = ", ".join(one.column for one in columns)
        values = ", ".join(one.value for one in columns)
        people.write_status(batch)
        run(
            f"""
            INSERT INTO vacancies_placement (resident_id, region_id, batch_id, created_by_id, changed_at, employer_id,
                post_id, category, channel, channel_name, {names})
            SELECT i.target, i.region_id, i.batch_id, %(by)s, now(), given.firm, given.post, COALESCE(given.category, ''),
                COALESCE(i.values->>'channel', given.source, ''), COALESCE(i.values->>'channel_name', given.source_name, ''),
                {values}
            FROM batches_importrow AS i JOIN ({POST_OF_ROW}) AS given ON given.row_id = i.id
            """,
            params,
        )
        self.mark(batch)
        made = Placement.objects.filter(batch_id=batch.pk).order_by("pk")
        referring.close_because_of(
            list(made.only("resident", "post", "referral", "employer_name", "ended_on")), today()
        )

    def touched(self) -> str:
        return """EXISTS (SELECT FROM vacancies_placement AS p
            WHERE p.batch_id = i.batch_id AND p.resident_id = i.target
              AND p.deleted_at IS NULL AND p.changed_at <> ALL(%(moments)s))"""

    def take_back(self, batch: ImportBatch) -> None:
        gone = Placement.objects.filter(batch_id=batch.pk, changed_at__in=moments(batch))
        made = list(gone.values_list("pk", flat=True))
        gone.soft_delete()
        people.undo_status(batch)
        taking_back.reopen_after(made, today(), str(_("An import was taken back.")))


def _day(text: str) -> date:
    return date.fromisoformat(str(text)[:10])
