"""The ledger of visits, and their place in a resident's file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits.api import timeline
from qiao.services.visits.models import Outcome, Visit


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
        "target",
        "way",
        "outcome",
        "situation",
        Column("needs", source=lambda visit, today: visit.needs_shown),
        "note",
        "by",
        "next_on",
        "region",
    )
    listed = ("resident", "visited_on", "outcome", "situation", "needs", "note", "by", "region")
    tabs = {
        "all": Tab(_("All")),
        "met": Tab(_("Met"), Q(outcome=Outcome.MET)),
        "not_met": Tab(_("Not met"), ~Q(outcome=Outcome.MET)),
    }
    filters = ("q", "region", "outcome", "target", "way", "visited_on")
    sorts = {"visited": Sort(_("Visited last"), "visited_on", descending=True)}
    groups = ("region", "outcome", "situation", "by")
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return (
            people.search(text, "resident__")
            | employers.search(text, "employer")
            | Q(outlet__name__icontains=text)
        )


def visit_to(ledger: str, whom: str, *, primary: bool = False) -> Action:
    """The button in a file by which a visit to it is recorded; it leads back there."""

    def url(record: Any) -> str:
        back = registry.get(ledger).url("file", record.pk)
        return f"{reverse('visit_new')}?{whom}={record.pk}&next={back}"

    return Action("visit", _("Record visit"), Right.EDIT_PEOPLE, url=url, primary=primary)


for code, whom in (("residents", "resident"), ("employers", "employer"), ("outlets", "outlet")):
    registry.add_source(code, timeline(whom))
    registry.add_action(code, visit_to(code, whom, primary=whom == "resident"))
