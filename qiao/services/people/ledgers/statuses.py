"""The register of statuses, spell after spell."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.identity.search import matching
from qiao.services.people.models import (
    Spell,
)
from qiao.services.people.models.choices import State

TONES = {State.UNEMPLOYED: "warn", State.EMPLOYED: "good"}


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
