"""The plain ledgers of money: loans with their rows, and what was repaid. Nothing is typed here; actions write."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Related, Section, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.loans.access import of_bank
from qiao.services.loans.models import Instalment, Loan, Repayment
from qiao.services.people import api as people

TONES = {1: "warn", 2: "bad", 3: "bad", 4: "bad"}


class OfBank(Ledger):
    """A bank sees its own; `to_loan` leads from the record to the loan."""

    see, edit = Right.SEE_LOANS, None
    to_loan: ClassVar[str] = "loan__"

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        rows = super().records(viewer, deleted=deleted)
        return rows.filter(of_bank(viewer.appointment.role, viewer.user.pk, self.to_loan))


@register
class LoanLedger(OfBank):
    code = "loans"
    model = Loan
    name, one = _("Guaranteed loans"), _("New loan")
    icon = "coin-yuan"
    to_loan = ""
    columns = (
        "number",
        Column("resident", kind=Kind.LINK),
        "bank",
        Column("amount_fen", _("Amount"), Kind.MONEY),
        "lent_on",
        "ends_on",
        Column("rate_percent", _("Rate a year (%)"), Kind.NUMBER, lambda loan, today: loan.rate / 10_000),
        "repaid_by",
        "counted",
        Column("balance_fen", _("Outstanding principal"), Kind.MONEY),
        Column("overdue", _("Days overdue"), Kind.NUMBER, lambda loan, today: loan.days_overdue(today)),
        "oldest_unpaid",
        Column("loan_class", tones=TONES),
        "found_because",
        "share",
        "subsidy",
        "subsidy_share",
        "policy",
        "repaid_on",
        "region",
    )
    listed = (
        "number",
        "resident",
        "bank",
        "amount_fen",
        "lent_on",
        "ends_on",
        "balance_fen",
        "overdue",
        "region",
    )
    tabs = {
        "overdue": Tab(
            _("Overdue"), lambda viewer: Q(balance_fen__gt=0, oldest_unpaid__lt=viewer.today), danger=True
        ),
        "running": Tab(_("Running"), Q(balance_fen__gt=0)),
        "repaid": Tab(_("Repaid"), Q(balance_fen=0)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "bank", "loan_class", "lent_on", "ends_on")
    groups = ("region", "bank", "loan_class")
    sections = (
        Section(
            pgettext_lazy("loan", "Contract"),
            (
                "number",
                "resident",
                "bank",
                "amount_fen",
                "rate_percent",
                "lent_on",
                "ends_on",
                "repaid_by",
                "counted",
            ),
        ),
        Section(
            _("Standing"),
            ("balance_fen", "overdue", "oldest_unpaid", "loan_class", "found_because", "repaid_on"),
        ),
        Section(_("Guarantee and subsidy"), ("share", "subsidy", "subsidy_share", "policy", "region")),
        Related(pgettext_lazy("loan", "Schedule"), "loan-rows", "loan", limit=60),
        Related(_("Repayments"), "repayments", "loan"),
    )

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(number__startswith=text) | people.search(text, "resident__")


@register
class RowLedger(OfBank):
    """Rows of schedules as they stand; replaced ones are not shown."""

    code = "loan-rows"
    model = Instalment
    name, one = _("Instalments"), _("New instalment")
    icon = "calendar-due"
    where = Q(retired=None)
    columns = (
        "due",
        Column("loan", kind=Kind.LINK),
        Column("principal_fen", _("Principal"), Kind.MONEY),
        Column("interest_fen", _("Interest"), Kind.MONEY),
        Column("paid_principal_fen", _("Principal paid"), Kind.MONEY),
        Column("paid_interest_fen", _("Interest paid"), Kind.MONEY),
        Column("paid_penalty_fen", _("Penalty paid"), Kind.MONEY),
        "settled_on",
        "extended",
        "region",
    )
    listed = (
        "due",
        "loan",
        "principal_fen",
        "interest_fen",
        "paid_principal_fen",
        "paid_interest_fen",
        "settled_on",
    )
    tabs = {
        "late": Tab(_("Overdue"), lambda viewer: Q(settled_on=None, due__lt=viewer.today), danger=True),
        "ahead": Tab(_("Not due yet"), lambda viewer: Q(settled_on=None, due__gte=viewer.today)),
        "all": Tab(_("All")),
    }
    filters = ("region", "due", "settled_on")
    groups = ("region",)


@register
class RepaymentLedger(OfBank):
    code = "repayments"
    model = Repayment
    name, one = _("Repayments"), _("New repayment")
    icon = "cash"
    columns = (
        "value_on",
        Column("loan", kind=Kind.LINK),
        "kind",
        Column("amount_fen", _("Amount"), Kind.MONEY),
        Column("principal_fen", _("Principal"), Kind.MONEY),
        Column("interest_fen", _("Interest"), Kind.MONEY),
        Column("penalty_fen", _("Penalty"), Kind.MONEY),
        Column("compound_fen", _("Compound interest"), Kind.MONEY),
        Column("fund_fen", _("Returned to the guarantee fund"), Kind.MONEY),
        Column("reversed", _("Reversed"), Kind.FLAG, lambda one, today: one.reversed_by_id is not None),
        "region",
    )
    listed = ("value_on", "loan", "kind", "amount_fen", "principal_fen", "interest_fen", "reversed", "region")
    tabs = {
        "standing": Tab(pgettext_lazy("loan", "Booked"), Q(reversed_by=None)),
        "reversed": Tab(_("Reversed"), Q(reversed_by__isnull=False)),
        "all": Tab(_("All")),
    }
    filters = ("region", "kind", "value_on")
    groups = ("region", "kind")
