"""The ledgers of employers, outlets, labour-service enterprises and bases."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Likeness, Objection, Related, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure_of
from qiao.services.employers import api, judging
from qiao.services.employers.fields import FIELDS
from qiao.services.employers.models import Base, Employer, LabourEnterprise, Outlet
from qiao.services.employers.models.choices import Help, Verification
from qiao.services.employers.verbs import APPLY, CLOSE, HAND_OVER, HAND_OVER_BASES, REFUSE, SEEN, VERIFY

TONES = {Verification.WAITING: "warn", Verification.VERIFIED: "good", Verification.REFUSED: "bad"}


PLACE = Section(_("Coordinates of the place"), ("latitude", "longitude"))


def mine(viewer: Viewer) -> Q:
    return Q(carrier=viewer.user)


@register
class EmployerLedger(Ledger):
    code = "employers"
    model = Employer
    name, one = _("Employers"), _("New employer")
    icon = "building"
    columns = (
        "name",
        "kind",
        "uscc",
        "licence_no",
        Column(
            "industry",
            kind=Kind.CHOICE,
            choices=Dictionary("industries"),
            definition=_("Section or division of GB/T 4754, in the edition of the day."),
        ),
        "licence_seen_on",
        "legal_person",
        "contact",
        Column("phone", kind=Kind.PHONE),
        "address",
        "latitude",
        "longitude",
        "staff",
        "carrier",
        Column("verification", tones=TONES),
        "verified_on",
        "refused_because",
        "note",
        "region",
    )
    listed = ("name", "kind", "contact", "phone", "verification", "carrier", "region")
    tabs = {
        "all": Tab(_("All")),
        "waiting": Tab(_("Waiting to be verified"), Q(verification=Verification.WAITING)),
        "verified": Tab(_("Verified"), Q(verification=Verification.VERIFIED)),
        "mine": Tab(_("Mine"), mine),
    }
    filters = ("q", "region", "kind", "industry", "carrier")
    groups = ("region", "kind", "industry", "verification", "carrier")
    sections = (
        Section(
            _("Employer"),
            ("name", "kind", "uscc", "licence_no", "licence_seen_on", "industry", "staff"),
        ),
        Section(_("Contact"), ("region", "address", "legal_person", "contact", "phone", "carrier", "note")),
        PLACE,
        Section(_("Verification"), ("verification", "verified_on", "refused_because")),
        Related(_("Outlets"), "outlets", "employer"),
        Related(_("Re-employment bases"), "bases", "employer"),
        Related(_("Labour-service enterprises"), "enterprises", "employer"),
        Related(pgettext_lazy("vacancy", "Posts"), "posts", "employer"),
        Related(_("Placements"), "placements", "employer"),
    )
    tags = ("kind", "verification")
    required = ("name", "region", "kind")
    frozen = ("verification", "verified_on", "refused_because")
    fields = FIELDS
    match_on = ("name",)
    actions = (VERIFY, APPLY, HAND_OVER, REFUSE)

    def search(self, text: str, viewer: Viewer) -> Q:
        return api.search(text)

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        same = api.of_district(record.region_id).filter(name=record.name).exclude(pk=record.pk)
        likes = tuple(
            Likeness(f"{one.name} · {one.region}", self.file_url(one))
            for one in same.select_related("region")[:5]
        )
        if not likes:
            return None
        return Objection(
            _now("An employer of this name is recorded in the district already."),
            likes,
            sure=_now("This is another employer of the same name."),
            token=f"same-name:{record.name}",
        )


@register
class OutletLedger(Ledger):
    code = "outlets"
    model = Outlet
    name, one = _("Community outlets"), _("New outlet")
    icon = "building-store"
    columns = (
        "name",
        Column("trade", kind=Kind.CHOICE, choices=Dictionary("outlet_trades")),
        "resident",
        "employer",
        "owner",
        "licence_seen_on",
        "opened_on",
        Column("help", kind=Kind.TAGS, choices=dict(Help.choices)),
        "jobs",
        "address",
        "latitude",
        "longitude",
        Column("phone", kind=Kind.PHONE),
        "carrier",
        "seen_on",
        "closed_on",
        "closed_because",
        "note",
        "region",
    )
    listed = ("name", "trade", "opened_on", "jobs", "help", "carrier", "region")
    tabs = {
        "open": Tab(_("Open"), Q(closed_on=None)),
        "mine": Tab(_("Mine"), mine),
        "closed": Tab(_("Closed for good"), Q(closed_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "trade", "opened_on", "carrier")
    sorts = {"opened": Sort(_("Opened last"), "opened_on", descending=True)}
    groups = ("region", "trade", "carrier")
    sections = (
        Section(_("Outlet"), ("name", "trade", "region", "address", "phone", "licence_seen_on")),
        Section(_("Owner"), ("resident", "employer", "owner")),
        PLACE,
        Section(pgettext_lazy("outlet", "Work"), ("opened_on", "jobs", "help", "carrier", "seen_on", "note")),
        Section(pgettext_lazy("outlet", "End"), ("closed_on", "closed_because")),
    )
    tags = ("trade",)
    required = ("name", "region", "opened_on")
    frozen = ("closed_on", "closed_because")
    intake = "outlets"
    actions = (SEEN, CLOSE, HAND_OVER)


@register
class EnterpriseLedger(Ledger):
    code = "enterprises"
    model = LabourEnterprise
    name, one = _("Labour-service enterprises"), _("New labour-service enterprise")
    icon = "building-factory"
    columns = (
        "employer",
        "opened_on",
        "staff_at_opening",
        "unemployed_at_opening",
        "certificate_no",
        "certified_until",
        "carrier",
        "closed_on",
        "note",
        "region",
    )
    filters = ("q", "region", "opened_on", "carrier")
    sorts = {"opened": Sort(_("Opened last"), "opened_on", descending=True)}
    groups = ("region", "carrier")
    required = ("employer", "region", "opened_on", "staff_at_opening", "unemployed_at_opening")
    match_on = ("employer", "opened_on")
    actions = (HAND_OVER,)

    def search(self, text: str, viewer: Viewer) -> Q:
        return api.search(text, "employer")

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        met, why = judging.of_enterprise(record)
        if met:
            return None
        return Objection(why, sure=_now("Record it all the same, though the rule is not met."), token=why)

    def remark(self, record: Any, viewer: Viewer) -> object:
        return judging.of_enterprise(record)[1]


@register
class BaseLedger(Ledger):
    """Bases as they stand; they move by the procedure."""

    code = "bases"
    model = Base
    name, one = _("Re-employment bases"), _("Re-employment base")
    icon = "building-community"
    columns = (
        Column("employer", _("Employer"), source="employer.name", needs=("employer",)),
        Column("stage", source=lambda case, today: procedure_of(case).stage_by_code[case.stage].label),
        "staff",
        "hardship",
        "capacity",
        "contract_years",
        "recognised_on",
        "checked_on",
        Column("due_on", pgettext_lazy("base", "To be checked by")),
        "withdrawn_on",
        "carrier",
        "region",
    )
    listed = (
        "employer",
        "stage",
        "staff",
        "hardship",
        "capacity",
        "recognised_on",
        "due_on",
        "carrier",
        "region",
    )
    tabs = {
        "standing": Tab(_("Standing"), Q(recognised_on__isnull=False, withdrawn_on=None)),
        "asked": Tab(_("Not yet recognised"), Q(recognised_on=None, closed_on=None)),
        "mine": Tab(_("Mine"), mine),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "recognised_on", "carrier")
    groups = ("region", "carrier")
    intake = "bases"
    edit = None
    actions = (HAND_OVER_BASES,)

    def search(self, text: str, viewer: Viewer) -> Q:
        return api.search(text, "employer")

    def file_url(self, record: Any) -> str:
        return reverse("case", args=["base", record.pk])
