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
from qiao.services.visits.models import (
    TO_PEOPLE,
    Need,
    Outcome,
    Repayment,
    Situation,
    Target,
    Visit,
    Way,
    Why,
)

BETWEEN = re.compile(r"[、，,。;；/|+]+")
NOTE = Visit._meta.get_field("note").max_length
NOBODY_NAMED = """'[{"code": "visitor_unknown", "params": {}, "column": null}]'::jsonb"""
NEXT_BEFORE = """'[{"code": "next_before", "params": {}, "column": null}]'::jsonb"""
NO_CAMPAIGN = """jsonb_build_array(jsonb_build_object('code', 'link_unknown', 'column', NULL,
    'params', jsonb_build_object('value', i.values->>'campaign')))"""
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
    WHEN i.values->>'why' = 'outreach' AND i.values->'_findings' ? 'interested'
        THEN {ON} + NULLIF(qiao_parameter('visit_interest_days', i.region_id, {ON})::int, 0)
    WHEN i.values->>'why' IN ('hardship', 'loan', 'policy')
        THEN ({ON} + make_interval(months => NULLIF(qiao_parameter(CASE i.values->>'why'
            WHEN 'hardship' THEN 'followup_months' WHEN 'loan' THEN 'visit_loan_months'
            ELSE 'visit_policy_months' END, i.region_id, {ON})::int, 0)))::date
    END"""
NAMED = "NULLIF(i.values->>'campaign', '')"
# The campaign of that name which the community takes part in, of several the one nearest to the day of the visit.
CAMPAIGN = f"""(SELECT c.id FROM visits_campaign AS c
    WHERE c.name = {NAMED} AND c.deleted_at IS NULL
      AND c.region_id IN (i.region_id, i.region_id / 1000 * 1000, i.region_id / 1000000 * 1000000)
    ORDER BY GREATEST(c.starts_on - {ON}, {ON} - c.ends_on, 0), c.id LIMIT 1)"""
HOME = people.HOME_SQL.format(resident="i.target", day=ON)
AGREED = "NULLIF(i.values->>'next_on', '')::date"


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.visits") / "register.yml").read_text("utf-8")
    )
    return loaded


@cache
def _words(of: str) -> dict[str, str]:
    """What is written -> what it means, of the words of `needs` or of `findings`."""
    return {squeeze(word): code for code, words in _declared()[of].items() for word in words}


def _parts(text: str, of: str) -> list[str]:
    """What a cell names one by one: parted by commas, and by blanks where that makes no known word."""
    known = _words(of)
    pieces = [piece.strip() for piece in BETWEEN.split(text) if piece.strip()]
    return [word for piece in pieces for word in ([piece] if squeeze(piece) in known else piece.split())]


def needs_in(text: str) -> list[str]:
    """What a cell such as "岗位、培训" asks for; words that are not known count as something else."""
    known = _words("needs")
    return list(dict.fromkeys(known.get(squeeze(word), Need.OTHER.value) for word in _parts(text, "needs")))


def findings_in(text: str) -> tuple[list[str], list[str]]:
    """What a cell such as "个体户、有意向" says was found, and the words of it that are not known."""
    known, words = _words("findings"), _parts(text, "findings")
    found = [known[squeeze(word)] for word in words if squeeze(word) in known]
    return list(dict.fromkeys(found)), [word for word in words if squeeze(word) not in known]


def _reason(values: dict[str, Any]) -> str:
    """A visit of a campaign is outreach, one that judges repayment is about a loan: the book need not say so."""
    if values.get("campaign"):
        return Why.OUTREACH.value
    if values.get("repayment"):
        return Why.LOAN.value
    return values.get("why") or Why.OTHER.value


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
        "repayment": "repayment",
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
        "target": _("Whom"),
        "findings": _("Findings"),
        "campaign": _("Campaign"),
        "needs": _("What is needed"),
        "by": _("Visited by"),
        "next_on": _("Next visit on"),
    }
    choices: ClassVar = {
        "why": Why,
        "way": Way,
        "outcome": Outcome,
        "situation": Situation,
        "target": {one.value: one.label for one in TO_PEOPLE},
        "repayment": Repayment,
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared())

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        values["_needs"] = needs_in(values.get("needs") or "")
        values["_findings"], others = findings_in(values.get("findings") or "")
        values["note"] = " ".join([*others, values.get("note") or ""]).strip()[:NOTE]
        values["why"] = _reason(values)
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

        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = notes || {NO_CAMPAIGN}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {NAMED} IS NOT NULL AND {CAMPAIGN} IS NULL
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
                (resident_id, region_id, batch_id, created_by_id, changed_at, target, needs, findings,
                 campaign_id, household_id, by_id, next_on, next_by_rule, {names})
            SELECT i.target, i.region_id, i.batch_id, %(by)s, now(),
                   COALESCE(NULLIF(i.values->>'target', ''), '{Target.PERSON.value}'),
                   ARRAY(SELECT jsonb_array_elements_text(i.values->'_needs')),
                   ARRAY(SELECT jsonb_array_elements_text(i.values->'_findings')),
                   {CAMPAIGN}, CASE WHEN {NAMED} IS NOT NULL THEN {HOME} END, {VISITOR},
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
