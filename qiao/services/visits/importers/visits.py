"""The book of visits, imported: one row a visit to somebody who stands in the registry."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.intake.words import squeeze
from qiao.services.people import api as people
from qiao.services.visits.models import Need, Outcome, Situation, Visit, Way, Why

BETWEEN = re.compile(r"\W+")
NOBODY_NAMED = """'[{"code": "visitor_unknown", "params": {}, "column": null}]'::jsonb"""
NEXT_BEFORE = """'[{"code": "next_before", "params": {}, "column": null}]'::jsonb"""
# The person of that name who works in the community, street office or district; else who imports the book.
VISITOR = """COALESCE((
    SELECT min(u.id) FROM accounts_user AS u JOIN accounts_appointment AS a ON a.user_id = u.id
    WHERE u.name = i.values->>'by'
      AND a.region_id IN (i.region_id, i.region_id / 1000 * 1000, i.region_id / 1000000 * 1000000)
    ), %(by)s)"""

ON = "(i.values->>'visited_on')::date"
# The day of the next visit by the rules of `rhythm`, where the book names none.
BY_RULE = f"""CASE
    WHEN i.values->>'outcome' IN ('not_met', 'no_answer')
        THEN {ON} + qiao_parameter('visit_again_days', i.region_id, {ON})::int
    WHEN i.values->>'outcome' <> 'met' THEN NULL
    WHEN i.values->>'why' IN ('hardship', 'loan', 'policy')
        THEN ({ON} + make_interval(months => NULLIF(qiao_parameter(CASE i.values->>'why'
            WHEN 'hardship' THEN 'followup_months' WHEN 'loan' THEN 'visit_loan_months'
            ELSE 'visit_policy_months' END, i.region_id, {ON})::int, 0)))::date
    END"""
AGREED = "NULLIF(i.values->>'next_on', '')::date"


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.visits") / "register.yml").read_text("utf-8")
    )
    return loaded


@cache
def _needs() -> dict[str, str]:
    return {squeeze(word): need for need, words in _declared()["needs"].items() for word in words}


def needs_in(text: str) -> list[str]:
    """What a cell such as "岗位、培训" asks for; words that are not known count as something else."""
    return list(
        dict.fromkeys(_needs().get(squeeze(word), Need.OTHER.value) for word in BETWEEN.split(text) if word)
    )


@register
class VisitImporter(Importer):
    code = "visits"
    name = _("Book of visits")
    ledger = "visits"
    model = Visit
    columns: ClassVar = {
        "why": "why",
        "way": "way",
        "outcome": "outcome",
        "situation": "situation",
        "note": "note",
        "visited_on": "visited_on",
    }
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "phone": _("Phone"),
        "needs": _("What is needed"),
        "by": _("Visited by"),
        "next_on": _("Next visit on"),
    }
    choices: ClassVar = {"why": Why, "way": Way, "outcome": Outcome, "situation": Situation}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared())

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        values["_needs"] = needs_in(values.get("needs") or "")
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        people.find_people(batch, district_of(batch))
        params = {"batch": batch.pk, "by": batch.created_by_id}
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = notes || {NOBODY_NAMED}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {VISITOR} IS NULL
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = notes || {NEXT_BEFORE}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {AGREED} <= {ON}
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET act = 'same'
            FROM visits_visit AS v
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND v.resident_id = i.target AND v.deleted_at IS NULL
              AND v.visited_on = (i.values->>'visited_on')::date
            """,
            params,
        )

    def merge(self, batch: ImportBatch) -> None:
        columns = self.staged_columns()
        names = ", ".join(one.column for one in columns)
        values = ", ".join(one.value for one in columns)
        run(
            f"""
            INSERT INTO visits_visit
                (resident_id, region_id, batch_id, created_by_id, changed_at, target, needs, by_id, next_on,
                 next_by_rule, {names})
            SELECT i.target, i.region_id, i.batch_id, %(by)s, now(), 'person',
                   ARRAY(SELECT jsonb_array_elements_text(i.values->'_needs')), {VISITOR},
                   COALESCE({AGREED}, {BY_RULE}), {AGREED} IS NULL AND {BY_RULE} IS NOT NULL, {values}
            FROM batches_importrow AS i
            WHERE i.batch_id = %(batch)s AND i.act = 'update' AND {MERGEABLE_I}
            """,
            {"batch": batch.pk, "by": batch.created_by_id},
        )
        self._confirm(batch)
        self.mark(batch)

    def _confirm(self, batch: ImportBatch) -> None:
        met = Visit.objects.filter(batch_id=batch.pk, outcome=Outcome.MET).order_by("-visited_on")
        latest = met.filter(resident=OuterRef("pk")).values("visited_on")[:1]
        people.confirm_all(latest, met.order_by().values("resident"))

    def touched(self) -> str:
        return """EXISTS (SELECT FROM visits_visit AS v
            WHERE v.batch_id = i.batch_id AND v.resident_id = i.target
              AND v.deleted_at IS NULL AND v.changed_at <> ALL(%(moments)s))"""

    def take_back(self, batch: ImportBatch) -> None:
        Visit.objects.filter(batch_id=batch.pk, changed_at__in=moments(batch)).soft_delete()
