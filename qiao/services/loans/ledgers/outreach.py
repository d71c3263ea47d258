"""Banks under agreement, and publicity for loans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Sort
from qiao.core.ledgers.registry import register
from qiao.services.loans.models import Bank, Publicity


@register
class BankLedger(Ledger):
    code = "banks"
    model = Bank
    name, one = _("Banks"), _("New bank")
    icon = "building-bank"
    see = Right.SEE_LOANS
    edit = Right.GUARANTEE_LOANS
    columns = (
        "name",
        "account",
        "contact",
        Column("phone", kind=Kind.PHONE),
        "agreed_on",
        "stopped_on",
        "region",
    )
    filters = ("q", "region")
    frozen = ("stopped_on",)
    required = ("name", "region")


@register
class PublicityLedger(Ledger):
    code = "loan-publicity"
    model = Publicity
    name, one = _("Publicity for loans"), _("New publicity")
    icon = "speakerphone"
    see = Right.SEE_LOANS
    edit = Right.APPLY_LOANS
    columns = (
        "place",
        "held_on",
        "kind",
        "sessions",
        "leaflets",
        "reached",
        "partners",
        "by",
        "note",
        "region",
    )
    listed = ("place", "held_on", "kind", "sessions", "leaflets", "reached", "by", "region")
    filters = ("q", "region", "kind", "held_on")
    sorts = {"held": Sort(_("Held last"), "held_on", descending=True)}
    groups = ("region", "kind", "by")
    required = ("place", "held_on", "kind", "region")
    match_on = ("place", "held_on", "kind")
