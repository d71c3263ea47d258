"""How the records behind the figures of loans are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.masking import mask_name
from qiao.core.indicators.registry import Names, list_as
from qiao.core.records.dates import shown
from qiao.services.loans.models import Claim, Instalment, Loan, Standing, Subsidy

Columns = Sequence[tuple[Any, Callable[[Any], object]]]


def _yuan(name: str) -> Callable[[Any], str]:
    return lambda one: f"{getattr(one, name) / 100:,.2f}"


def _day(name: str) -> Callable[[Any], object]:
    return lambda one: shown(getattr(one, name))


def _of_loans(model: type[Model], columns: Columns, loan: str = "loan") -> None:
    """Lists records by the borrower's masked name; each leads to the file of its loan."""
    path = f"{loan}__resident" if loan else "resident"

    def owner(one: Any) -> Any:
        return getattr(one, loan) if loan else one

    list_as(
        model,
        Names(
            columns=[
                (_("Name"), lambda one: mask_name(owner(one).resident.name)),
                *columns,
                (_("Community"), lambda one: one.region.name),
            ],
            address=lambda one: reverse("ledgers:file", args=["loans", owner(one).pk]),
            prepare=lambda rows: rows.select_related("region", path),
        ),
    )


_of_loans(
    Loan,
    [
        (_("Contract number"), lambda one: one.number),
        (_("Paid out on"), _day("lent_on")),
        (_("Amount (yuan)"), _yuan("amount_fen")),
        (_("Outstanding (yuan)"), _yuan("balance_fen")),
    ],
    loan="",
)
_of_loans(
    Instalment,
    [
        (_("Due on"), _day("due")),
        (_("Principal (yuan)"), _yuan("principal_fen")),
        (_("Principal paid (yuan)"), _yuan("paid_principal_fen")),
        (_("Interest (yuan)"), _yuan("interest_fen")),
        (_("Interest paid (yuan)"), _yuan("paid_interest_fen")),
        (_("Settled on"), _day("settled_on")),
    ],
)
_of_loans(
    Standing,
    [
        (_("Since"), _day("since")),
        (_("Outstanding (yuan)"), _yuan("balance_fen")),
        (_("Oldest unpaid due date"), _day("oldest_unpaid")),
    ],
)
_of_loans(
    Claim,
    [
        (_("Claimed on"), _day("claimed_on")),
        (_("Paid by the fund (yuan)"), _yuan("paid_fen")),
        (_("Recovered (yuan)"), _yuan("recovered_fen")),
    ],
)
_of_loans(
    Subsidy,
    [
        (_("Due on"), _day("due")),
        (_("Interest (yuan)"), _yuan("interest_fen")),
        (_("Interest subsidy (yuan)"), _yuan("subsidy_fen")),
    ],
)
