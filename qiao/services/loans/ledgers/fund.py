"""The guarantee fund, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.loans.access import of_bank
from qiao.services.loans.ledgers.money import LoanLedger, RepaymentLedger
from qiao.services.loans.models import Fund, Loan, Order, Repayment


@register
class FundLedger(Ledger):
    code = "loan-fund"
    model = Fund
    name, one = _("Guarantee fund"), _("New guarantee fund")
    icon = "building-bank"
    see = Right.SEE_LOANS
    edit = Right.GUARANTEE_LOANS
    columns = (
        "name",
        "multiple",
        Column("deposit_fen", _("Deposit (yuan)"), Kind.MONEY),
        Column("liability_fen", _("Guaranteed (yuan)"), Kind.MONEY),
        Column("room", _("Room left (yuan)"), Kind.MONEY, lambda fund, today: fund.room_fen),
        "region",
    )
    frozen = ("deposit_fen", "liability_fen", "room")
    filters = ("q", "region")
    required = ("name", "region")


@register
class OrderLedger(Ledger):
    """Asked for by one person; another confirms on its page."""

    code = "loan-orders"
    model = Order
    name, one = _("Bookings to confirm"), _("Booking to confirm")
    icon = "checklist"
    see, edit = Right.SEE_LOANS, None
    columns = (
        "kind",
        "state",
        Column("loan", kind=Kind.LINK),
        "on",
        "until",
        Column("amount_fen", _("Amount (yuan)"), Kind.MONEY),
        "reason",
        "decided_on",
        "answer",
        "region",
    )
    listed = ("kind", "loan", "on", "amount_fen", "reason", "state", "region")
    tabs = {
        "waiting": Tab(pgettext_lazy("loan", "Waits for a second person"), Q(state="waiting"), danger=True),
        "decided": Tab(_("Decided"), ~Q(state="waiting")),
        "all": Tab(_("All")),
    }
    filters = ("region", "kind", "on")
    groups = ("kind",)

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        rows = super().records(viewer, deleted=deleted)
        return rows.filter(of_bank(viewer.appointment.role, viewer.user.pk, "loan__"))

    def file_url(self, record: Order) -> str:
        return reverse("loan_order", args=[record.pk])


def _page_of(code: str) -> Callable[[Loan], str]:
    return lambda loan: reverse(f"loan_{code}", args=[loan.pk])


def _repaid(viewer: Viewer, loan: Loan) -> object:
    return "" if loan.balance_fen else _("The loan is repaid.")


def _reversed(viewer: Viewer, repayment: Repayment) -> object:
    return _("This repayment is already reversed.") if repayment.reversed_by_id else ""


for code, label, primary in (
    ("repay", _("Record a repayment"), True),
    ("extend", _("Extend the loan"), False),
    ("claim", _("Claim on the guarantee fund"), False),
    ("review", _("Set a worse class"), False),
):
    registry.add_action(
        LoanLedger.code,
        Action(
            code,
            label,
            Right.BOOK_LOANS,
            url=_page_of(code),
            why_not=_repaid,
            primary=primary,
            aside=not primary,
        ),
    )
registry.add_action(
    RepaymentLedger.code,
    Action(
        "reverse",
        _("Reverse this repayment"),
        Right.BOOK_LOANS,
        url=lambda repayment: reverse("loan_reverse", args=[repayment.pk]),
        why_not=_reversed,
    ),
)
registry.add_action(
    FundLedger.code,
    Action(
        "deposit",
        _("Deposit or withdrawal"),
        Right.GUARANTEE_LOANS,
        url=lambda fund: reverse("loan_deposit", args=[fund.pk]),
        primary=True,
    ),
)
