"""The book of a fair (booths and posts) and the list of intentions, as a district keeps them in Excel."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Any, ClassVar

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.batches import sets
from qiao.core.batches.importer import MERGEABLE_I, WAITING_I, Importer, district_of, moments, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.fairs.models import Booth, Intention, Offer, Visitor
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

FAIR = """(SELECT max(f.id) FROM fairs_fair AS f
    WHERE f.title = i.values->>'fair' AND f.district = %(district)s AND f.deleted_at IS NULL)"""
EMPLOYER = """(SELECT max(e.id) FROM employers_employer AS e
    WHERE e.name = i.values->>'employer' AND e.district = %(district)s AND e.deleted_at IS NULL)"""
BOOTH = f"""(SELECT max(b.id) FROM fairs_booth AS b
    WHERE b.fair_id = {FAIR} AND b.number = i.values->>'booth' AND b.deleted_at IS NULL)"""
OFFER = f"""(SELECT min(o.id) FROM fairs_offer AS o JOIN fairs_booth AS b ON b.id = o.booth_id
    WHERE b.fair_id = {FAIR} AND o.title = i.values->>'title' AND o.deleted_at IS NULL
      AND (b.number = i.values->>'booth' OR NOT i.values ? 'booth'))"""
STATED = f"""fairs_intention AS n JOIN fairs_visitor AS v ON v.id = n.visitor_id AND v.deleted_at IS NULL
    WHERE v.resident_id = i.target AND n.offer_id = {OFFER} AND n.deleted_at IS NULL"""


@cache
def _declared() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.fairs") / "registers.yml").read_text("utf-8")
    )
    return loaded


def refuse_unknown(batch: ImportBatch, found: str, said: str) -> None:
    """A row that names what the district does not hold waits until it does."""
    run(
        f"""
        UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || jsonb_build_array(
            jsonb_build_object('code', 'link_unknown', 'column', NULL,
                'params', jsonb_build_object('value', i.values->>'{said}')))
        WHERE i.batch_id = %(batch)s AND {WAITING_I} AND {found} IS NULL
        """,
        {"batch": batch.pk, "district": district_of(batch)},
    )


@register
class BookImporter(Importer):
    """Each row a post at a booth; a booth that the fair does not have yet is set up by its first row."""

    code = "fair-book"
    name = _("Book of a fair: booths and posts")
    ledger = "fair-offers"
    model = Offer
    columns: ClassVar = {"title": "title", "openings": "openings", "pay": "pay", "wanted": "wanted"}
    match_on = ()
    labels: ClassVar = {
        "fair": pgettext_lazy("fair", "Job fair"),
        "booth": _("Booth"),
        "employer": _("Employer"),
        "title": pgettext_lazy("fair", "Post"),
        "openings": _("Openings"),
        "pay": pgettext_lazy("fair", "Pay"),
        "wanted": _("Who is wanted"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared()["book"])

    def classify(self, batch: ImportBatch) -> None:
        self.forget_deleted(batch)
        refuse_unknown(batch, FAIR, "fair")
        refuse_unknown(batch, EMPLOYER, "employer")
        run(
            f"""
            UPDATE batches_importrow AS i SET target = o.id,
                act = CASE WHEN {sets.differs(self.staged_columns(), "o")} THEN 'update' ELSE 'same' END
            FROM fairs_offer AS o
            WHERE i.batch_id = %(batch)s AND {WAITING_I} AND o.deleted_at IS NULL
              AND o.booth_id = {BOOTH} AND o.title = i.values->>'title'
            """,
            self._params(batch),
        )

    def _params(self, batch: ImportBatch) -> dict[str, Any]:
        return {"batch": batch.pk, "district": district_of(batch), "by": batch.created_by_id}

    def insert(self, batch: ImportBatch) -> None:
        columns = self.staged_columns()
        run(
            f"""
            INSERT INTO fairs_booth
                (region_id, batch_id, created_by_id, changed_at, fair_id, number, employer_id, contact, note)
            SELECT DISTINCT ON (f.id, i.values->>'booth')
                f.region_id, i.batch_id, %(by)s, now(), f.id, i.values->>'booth', {EMPLOYER}, '', ''
            FROM batches_importrow AS i JOIN fairs_fair AS f ON f.id = {FAIR}
            WHERE i.batch_id = %(batch)s AND i.act = 'insert' AND {MERGEABLE_I} AND {BOOTH} IS NULL
            ORDER BY f.id, i.values->>'booth', i.id
            """,
            self._params(batch),
        )
        run(
            f"""
            INSERT INTO fairs_offer (id, region_id, batch_id, created_by_id, changed_at, booth_id,
                {", ".join(one.column for one in columns)})
            SELECT i.target, b.region_id, i.batch_id, %(by)s, now(), b.id, {", ".join(one.value for one in columns)}
            FROM batches_importrow AS i JOIN fairs_booth AS b ON b.id = {BOOTH}
            WHERE i.batch_id = %(batch)s AND i.act = 'insert' AND {MERGEABLE_I}
            """,
            self._params(batch),
        )
        self._find_posts(batch)

    def _find_posts(self, batch: ImportBatch) -> None:
        """Offers that the register of posts knows, by employer and title."""
        made = list(Offer.objects.filter(batch_id=batch.pk, post=None).select_related("booth"))
        employers = {one.booth.employer_id for one in made}
        posts = vacancies.Post.objects.filter(employer__in=employers).order_by("pk")
        known = {
            (employer, title): pk for pk, employer, title in posts.values_list("pk", "employer", "title")
        }
        for one in made:
            one.post_id = known.get((one.booth.employer_id, one.title))
        Offer.objects.bulk_update([one for one in made if one.post_id], ["post"], batch_size=1000)

    def take_back(self, batch: ImportBatch) -> None:
        super().take_back(batch)
        held = Offer.objects.values("booth")
        Booth.objects.filter(batch_id=batch.pk).exclude(pk__in=held).soft_delete()


@register
class IntentionImporter(Importer):
    """Each row somebody of the register and a post of the fair. Who has an intention has come."""

    code = "fair-intentions"
    name = _("List of intentions at a fair")
    ledger = "fair-intentions"
    about = "residents"
    model = Intention
    columns: ClassVar = {}
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "phone": _("Phone"),
        "fair": pgettext_lazy("fair", "Job fair"),
        "booth": _("Booth"),
        "title": pgettext_lazy("fair", "Post"),
        "hired_on": _("Hired on"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(_declared()["intentions"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        people.find_people(batch, district_of(batch))
        refuse_unknown(batch, FAIR, "fair")
        refuse_unknown(batch, OFFER, "title")
        run(
            f"""
            UPDATE batches_importrow AS i SET act = 'same'
            WHERE i.batch_id = %(batch)s AND {WAITING_I}
              AND EXISTS (SELECT FROM {STATED} AND (NOT i.values ? 'hired_on'
                OR n.hired_on IS NOT DISTINCT FROM (i.values->>'hired_on')::date))
            """,
            {"batch": batch.pk, "district": district_of(batch)},
        )

    def merge(self, batch: ImportBatch) -> None:
        params = {"batch": batch.pk, "district": district_of(batch), "by": batch.created_by_id}
        mine = f"i.batch_id = %(batch)s AND i.act = 'update' AND {MERGEABLE_I}"
        run(
            f"""
            INSERT INTO fairs_visitor
                (region_id, batch_id, created_by_id, changed_at, fair_id, resident_id, came_on, name, phone, "group", suggested)
            SELECT DISTINCT ON (f.id, i.target)
                i.region_id, i.batch_id, %(by)s, now(), f.id, i.target, f.held_on, '', '', '', '{{}}'
            FROM batches_importrow AS i JOIN fairs_fair AS f ON f.id = {FAIR}
            WHERE {mine} AND NOT EXISTS (SELECT FROM fairs_visitor AS v WHERE v.fair_id = f.id
                AND v.resident_id = i.target AND v.deleted_at IS NULL)
            """,
            params,
        )
        run(
            f"""
            UPDATE fairs_visitor AS v SET came_on = f.held_on, changed_at = now()
            FROM batches_importrow AS i JOIN fairs_fair AS f ON f.id = {FAIR}
            WHERE {mine} AND v.fair_id = f.id AND v.resident_id = i.target AND v.deleted_at IS NULL
              AND v.came_on IS NULL
            """,
            params,
        )
        run(
            f"""
            UPDATE batches_importrow AS i SET before = (
                SELECT jsonb_build_object('id', n.id, 'hired_on', n.hired_on) FROM {STATED} LIMIT 1)
            WHERE {mine}
            """,
            params,
        )
        run(
            f"""
            UPDATE fairs_intention AS n SET hired_on = (i.values->>'hired_on')::date, changed_at = now()
            FROM batches_importrow AS i WHERE {mine} AND n.id = (i.before->>'id')::bigint
            """,
            params,
        )
        run(
            f"""
            INSERT INTO fairs_intention
                (region_id, batch_id, created_by_id, changed_at, visitor_id, offer_id, stated_on, hired_on)
            SELECT i.region_id, i.batch_id, %(by)s, now(), v.id, {OFFER}, f.held_on, (i.values->>'hired_on')::date
            FROM batches_importrow AS i JOIN fairs_fair AS f ON f.id = {FAIR}
            JOIN fairs_visitor AS v ON v.fair_id = f.id AND v.resident_id = i.target AND v.deleted_at IS NULL
            WHERE {mine} AND i.before IS NULL
            ON CONFLICT DO NOTHING
            """,
            params,
        )
        self.mark(batch)

    def touched(self) -> str:
        return """EXISTS (SELECT FROM fairs_intention AS n JOIN fairs_visitor AS v ON v.id = n.visitor_id
            WHERE v.resident_id = i.target AND n.deleted_at IS NULL
              AND (n.batch_id = i.batch_id OR n.id = (i.before->>'id')::bigint)
              AND n.changed_at <> ALL(%(moments)s))"""

    def take_back(self, batch: ImportBatch) -> None:
        wrote: Any = moments(batch)
        Intention.objects.filter(batch_id=batch.pk, changed_at__in=wrote).soft_delete()
        run(
            """
            UPDATE fairs_intention AS n SET hired_on = (i.before->>'hired_on')::date, changed_at = now()
            FROM batches_importrow AS i
            WHERE i.batch_id = %(batch)s AND NOT i.stayed AND n.id = (i.before->>'id')::bigint
              AND n.changed_at = ANY(%(moments)s)
            """,
            {"batch": batch.pk, "moments": wrote},
        )
        held = Intention.objects.values("visitor")
        Visitor.objects.filter(batch_id=batch.pk).exclude(pk__in=held).soft_delete()
