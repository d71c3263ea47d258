"""Research notes, and the actions of partners."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.services.market.models import PartnerAction, ResearchNote


@register
class ResearchNoteLedger(Ledger):
    code = "research-notes"
    model = ResearchNote
    name, one = _("Research notes"), _("Research note")
    icon = "notes"
    columns = (
        "title",
        "theme",
        "written_on",
        "author",
        "sources",
        "findings",
        "proposals",
        "answer",
        "region",
    )
    listed = ("title", "theme", "written_on", "author", "answer", "region")
    tabs = {
        "all": Tab(_("All")),
        "open": Tab(_("Proposals without an answer"), ~Q(proposals="") & Q(answer="")),
    }
    filters = ("q", "region", "theme", "written_on")
    groups = ("theme", "region")
    sorts = {"written": Sort(_("Written last"), "written_on", descending=True)}
    sections = (
        Section(
            pgettext_lazy("note", "Note"), ("title", "theme", "written_on", "author", "sources", "region")
        ),
        Section(_("What was found"), ("findings", "proposals", "answer")),
    )
    required = ("title", "theme", "written_on", "findings", "region")

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(title__icontains=text) | Q(author__icontains=text)


@register
class PartnerActionLedger(Ledger):
    code = "partner-actions"
    model = PartnerAction
    name, one = _("Partners and their actions"), _("Action of a partner")
    icon = "users-group"
    columns = ("partner", "kind", "done_on", "what", "people", "placed", "contact", "phone", "note", "region")
    listed = ("partner", "kind", "done_on", "what", "people", "placed", "region")
    filters = ("q", "region", "kind", "done_on")
    groups = ("kind", "region")
    sorts = {"done": Sort(_("Done last"), "done_on", descending=True)}
    required = ("partner", "kind", "done_on", "what", "region")

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(partner__icontains=text) | Q(what__icontains=text)
