"""The ledgers of relief and subsidies, of the amounts given, of what has to come back, and of policies that fit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure_of
from qiao.services.people import api as people
from qiao.services.support import actions, panel
from qiao.services.support.models import Benefit, Entitlement, Line, Reclaim, Stage
from qiao.services.support.models import Kind as Help
from qiao.services.support.models.choices import PAID, RELIEF
from qiao.services.support.policies import wording

HOLDERS = ("resident", "outlet", "employer")
OF_BENEFIT = ("benefit__resident", "benefit__outlet", "benefit__employer")


# Of a record that belongs to a benefit.
WHAT_FOR_WHOM = (
    Column("holder", _("For whom"), Kind.NAME, lambda one, today: one.benefit.holder_name, needs=OF_BENEFIT),
    Column(
        "kind",
        _("Kind of help"),
        Kind.CHOICE,
        lambda one, today: one.benefit.kind,
        choices=dict(Help.choices),
        needs=("benefit",),
    ),
)


def named(text: str, path: str = "") -> Q:
    """Records of a holder whom a typed text may mean."""
    return (
        Q(**{f"{path}outlet__name__icontains": text})
        | Q(**{f"{path}employer__name__icontains": text})
        | people.search(text, f"{path}resident__")
    )


@register
class BenefitLedger(Ledger):
    """Relief and subsidies as they stand; they move by the procedure."""

    code = "benefits"
    model = Benefit
    name, one = _("Relief and subsidies"), _("Relief or subsidy")
    icon = "heart-handshake"
    columns = (
        Column("holder", _("For whom"), Kind.NAME, lambda one, today: one.holder_name, needs=HOLDERS),
        "kind",
        Column("stage", source=lambda case, today: procedure_of(case).stage_by_code[case.stage].label),
        "from_on",
        "until_on",
        "months_allowed",
        "months_used",
        Column("left", _("Months left"), Kind.NUMBER, lambda one, today: one.months_left),
        Column("monthly_fen", _("Amount a month (yuan)"), Kind.MONEY),
        Column("paid_fen", _("Given so far (yuan)"), Kind.MONEY),
        Column("reclaimed_fen", _("Demanded back (yuan)"), Kind.MONEY),
        "stop_reason",
        "opened_on",
        "note",
        "region",
    )
    listed = ("holder", "kind", "stage", "from_on", "until_on", "left", "paid_fen", "region")
    tabs = {
        "granted": Tab(pgettext_lazy("benefit", "Running"), Q(stage=Stage.GRANTED)),
        "asked": Tab(_("Not yet decided"), Q(stage__in=(Stage.APPLIED, Stage.CHECKED, Stage.REVIEWED))),
        "ended": Tab(pgettext_lazy("benefit", "Ended"), Q(closed_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "kind", "from_on", "until_on")
    groups = ("region", "kind")
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return named(text)

    def file_url(self, record: Any) -> str:
        return reverse("case", args=["support", record.pk])


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200)


def _strike(viewer: Viewer, lines: list[Any], data: dict[str, Any]) -> object:
    number = actions.take_back(lines, viewer.user, data["because"])
    return ngettext("%d amount is struck out.", "%d amounts are struck out.", number) % number


@register
class LineLedger(Ledger):
    code = "support-lines"
    model = Line
    name, one = _("Amounts of relief and subsidies"), _("Amount given")
    icon = "receipt"
    columns = (
        *WHAT_FOR_WHOM,
        Column("item", kind=Kind.CHOICE, choices=Dictionary("relief_items")),
        Column("month", source=lambda one, today: f"{one.month:%Y-%m}"),
        "months",
        Column("amount_fen", _("Amount (yuan)"), Kind.MONEY),
        "office",
        "given_on",
        "note",
        "region",
    )
    tabs = {
        "relief": Tab(_("Relief"), Q(benefit__kind__in=RELIEF)),
        "paid": Tab(pgettext_lazy("support", "Subsidies"), Q(benefit__kind__in=PAID)),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        Filter("kind", "benefit__kind", _("Kind of help"), "choice", Help.choices),
        "item",
        "given_on",
    )
    sorts = {"given": Sort(_("Given last"), "given_on", descending=True)}
    groups = ("region", "item", "office")
    edit = None
    intake = "relief"
    actions = (
        Action(
            "strike",
            _("Strike out"),
            Right.DECIDE_CASES,
            run=_strike,
            form=lambda viewer: BecauseForm,
            batch=True,
            danger=True,
        ),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        return named(text, "benefit__")

    def record_title(self, record: Any, viewer: Viewer) -> str:
        return f"{self.resolved['holder'].shown(record.benefit.holder_name, viewer.personal)} · {record.month:%Y-%m}"


def _repaid(viewer: Viewer, reclaims: list[Any], data: dict[str, Any]) -> object:
    number = actions.repaid(reclaims, viewer.today)
    return ngettext("%d amount has come back.", "%d amounts have come back.", number) % number


def _back_already(viewer: Viewer, one: Reclaim) -> object:
    return _now("It has come back already.") if one.repaid_on else ""


@register
class ReclaimLedger(Ledger):
    code = "reclaims"
    model = Reclaim
    name, one = _("Money to come back"), _("Amount demanded back")
    icon = "receipt-refund"
    columns = (
        *WHAT_FOR_WHOM,
        Column("amount_fen", _("Amount (yuan)"), Kind.MONEY),
        "because",
        "demanded_on",
        "repaid_on",
        "note",
        "region",
    )
    tabs = {
        "open": Tab(_("Not yet back"), Q(repaid_on=None), danger=True),
        "back": Tab(_("Come back"), Q(repaid_on__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "demanded_on")
    edit = None
    actions = (
        Action(
            "repaid",
            _("Has come back"),
            Right.REVIEW_CASES,
            run=_repaid,
            why_not=_back_already,
            batch=True,
            primary=True,
        ),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        return named(text, "benefit__")


STATES = {"coming": "info", "fits": "good", "ending": "warn", "lost": ""}


@register
class EntitlementLedger(Ledger):
    """What the sweep of the night found; a row leads to the policies of the person."""

    code = "entitlements"
    model = Entitlement
    name, one = _("Policies that fit"), _("Policy that fits")
    icon = "certificate"
    columns = (
        Column("resident", _("Resident"), Kind.NAME, source="resident.name", needs=("resident",)),
        Column(
            "policy",
            kind=Kind.CHOICE,
            choices={code: said.name for code, said in wording().policies.items()},
        ),
        Column("state", tones=STATES),
        "turns_on",
        "changed_on",
        "told_on",
        "told_by",
        "answer",
        "region",
    )
    tabs = {
        "news": Tab(_("To be told"), Q(told_on=None)),
        "soon": Tab(_("Changes soon"), Q(state__in=("coming", "ending"))),
        "fits": Tab(pgettext_lazy("policy", "Fits"), Q(state__in=("fits", "ending"))),
        "lost": Tab(_("Fits no longer"), Q(state="lost")),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        Filter(
            "policy",
            "policy",
            _("Policy"),
            "choice",
            [(code, said.name) for code, said in wording().policies.items()],
        ),
        "state",
        "changed_on",
    )
    groups = ("region", "policy", "state")
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__")

    def file_url(self, record: Any) -> str:
        return reverse("support_person", args=[record.resident_id])


def _applies(ledger: str, name: str) -> None:
    """From the file of a resident, an outlet or an employer one applies for what it may be given."""
    registry.add_action(
        ledger,
        Action(
            "support",
            _("Apply for relief or a subsidy"),
            Right.EDIT_PEOPLE,
            url=lambda record: f"{reverse('case_new', args=['support'])}?{name}={record.pk}",
            aside=True,
        ),
    )


for _ledger, _name in (("residents", "resident"), ("outlets", "outlet"), ("employers", "employer")):
    _applies(_ledger, _name)
registry.add_panel("residents", panel.POLICIES)
registry.add_source(
    "residents",
    Source(
        "support",
        rows=lambda resident: Benefit.objects.filter(resident=resident.pk),
        at="opened_on",
        title=lambda one: one.get_kind_display(),
        text=lambda one: procedure_of(one).stage_by_code[one.stage].label,
        url=lambda one: reverse("case", args=["support", one.pk]),
    ),
)
registry.add_source(
    "outlets",
    Source(
        "support",
        rows=lambda outlet: Line.objects.filter(benefit__outlet=outlet.pk).select_related("benefit"),
        at="given_on",
        title=lambda one: Dictionary("relief_items").get(one.item, one.item),
        text=lambda one: f"{one.amount_fen / 100:.2f} · {one.office}",
        url=lambda one: reverse("case", args=["support", one.benefit_id]),
    ),
)
