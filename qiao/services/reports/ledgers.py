"""Stories of people, which reports tell with their consent."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people import api as people
from qiao.services.reports.models import Story


@register
class StoryLedger(Ledger):
    code = "stories"
    model = Story
    name, one = pgettext_lazy("report", "Stories"), pgettext_lazy("report", "Story")
    icon = "quote"
    columns = ("resident", "happened_on", "told", "consented_on", "consent", "withdrawn_on", "region")
    listed = ("resident", "happened_on", "consented_on", "withdrawn_on", "region")
    tabs = {
        "all": Tab(_("All")),
        "unasked": Tab(_("Without consent"), Q(consented_on=None)),
    }
    filters = ("q", "region", "happened_on")
    groups = ("region",)
    sorts = {"happened": Sort(_("Happened last"), "happened_on", descending=True)}
    required = ("resident", "happened_on", "told", "region")

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__") | Q(told__icontains=text)
