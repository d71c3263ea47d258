"""The roster of a class as schools hand it in: each row a person of the registry in a class of the district."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.utils.translation import gettext_lazy as _

from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.calendars.clock import today
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.people import api as people
from qiao.services.training import eligibility
from qiao.services.training.choices import Result
from qiao.services.training.models import Enrolment

CLASS = """(SELECT max(c.id) FROM training_trainingclass AS c
    WHERE c.number = i.values->>'class_number' AND c.district = %(district)s AND c.deleted_at IS NULL)"""
UNKNOWN = """jsonb_build_array(jsonb_build_object('code', 'link_unknown', 'column', NULL,
    'params', jsonb_build_object('value', i.values->>'class_number')))"""
# Who has a result has finished, on the day given or the last day of the class.
FINISHED = (
    "CASE WHEN i.values->>'result' <> '' THEN COALESCE((i.values->>'finished_on')::date, c.ends_on) END"
)
FOLLOWED = f"""(({FINISHED}) + make_interval(months =>
    qiao_parameter('training_followup_months', i.region_id, {FINISHED})::int))::date"""
CERTIFICATE = """CASE WHEN i.values->>'result' = 'passed'
    THEN COALESCE(left(i.values->>'certificate_no', 40), '') ELSE '' END"""


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.training") / "register.yml").read_text("utf-8")
    )
    return loaded


@register
class EnrolmentImporter(Importer):
    """A person whom the class holds already gets the result that the row tells."""

    code = "enrolments"
    name = _("Roster of a class")
    ledger = "enrolments"
    about = "residents"
    model = Enrolment
    columns: ClassVar = {}
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "phone": _("Phone"),
        "class_number": _("Class number"),
        "entered_on": _("Invited or enrolled on"),
        "finished_on": _("Finished on"),
        "result": _("Result"),
        "certificate_no": _("Number of the certificate"),
    }
    choices: ClassVar = {"result": Result}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared())

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        district = district_of(batch)
        people.find_people(batch, district)
        params = {"batch": batch.pk, "district": district}
        run(
            f"""
            UPDATE batches_importrow AS i SET status = 'error', notes = notes || {UNKNOWN}
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {CLASS} IS NULL
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET act = 'same'
            FROM training_enrolment AS e
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND e.resident_id = i.target AND e.deleted_at IS NULL
              AND e.training_class_id = {CLASS}
              AND (e.result = COALESCE(i.values->>'result', '') OR NOT i.values ? 'result')
            """,
            params,
        )

    def merge(self, batch: ImportBatch) -> None:
        params = {
            "batch": batch.pk,
            "district": district_of(batch),
            "by": batch.created_by_id,
            "today": today(),
        }
        known = f"""FROM batches_importrow AS i JOIN training_trainingclass AS c ON c.id = {CLASS}
            WHERE e.resident_id = i.target AND e.training_class_id = c.id AND e.deleted_at IS NULL
              AND i.batch_id = %(batch)s AND i.act = 'update' AND {MERGEABLE_I}"""
        run(
            f"""
            UPDATE batches_importrow AS i
            SET before = jsonb_build_object('id', e.id, 'stage', e.stage, 'finished_on', e.finished_on,
                'result', e.result, 'certificate_no', e.certificate_no, 'followed_until', e.followed_until)
            FROM training_enrolment AS e
            WHERE e.resident_id = i.target AND e.training_class_id = {CLASS} AND e.deleted_at IS NULL
              AND i.batch_id = %(batch)s AND i.act = 'update' AND {MERGEABLE_I}
            """,
            params,
        )
        run(
            f"""
            UPDATE training_enrolment AS e SET stage = 'finished', result = i.values->>'result',
                certificate_no = {CERTIFICATE}, finished_on = {FINISHED}, followed_until = {FOLLOWED},
                changed_at = now() {known} AND i.values->>'result' <> ''
            """,
            params,
        )
        run(
            f"""
            INSERT INTO training_enrolment
                (resident_id, region_id, training_class_id, batch_id, created_by_id, changed_at, stage, entered_on,
                 finished_on, followed_until, result, certificate_no, left_because, ground, ground_words, note)
            SELECT i.target, i.region_id, c.id, i.batch_id, %(by)s, now(),
                   CASE WHEN i.values->>'result' <> '' THEN 'finished' ELSE 'enrolled' END,
                   COALESCE((i.values->>'entered_on')::date, c.starts_on),
                   {FINISHED}, {FOLLOWED}, COALESCE(i.values->>'result', ''), {CERTIFICATE}, '', '', '', ''
            FROM batches_importrow AS i JOIN training_trainingclass AS c ON c.id = {CLASS}
            WHERE i.batch_id = %(batch)s AND i.act = 'update' AND i.before IS NULL AND {MERGEABLE_I}
            """,
            params,
        )
        self._say_why(batch)
        self.mark(batch)

    def _say_why(self, batch: ImportBatch) -> None:
        """The ground of everybody new, as it stood on the day of enrolment."""
        made = list(Enrolment.objects.filter(batch_id=batch.pk, ground="").select_related("resident"))
        for one in made:
            one.ground, words = eligibility.finding(one.resident, one.entered_on)
            one.ground_words = words[:200]
        Enrolment.objects.bulk_update(made, ["ground", "ground_words"], batch_size=1000)

    def touched(self) -> str:
        return """EXISTS (SELECT FROM training_enrolment AS e
            WHERE e.resident_id = i.target AND e.deleted_at IS NULL
              AND (e.batch_id = i.batch_id OR e.id = (i.before->>'id')::bigint)
              AND e.changed_at <> ALL(%(moments)s))"""

    def take_back(self, batch: ImportBatch) -> None:
        wrote: Any = moments(batch)
        Enrolment.objects.filter(batch_id=batch.pk, changed_at__in=wrote).soft_delete()
        run(
            """
            UPDATE training_enrolment AS e SET stage = old.stage, finished_on = old.finished_on,
                result = old.result, certificate_no = old.certificate_no, followed_until = old.followed_until,
                changed_at = now()
            FROM batches_importrow AS i, jsonb_populate_record(NULL::training_enrolment, i.before) AS old
            WHERE i.batch_id = %(batch)s AND i.before ? 'id' AND NOT i.stayed AND e.id = old.id
              AND e.changed_at = ANY(%(moments)s)
            """,
            {"batch": batch.pk, "moments": wrote},
        )
