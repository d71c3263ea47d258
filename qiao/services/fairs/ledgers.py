"""The ledgers of fairs. What a fair leaves behind is kept for the time the law asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import Span, Unit
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Related, Section, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.services.fairs import actions
from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor
from qiao.services.people import api as people


def kept(region: int, held_on: date, viewer: Viewer) -> str:
    """The service ledger of a fair is kept (2018 regulation, article 33): until then nothing of it is deleted."""
    until = Span("ledger_keep_years", Unit.MONTHS).fixed(region, held_on)
    last = Span(until.count * 12, Unit.MONTHS).after(held_on, region)
    if viewer.today > last:
        return ""
    return _now("The records of a fair are kept until %(day)s.") % {"day": last}


class FairRecords(Ledger):
    """A ledger whose records belong to a fair."""

    def fair_of(self, record: Any) -> Fair:
        fair: Fair = record.fair
        return fair

    def kept(self, record: Any, viewer: Viewer) -> str:
        fair = self.fair_of(record)
        return kept(fair.region_id, fair.held_on, viewer) if fair.stage in ("held", "closed") else ""


@register
class FairLedger(FairRecords):
    code = "fairs"
    model = Fair
    name, one = _("Job fairs"), _("New job fair")
    icon = "building-store"
    columns = (
        "title",
        "held_on",
        "hours",
        "place",
        "organiser",
        Column(
            "stage",
            _("Stage"),
            Kind.CHOICE,
            choices={
                "planned": _("Planned"),
                "approved": pgettext_lazy("fair", "Approved"),
                "held": _("Held"),
                "closed": pgettext_lazy("fair", "Closed"),
                "cancelled": pgettext_lazy("fair", "Cancelled"),
            },
            tones={"planned": "warn", "approved": "info", "held": "good"},
        ),
        "carrier",
        "followed_on",
        "press",
        "note",
        "region",
    )
    listed = ("title", "held_on", "place", "stage", "organiser", "press", "region")
    tabs = {
        "coming": Tab(_("To come"), lambda viewer: Q(held_on__gte=viewer.today, closed_on=None)),
        "past": Tab(_("Past"), lambda viewer: Q(held_on__lt=viewer.today)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "held_on")
    groups = ("region", "stage")
    sections = (
        Section(
            pgettext_lazy("fair", "Job fair"),
            ("title", "held_on", "hours", "place", "region", "organiser", "carrier", "stage", "followed_on"),
        ),
        Section(_("After the fair"), ("press", "note")),
        Related(_("Booths"), "booths", "fair", limit=60),
    )
    frozen = ("stage", "followed_on")
    tags = ("stage",)
    required = ("title", "held_on", "region")
    match_on = ("title", "held_on")
    actions = (
        Action(
            "desk",
            _("Invitations and results"),
            Right.SEE_PEOPLE,
            url=lambda fair: reverse("fair_desk", args=[fair.pk]),
            primary=True,
        ),
        Action(
            "case",
            _("Papers and approval"),
            Right.SEE_PEOPLE,
            url=lambda fair: reverse("case", args=["fair", fair.pk]),
        ),
    )

    def fair_of(self, record: Any) -> Fair:
        fair: Fair = record
        return fair

    def store(self, record: Any, viewer: Viewer) -> None:
        actions.plan(record, viewer.user, viewer.today, viewer.appointment.role)


@register
class BoothLedger(FairRecords):
    code = "booths"
    model = Booth
    name, one = _("Booths"), _("New booth")
    icon = "layout-grid"
    columns = ("number", "fair", "employer", "contact", "came", "note", "region")
    filters = ("q", "region", "fair")
    groups = ("region",)
    sections = (
        Section(_("Booth"), ("number", "fair", "employer", "contact", "came", "note", "region")),
        Related(_("Posts at the booth"), "fair-offers", "booth", limit=60),
    )
    required = ("number", "fair", "employer", "region")
    match_on = ("fair", "number")


@register
class OfferLedger(FairRecords):
    code = "fair-offers"
    model = Offer
    name, one = _("Posts at fairs"), _("New post at a fair")
    icon = "briefcase"
    columns = (
        Column("title", pgettext_lazy("fair", "Post")),
        "booth",
        "post",
        "openings",
        "pay",
        "wanted",
        "region",
    )
    listed = ("title", "booth", "openings", "pay", "wanted", "region")
    filters = ("q", "region")
    groups = ("region",)
    required = ("title", "booth", "openings", "region")
    intake = "fair-book"

    def fair_of(self, record: Any) -> Fair:
        fair: Fair = record.booth.fair
        return fair


@register
class VisitorLedger(Ledger):
    code = "fair-visitors"
    model = Visitor
    name, one = _("Visitors of fairs"), _("Visitor of a fair")
    icon = "users"
    edit = None
    columns = (
        Column("visitor", _("Name"), Kind.NAME, "called", needs=("resident",)),
        "fair",
        Column("phone", kind=Kind.PHONE),
        "group",
        "invited_on",
        "came_on",
        "region",
    )
    tabs = {
        "came": Tab(_("Came"), Q(came_on__isnull=False)),
        "invited": Tab(_("Invited, not come"), Q(came_on=None)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "fair", "group")
    groups = ("region", "group")
    sections = (
        Section(
            _("Visitor of a fair"), ("visitor", "fair", "phone", "group", "invited_on", "came_on", "region")
        ),
        Related(_("Intentions"), "fair-intentions", "visitor"),
    )
    actions = (
        Action(
            "pass",
            _("Code for the entrance"),
            Right.SEE_PEOPLE,
            url=lambda visitor: reverse("fair_pass", args=[visitor.pk]),
            primary=True,
        ),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(name__icontains=text) | people.search(text, "resident__")


def hire(viewer: Viewer, intentions: list[Any], data: dict[str, Any]) -> object:
    number = actions.hire(intentions, viewer.today)
    return ngettext("%(n)d person is hired.", "%(n)d people are hired.", number) % {"n": number}


@register
class IntentionLedger(Ledger):
    code = "fair-intentions"
    model = Intention
    name, one = _("Intentions"), _("Intention")
    icon = "heart-handshake"
    edit = None
    intake = "fair-intentions"
    columns = (
        Column("visitor", _("Name"), Kind.NAME, "visitor.called", needs=("visitor__resident",)),
        Column("offer", pgettext_lazy("fair", "Post"), Kind.TEXT, "offer.title", needs=("offer",)),
        Column(
            "employer",
            _("Employer"),
            Kind.TEXT,
            lambda one, today: str(one.offer.booth),
            needs=("offer__booth__employer",),
        ),
        "stated_on",
        "hired_on",
        "region",
    )
    tabs = {
        "open": Tab(_("Not hired yet"), Q(hired_on=None)),
        "hired": Tab(_("Hired"), Q(hired_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "stated_on")
    groups = ("region",)
    actions = (
        Action(
            "hire",
            _("Record as hired"),
            Right.EDIT_PEOPLE,
            run=hire,
            why_not=lambda viewer, one: _("Recorded as hired already.") if one.hired_on else "",
            batch=True,
        ),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(visitor__name__icontains=text) | people.search(text, "visitor__resident__")


TIMELINE = Source(
    "fairs",
    rows=lambda resident: Visitor.objects.filter(resident=resident).select_related("fair"),
    at="came_on",
    title=lambda visitor: _now("Came to %(fair)s") % {"fair": visitor.fair},
)
INTENTIONS = Source(
    "fair-intentions",
    rows=lambda resident: Intention.objects.filter(visitor__resident=resident).select_related(
        "offer__booth__employer"
    ),
    at="stated_on",
    title=lambda one: _now("Intention at a fair: %(post)s") % {"post": one.offer},
    text=lambda one: str(one.offer.booth.employer),
)
registry.add_source("residents", TIMELINE)
registry.add_source("residents", INTENTIONS)
