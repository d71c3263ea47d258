"""The ledgers of visits, campaigns and helpers, and their place in other files."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.refusal import Refused
from qiao.core.regions.codes import Level
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits.api import timeline
from qiao.services.visits.campaigns import interested, reached
from qiao.services.visits.forms import end_form
from qiao.services.visits.models import Campaign, Finding, HelperPair, Need, Outcome, Visit

OUTREACH = {
    "reached": (_("Household reached"), reached),
    "interested": (_("Household interested"), interested),
}


@register
class VisitLedger(Ledger):
    """Visits are recorded on their own form, from a worklist or a person's file."""

    code = "visits"
    model = Visit
    name = _("Visits")
    one = _("Visit")
    icon = "walk"
    columns = (
        Column(
            "resident",
            _("Visited"),
            Kind.NAME,
            lambda visit, today: str(visit.whom),
            needs=("resident", "household__head", "outlet", "employer"),
        ),
        "visited_on",
        "why",
        "target",
        "way",
        Column("outcome", tones={"met": "good", "not_met": "warn", "no_answer": "warn", "refused": "warn"}),
        "situation",
        Column("findings", kind=Kind.TAGS, choices=dict(Finding.choices)),
        "repayment",
        Column("needs", kind=Kind.TAGS, choices=dict(Need.choices)),
        "note",
        "campaign",
        "by",
        "next_on",
        "region",
    )
    listed = ("resident", "visited_on", "why", "outcome", "situation", "needs", "note", "by", "region")
    tabs = {
        "all": Tab(_("All")),
        "met": Tab(_("Met"), Q(outcome=Outcome.MET)),
        "not_met": Tab(_("Not met"), ~Q(outcome=Outcome.MET)),
    }
    filters = (
        "q",
        "region",
        "why",
        "outcome",
        "target",
        "way",
        "visited_on",
        "campaign",
        Filter(
            "outreach",
            name=_("Outreach"),
            choices=tuple((code, name) for code, (name, _where) in OUTREACH.items()),
            where=lambda value, viewer: OUTREACH[value][1](),
        ),
    )
    sorts = {"visited": Sort(_("Visited last"), "visited_on", descending=True)}
    groups = ("region", "why", "outcome", "situation", "by")
    actions = (
        Action(
            "photo",
            _("Photo"),
            Right.SEE_PEOPLE,
            url=lambda visit: reverse("visit_photo", args=[visit.pk]),
            why_not=lambda viewer, visit: "" if visit.photo else _now("No photo came with this visit."),
        ),
    )
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return (
            people.search(text, "resident__")
            | people.search(text, "household__head__")
            | employers.search(text, "employer")
            | Q(outlet__name__icontains=text)
        )


@register
class CampaignLedger(Ledger):
    """Campaigns of the region; stations below take part in them on the page of outreach."""

    code = "campaigns"
    model = Campaign
    name, one = _("Outreach campaigns"), _("New campaign")
    icon = "speakerphone"
    columns = ("name", "topic", "starts_on", "ends_on", "goal_households", "carrier", "note", "region")
    listed = ("name", "topic", "starts_on", "ends_on", "goal_households", "region")
    tabs = {
        "running": Tab(_("Running"), lambda viewer: Q(ends_on__gte=viewer.today)),
        "past": Tab(_("Past"), lambda viewer: Q(ends_on__lt=viewer.today)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "topic", "starts_on")
    groups = ("region", "topic")
    required = ("name", "starts_on", "ends_on", "region")
    match_on = ("name", "starts_on")
    placed_at = (Level.DISTRICT, Level.STREET, Level.COMMUNITY)
    actions = (
        Action(
            "reached",
            _("Households reached"),
            Right.SEE_PEOPLE,
            url=lambda one: reverse("outreach"),
            primary=True,
        ),
    )


def ended(viewer: Viewer, pair: HelperPair) -> str:
    return _now("This help has ended.") if pair.ended_on else ""


def end(viewer: Viewer, pairs: list[HelperPair], given: dict[str, Any]) -> object:
    (pair,) = pairs
    pair.ended_on, pair.end_reason, pair.achieved = given["on"], given["reason"], given["achieved"]
    try:
        pair.validate_constraints()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    pair.save(update_fields=["ended_on", "end_reason", "achieved"])
    return _now("Help has ended: %(what)s") % {"what": pair.achieved}


@register
class PairLedger(Ledger):
    """Helpers are named in the file of whom they help."""

    code = "pairs"
    model = HelperPair
    name, one = _("Helpers and helped"), _("Helper and helped")
    icon = "heart-handshake"
    columns = (
        Column(
            "helped",
            _("Helped"),
            Kind.NAME,
            lambda pair, today: str(pair.whom),
            needs=("resident", "household__head"),
        ),
        Column("id_number", _("Identity number"), Kind.ID_NUMBER, lambda pair, today: number_of(pair)),
        Column(
            "is_household", _("Whole household"), Kind.FLAG, lambda pair, today: pair.household_id is not None
        ),
        "helper",
        "helper_kind",
        "helper_unit",
        Column("helper_phone", kind=Kind.PHONE),
        "since",
        "plan",
        "achieved",
        "ended_on",
        "end_reason",
        "region",
    )
    listed = ("helped", "helper", "helper_kind", "since", "plan", "achieved", "ended_on", "region")
    tabs = {
        "open": Tab(pgettext_lazy("helpers", "Helping"), Q(ended_on=None)),
        "ended": Tab(pgettext_lazy("helpers", "Ended"), Q(ended_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "helper_kind", "since", "end_reason")
    groups = ("region", "helper_kind", "end_reason")
    sections = (
        Section(_("Helper and helped"), ("helped", "id_number", "is_household", "region", "since", "plan")),
        Section(_("Helper"), ("helper", "helper_kind", "helper_unit", "helper_phone")),
        Section(_("What came of it"), ("achieved", "ended_on", "end_reason")),
    )
    edit = None
    intake = "pairs"
    actions = (
        Action(
            "end",
            _("End help"),
            Right.EDIT_PEOPLE,
            run=end,
            form=end_form,
            why_not=ended,
            primary=True,
        ),
        Action(
            "correct",
            _("Correct the pair"),
            Right.EDIT_PEOPLE,
            url=lambda pair: reverse("pair_edit", args=[pair.pk]),
        ),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        helped = people.search(text, "resident__") | people.search(text, "household__head__")
        return helped | Q(helper__icontains=text)


def number_of(pair: HelperPair) -> str:
    person = pair.resident or (pair.household.head if pair.household else None)
    return str(person.id_number or "") if person else ""


def visit_to(ledger: str, whom: str, *, primary: bool = False) -> Action:
    """The button in a file by which a visit to it is recorded; it leads back there."""

    def url(record: Any) -> str:
        back = registry.get(ledger).url("file", record.pk)
        return f"{reverse('visit_new')}?{whom}={record.pk}&next={back}"

    return Action("visit", _("Record visit"), Right.EDIT_PEOPLE, url=url, primary=primary)


def helper_for(whom: str) -> Action:
    return Action(
        "helper",
        _("Name a helper"),
        Right.EDIT_PEOPLE,
        url=lambda record: f"{reverse('pair_new')}?{whom}={record.pk}",
        aside=True,
    )


def pairs_of(whom: str) -> Source:
    return Source(
        "pairs",
        rows=lambda record: HelperPair.objects.filter(**{whom: record}),
        at="since",
        title=lambda pair: _now("Helped by %(helper)s") % {"helper": pair.helper},
        text=lambda pair: " · ".join(part for part in (pair.plan, pair.achieved) if part),
        url=lambda pair: registry.get("pairs").url("file", pair.pk),
    )


FILES = (
    ("residents", "resident"),
    ("households", "household"),
    ("employers", "employer"),
    ("outlets", "outlet"),
)
for code, whom in FILES:
    registry.add_source(code, timeline(whom))
    registry.add_action(code, visit_to(code, whom, primary=whom == "resident"))
for code, whom in FILES[:2]:
    registry.add_source(code, pairs_of(whom))
    registry.add_action(code, helper_for(whom))
