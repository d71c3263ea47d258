"""Households and their members."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Related, Section
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.case_actions import ADD_MEMBER, END_MEMBERSHIP, MAKE_HEAD, verdict_in_words
from qiao.services.people.models import (
    Household,
    Membership,
)


@register
class HouseholdLedger(Ledger):
    code = "households"
    model = Household
    name = _("Households")
    one = _("New household")
    icon = "home"
    columns = (
        Column("head", _("Head of household"), Kind.NAME, "head.name", needs=("head",)),
        "number",
        Column("address", kind=Kind.ADDRESS),
        "region",
        "business_income",
        "note",
    )
    filters = ("q", "region", "business_income")
    sections = (
        Section(_("Household"), ("head", "number", "address", "region", "business_income", "note")),
        Related(_("Members"), "members", "household"),
        Related(_("Zero-employment household"), "zero-employment", "household"),
    )
    actions = (ADD_MEMBER,)

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(number__icontains=text) | Q(address__icontains=text) | Q(head__name__startswith=text)

    def record_title(self, record: Any, viewer: Viewer) -> str:
        return super().record_title(record, viewer) if record.head_id else record.number or f"#{record.pk}"

    def remark(self, record: Any, viewer: Viewer) -> object:
        return verdict_in_words(record, viewer.today)


@register
class MemberLedger(Ledger):
    code = "members"
    model = Membership
    name = _("Household members")
    one = _("Household member")
    icon = "users"
    columns = (
        Column("resident", _("Name"), Kind.NAME, "resident.name", needs=("resident",)),
        "relation",
        Column("state", _("Status"), source="resident.state", needs=("resident",)),
        "since",
        "until",
    )
    filters = ("region",)
    groups = ()
    edit = None
    actions = (END_MEMBERSHIP, MAKE_HEAD)
