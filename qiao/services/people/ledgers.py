"""The ledgers of people: residents, households, the register of status, hardship recognition."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Objection, Related, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure_of
from qiao.core.procedures.models import Case
from qiao.core.records import dates
from qiao.services.people import registering
from qiao.services.people.case_actions import ADD_MEMBER, APPLY, END_MEMBERSHIP, MAKE_HEAD, verdict_in_words
from qiao.services.people.identity import age
from qiao.services.people.identity.search import matching
from qiao.services.people.labels import LABELS, LONG, months_before
from qiao.services.people.models import (
    HardshipCase,
    Household,
    Membership,
    Resident,
    Spell,
    ZeroEmploymentCase,
)
from qiao.services.people.models.choices import Sex, State
from qiao.services.people.person_actions import ACTIONS
from qiao.services.people.zero_employment import days_open, in_words

TONES = {State.UNEMPLOYED: "warn", State.EMPLOYED: "good"}


def older(day: date) -> Q:
    """Women of 40 and over, men of 50 and over."""
    women = Q(sex=Sex.FEMALE, birth_date__lte=age.years_before(day, age.WOMEN))
    return women | Q(sex=Sex.MALE, birth_date__lte=age.years_before(day, age.MEN))


def stage_name(case: Case, today: date) -> Any:
    return procedure_of(case).stage_by_code[case.stage].label


UNEMPLOYED = Q(state=State.UNEMPLOYED)


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
            ("wish_occupation", "wish_pay_fen", "wish_hours", "wish_distance_m", "wish_training"),
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
    match_on = ("id_number",)
    intake = "residents"
    sheet_title = _("Residents and their work")

    def search(self, text: str, viewer: Viewer) -> Q:
        return matching(text)

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        return registering.objection(record, viewer)

    def overruled(self, record: Any, viewer: Viewer, objection: Objection) -> None:
        registering.state(record, viewer)


@register
class HouseholdLedger(Ledger):
    code = "households"
    model = Household
    name = _("Households")
    one = _("New household")
    icon = "home"
    columns = (
        Column("head", _("Head of household"), Kind.NAME, "head.name", needs=("head",)),
        "number",
        Column("address", kind=Kind.ADDRESS),
        "region",
        "business_income",
        "note",
    )
    filters = ("q", "region", "business_income")
    sections = (
        Section(_("Household"), ("head", "number", "address", "region", "business_income", "note")),
        Related(_("Members"), "members", "household"),
        Related(_("Zero-employment household"), "zero-employment", "household"),
    )
    actions = (ADD_MEMBER,)

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(number__icontains=text) | Q(address__icontains=text) | Q(head__name__startswith=text)

    def record_title(self, record: Any, viewer: Viewer) -> str:
        return super().record_title(record, viewer) if record.head_id else record.number or f"#{record.pk}"

    def remark(self, record: Any, viewer: Viewer) -> object:
        return verdict_in_words(record, viewer.today)


@register
class MemberLedger(Ledger):
    code = "members"
    model = Membership
    name = _("Household members")
    one = _("Household member")
    icon = "users"
    columns = (
        Column("resident", _("Name"), Kind.NAME, "resident.name", needs=("resident",)),
        "relation",
        Column("state", _("Status"), source="resident.state", needs=("resident",)),
        "since",
        "until",
    )
    filters = ("region",)
    groups = ()
    edit = None
    actions = (END_MEMBERSHIP, MAKE_HEAD)


@register
class SpellLedger(Ledger):
    """The register of who lived from what, from when to when. Actions write it, nobody types it here."""

    code = "spells"
    model = Spell
    name = _("Status register")
    one = _("Status")
    icon = "timeline"
    columns = (
        Column("resident", _("Name"), Kind.NAME, "resident.name", needs=("resident",)),
        Column("state", tones=TONES),
        "form",
        "reason",
        "since",
        "until",
        "employer",
        "post",
        "registered_on",
        "certificate_no",
        "cancelled_on",
        "cancel_reason",
        "region",
        "note",
    )
    listed = ("resident", "state", "form", "reason", "since", "until", "employer", "registered_on", "region")
    tabs = {
        "open": Tab(_("Still open"), Q(until=None)),
        "ended": Tab(_("Ended"), Q(until__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "state", "form", "reason", "since", "registered_on")
    groups = ("region", "state", "form", "reason")
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return matching(text, "resident__")


@register
class HardshipLedger(Ledger):
    """Recognitions as they stand; they move by the procedure."""

    code = "hardship"
    model = HardshipCase
    name = _("People in hardship")
    one = _("Hardship recognition")
    icon = "heart-handshake"
    columns = (
        Column("resident", _("Name"), Kind.NAME, "resident.name", needs=("resident",)),
        "category",
        Column("stage", source=stage_name),
        "recognised_on",
        "employed_on",
        "exited_on",
        "exit_reason",
        "helper",
        "refusals",
        "region",
        "ground",
        "measures",
    )
    listed = (
        "resident",
        "category",
        "stage",
        "recognised_on",
        "employed_on",
        "exited_on",
        "helper",
        "region",
    )
    tabs = {
        "helped": Tab(_("Being helped"), Q(recognised_on__isnull=False, exited_on=None)),
        "asked": Tab(_("Not yet recognised"), Q(recognised_on=None, closed_on=None)),
        "exited": Tab(_("Exited"), Q(exited_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "category", "recognised_on", "helper")
    groups = ("region", "category", "helper")
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return matching(text, "resident__")

    def file_url(self, record: Any) -> str:
        return reverse("case", args=["hardship", record.pk])


@register
class ZeroEmploymentLedger(Ledger):
    """Households in which nobody works, as they stand; they move by the procedure."""

    code = "zero-employment"
    model = ZeroEmploymentCase
    name = _("Zero-employment households")
    one = _("Zero-employment household")
    icon = "home-heart"
    columns = (
        Column("household", _("Head of household"), Kind.NAME, "household", needs=("household__head",)),
        Column("stage", source=stage_name),
        "found_on",
        Column("because", source=lambda case, today: in_words(case.because)),
        Column("days_open", _("Days open"), Kind.NUMBER, days_open),
        "recognised_on",
        "helper",
        "measures",
        "refusals",
        "cleared_on",
        "ending",
        "region",
    )
    listed = (
        "household",
        "stage",
        "found_on",
        "days_open",
        "recognised_on",
        "helper",
        "cleared_on",
        "ending",
        "region",
    )
    tabs = {
        "open": Tab(_("Not cleared"), Q(closed_on=None), danger=True),
        "ended": Tab(_("Ended"), Q(closed_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("region", "found_on", "helper")
    groups = ("region", "helper", "ending")
    edit = None

    def file_url(self, record: Any) -> str:
        return reverse("case", args=["zero_employment", record.pk])


def spell_text(spell: Spell) -> str:
    parts = [spell.get_form_display(), spell.get_reason_display(), spell.employer]
    until = dates.shown(spell.until)
    return " · ".join([str(part) for part in parts if part] + ([_("until %s") % until] if until else []))


def own(model: Any) -> Any:
    return lambda record: model.objects.filter(resident=record.pk)


ResidentLedger.timeline = (
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
