"""The ledger of residents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Objection, Related, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records import dates
from qiao.core.records.binding import beyond_scope
from qiao.services.occupations import api as occupations
from qiao.services.people import registering
from qiao.services.people.case_actions import APPLY
from qiao.services.people.identity import age
from qiao.services.people.identity.search import matching
from qiao.services.people.labels import LABELS, LONG, months_before
from qiao.services.people.models import (
    HardshipCase,
    Membership,
    Resident,
    Spell,
)
from qiao.services.people.models.choices import Sex, State
from qiao.services.people.person_actions import ACTIONS

TONES = {State.UNEMPLOYED: "warn", State.EMPLOYED: "good"}


def older(day: date) -> Q:
    """Women of 40 and over, men of 50 and over."""
    women = Q(sex=Sex.FEMALE, birth_date__lte=age.years_before(day, age.WOMEN))
    return women | Q(sex=Sex.MALE, birth_date__lte=age.years_before(day, age.MEN))


UNEMPLOYED = Q(state=State.UNEMPLOYED)
FEW = 1000


def spell_text(spell: Spell) -> str:
    parts = [spell.get_form_display(), spell.get_reason_display(), spell.employer]
    until = dates.shown(spell.until)
    return " · ".join([str(part) for part in parts if part] + ([_("until %s") % until] if until else []))


def own(model: Any) -> Any:
    return lambda record: model.objects.filter(resident=record.pk)


TIMELINE = (
    Source("spell", own(Spell), "since", Spell.get_state_display, spell_text),
    Source(
        "hardship",
        own(HardshipCase),
        "recognised_on",
        lambda case: _("Recognised: %s") % case.get_category_display(),
    ),
    Source(
        "hardship_exit",
        own(HardshipCase),
        "exited_on",
        lambda case: _("Help ended"),
        HardshipCase.get_exit_reason_display,
    ),
    Source(
        "household",
        own(Membership),
        "since",
        lambda member: _("Joined a household"),
        Membership.get_relation_display,
    ),
)


@register
class ResidentLedger(Ledger):
    code = "residents"
    model = Resident
    name = _("Residents")
    one = _("New resident")
    icon = "users"
    columns = (
        Column("name", kind=Kind.NAME),
        "sex",
        Column("age", _("Age"), Kind.NUMBER, lambda person, today: person.age_on(today)),
        Column("id_number", _("Identity number"), Kind.ID_NUMBER, trace="id_hash"),
        "birth_date",
        "ethnicity",
        "education",
        "school",
        "graduated_on",
        "major",
        "marital",
        "party",
        "health",
        "disability",
        "hukou_kind",
        Column("hukou_address", kind=Kind.ADDRESS),
        Column("phone", kind=Kind.PHONE),
        Column("phone2", kind=Kind.PHONE),
        "region",
        Column("address", kind=Kind.ADDRESS),
        "kind",
        Column("state", tones=TONES),
        LABELS,
        "state_since",
        Column("registered", pgettext_lazy("column", "Registered unemployed")),
        "certificate_no",
        "skill",
        "former_unit",
        "low_income",
        "able",
        "willing",
        "wish_occupation",
        "wish_occupation_code",
        Column("wish_pay_fen", _("Monthly pay wished"), Kind.MONEY),
        "wish_hours",
        "wish_distance_m",
        "wish_training",
        "owner",
        "verified_on",
        "note",
    )
    listed = ("name", "sex", "age", "id_number", "phone", "region", "state", "labels", "owner")
    tabs = {
        "unemployed": Tab(_("Out of work"), UNEMPLOYED),
        "older": Tab(_("4050"), lambda viewer: UNEMPLOYED & older(viewer.today)),
        "long": Tab(
            _("6 months and over"),
            lambda viewer: UNEMPLOYED & Q(state_since__lte=months_before(viewer.today, LONG)),
            danger=True,
        ),
        "registered": Tab(_("Registered"), UNEMPLOYED & Q(registered=True)),
        "employed": Tab(_("In work"), Q(state=State.EMPLOYED)),
        "mine": Tab(_("Mine"), lambda viewer: Q(owner=viewer.user)),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        "state",
        Filter("age", "birth_date", _("Age"), "age"),
        "sex",
        "kind",
        "education",
        "hukou_kind",
        "registered",
        "low_income",
        "able",
        "willing",
        "health",
        "party",
        "owner",
        Filter("since", "state_since", _("Status since"), "date"),
    )
    sorts = {
        "entered": Sort(_("Entered last"), "id", descending=True),
        "name": Sort(_("Name"), "name_sort"),
        "state_since": Sort(
            _("Longest in this status"), "state_since", tabs=("unemployed", "older", "long", "registered")
        ),
    }
    groups = ("region", "sex", "state", "kind", "education", "hukou_kind", "health", "party", "owner")
    sections = (
        Section(
            _("Person"),
            (
                "name",
                "sex",
                "age",
                "id_number",
                "birth_date",
                "ethnicity",
                "marital",
                "party",
                "health",
                "disability",
            ),
        ),
        Section(
            _("Home and contact"), ("region", "address", "phone", "phone2", "hukou_kind", "hukou_address")
        ),
        Section(_("Education and skills"), ("education", "school", "graduated_on", "major", "skill")),
        Section(
            _("Work status"),
            (
                "kind",
                "state",
                "state_since",
                "registered",
                "certificate_no",
                "former_unit",
                "able",
                "willing",
                "low_income",
            ),
        ),
        Section(
            _("What is wished"),
            (
                "wish_occupation",
                "wish_occupation_code",
                "wish_pay_fen",
                "wish_hours",
                "wish_distance_m",
                "wish_training",
            ),
        ),
        Section(_("Care"), ("owner", "verified_on", "note")),
        Related(_("Status spells"), "spells", "resident"),
        Related(_("Hardship recognitions"), "hardship", "resident"),
    )
    tags = ("state", "kind", "labels")
    actions = (*ACTIONS, APPLY)
    required = ("name", "region")
    required_when = {
        "id_number": _("Needed as soon as it is known."),
        "graduated_on": _("For those who left school."),
    }
    fields = {
        "wish_occupation_code": occupations.OccupationField("wish_occupation", label=_("Occupation code"))
    }
    match_on = ("id_number",)
    intake = "residents"
    timeline = TIMELINE
    sheet_title = _("Residents and their work")

    def called(self, record: Resident) -> str:
        return f"{record}, {record.birth_date.year}" if record.birth_date else str(record)

    def search(self, text: str, viewer: Viewer) -> Q:
        """Array operators are not leakproof, so that under the row policy their index is not used: the ids are
        found beyond it, in the viewer's own scope."""
        meant = self.records(viewer).filter(matching(text)).order_by()
        with beyond_scope("the index of search keys; the query itself names the scope"):
            ids = list(meant.values_list("pk", flat=True)[: FEW + 1])
        return Q(pk__in=ids) if len(ids) <= FEW else matching(text)

    def store(self, record: Any, viewer: Viewer) -> None:
        chosen = occupations.settle(record, "wish_occupation", "wish_occupation_code")
        record.save()
        if chosen:
            occupations.remember(record.wish_occupation, record.wish_occupation_code, viewer.user)

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        return registering.objection(record, viewer)

    def overruled(self, record: Any, viewer: Viewer, objection: Objection) -> None:
        registering.state(record, viewer)
