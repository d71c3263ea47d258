"""The ledger of visits, and their place in a resident's file."""

from __future__ import annotations

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
from qiao.services.people import api as people
from qiao.services.visits.api import TIMELINE
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
        Column("resident", _("Resident"), Kind.NAME, "resident.name", needs=("resident",)),
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
        return people.search(text, "resident__")


VISIT = Action(
    "visit",
    _("Record visit"),
    Right.EDIT_PEOPLE,
    url=lambda resident: f"{reverse('visit_new')}?resident={resident.pk}&next={resident_url(resident)}",
    primary=True,
)


def resident_url(resident: people.Resident) -> str:
    return registry.get("residents").url("file", resident.pk)


registry.add_source("residents", TIMELINE)
registry.add_action("residents", VISIT)
