"""What belongs to one application: partners, counter-guarantees, errands, the feasibility sheet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.fields import BelongsField
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Section
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.loans.access import case_url, seen
from qiao.services.loans.models import Application, Backing, Errand, Feasibility, Partner
from qiao.services.loans.models.feasibility import COSTS, NEEDS


class OfApplication(Ledger):
    """Records that belong to one application: entered from its case, and back to it."""

    icon = "file-dollar"
    see = Right.SEE_LOANS
    edit = Right.APPLY_LOANS
    fields = {"application": BelongsField(Application)}
    filters = ("region",)
    frozen = ("region",)

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        rows = super().records(viewer, deleted=deleted)
        return rows.filter(seen(viewer.appointment.role, viewer.user.pk, "application__"))

    def store(self, record: Any, viewer: Viewer) -> None:
        record.region_id = record.application.region_id
        record.save()

    def saved_url(self, record: Any) -> str:
        return case_url(record.application_id)


@register
class PartnerLedger(OfApplication):
    code = "loan-partners"
    model = Partner
    name, one = _("Partners"), _("New partner")
    columns = (
        Column("name", kind=Kind.NAME),
        "relation",
        Column("phone", kind=Kind.PHONE),
        Column("share_fen", _("Share of the loan (yuan)"), Kind.MONEY),
        "application",
        "region",
    )
    listed = ("name", "relation", "phone", "share_fen")
    required = ("name", "application")


@register
class BackingLedger(OfApplication):
    code = "loan-backing"
    model = Backing
    name, one = _("Counter-guarantees"), _("New counter-guarantee")
    columns = (
        Column("name", kind=Kind.NAME),
        "kind",
        Column("phone", kind=Kind.PHONE),
        "unit",
        "relation",
        Column("pay_fen", _("Pay a month (yuan)"), Kind.MONEY),
        "thing",
        Column("value_fen", _("Value (yuan)"), Kind.MONEY),
        "seen_on",
        "application",
        "region",
    )
    listed = ("name", "kind", "unit", "pay_fen", "thing", "value_fen")
    required = ("name", "kind", "application")


@register
class ErrandLedger(OfApplication):
    code = "loan-errands"
    model = Errand
    name, one = _("Done for applicants"), _("New errand")
    columns = (
        "paper",
        "what",
        "on",
        Column("paid_fen", _("Paid (yuan)"), Kind.MONEY),
        "by",
        "note",
        "application",
        "region",
    )
    listed = ("paper", "what", "on", "paid_fen", "by")
    required = ("paper", "what", "on", "application")


def yuan(key: str) -> Column:
    return Column(key, kind=Kind.MONEY)


@register
class FeasibilityLedger(OfApplication):
    code = "loan-feasibility"
    model = Feasibility
    name, one = _("Feasibility sheets"), _("Feasibility sheet")
    columns = (
        Column(
            "who", _("Borrower"), Kind.NAME, "application.resident.name", needs=("application__resident",)
        ),
        *(yuan(key) for key in (*NEEDS, "need_fen", "own_fen", "gap_fen", "income_fen", *COSTS)),
        yuan("net_fen"),
        yuan("household_fen"),
        "application",
        "region",
    )
    listed = ("who", "need_fen", "own_fen", "gap_fen", "income_fen", "net_fen", "region")
    sections = (
        Section(
            _("What is needed, in yuan"), ("who", *NEEDS, "need_fen", "own_fen", "gap_fen", "application")
        ),
        Section(_("A month, in yuan"), ("income_fen", *COSTS, "net_fen", "household_fen")),
    )
    required = ("application", "income_fen")

    def store(self, record: Any, viewer: Viewer) -> None:
        """What is left empty is nothing."""
        for key in (*NEEDS, *COSTS, "own_fen", "household_fen"):
            if getattr(record, key) is None:
                setattr(record, key, 0)
        super().store(record, viewer)
