"""Recognitions of hardship and households without work: lists that lead to the cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure_of
from qiao.core.procedures.models import Case
from qiao.services.people.identity.search import matching
from qiao.services.people.models import (
    HardshipCase,
    ZeroEmploymentCase,
)
from qiao.services.people.zero_employment import days_open, in_words


def stage_name(case: Case, today: date) -> Any:
    return procedure_of(case).stage_by_code[case.stage].label


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
