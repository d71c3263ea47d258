"""What the stations' decisions do to an application, and what stands against them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qiao.core.procedures.declaration import Move
from qiao.core.records.binding import beyond_scope
from qiao.services.loans.caps import highest
from qiao.services.loans.models import Application
from qiao.services.loans.models.loan import RepaidBy
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.guarantee import release, reserve
from qiao.services.loans.money.lending import Contract, disburse


def let_go(case: Application, move: Move) -> None:
    """The fund is the district's: whoever ends a case gives its room back, without seeing the fund."""
    with beyond_scope("the promise for a loan ends with its application"):
        release(case, move.on)


def recommend(case: Application, move: Move) -> None:
    case.recommended_on = move.on


def send(case: Application, move: Move) -> None:
    case.bank = move.extra["bank"]
    case.sent_on = move.on


def visit(case: Application, move: Move) -> None:
    case.visited_on = move.on
    case.visited_by, case.visit_found = move.extra["visited_by"], move.extra["visit_found"]


def guarantee(case: Application, move: Move) -> None:
    """The promise takes room in the fund. Raises Refused when there is none."""
    grant(case, move)
    reserve(case, case.granted_fen or 0, move.on, move.by)
    case.guaranteed_on = move.on


def grant(case: Application, move: Move) -> None:
    """As asked for, or the less that the form says."""
    case.granted_fen = move.extra.get("granted_fen") or case.granted_fen or case.amount_fen
    case.granted_months = move.extra.get("granted_months") or case.granted_months or case.term_months


def sign(case: Application, move: Move) -> None:
    case.contract_number, case.contract_on = move.extra["number"], move.extra["lent_on"]
    case.contract_rate, case.contract_repaid_by = move.extra["rate"], move.extra["repaid_by"]
    case.signed_by = move.by


def pay(case: Application, move: Move) -> None:
    """Another person confirms what the bank signed: the loan, its schedule and its entry are written.

    Raises Refused.
    """
    contract = Contract(
        number=case.contract_number,
        fen=case.granted_fen or case.amount_fen,
        months=case.granted_months or case.term_months,
        rate=case.contract_rate or 0,
        on=case.contract_on or move.on,
        repaid_by=RepaidBy(case.contract_repaid_by),
        micro_profit=case.micro_profit is not False,
    )
    disburse(case, contract, Booked(f"lend-{case.pk}", move.on, case.signed_by, move.by))
    case.lent_on = contract.on


def refuse(case: Application, move: Move) -> None:
    let_go(case, move)
    case.refused_because, case.advice = move.extra["because"], move.extra["advice"]


def hand_back(field: str) -> Callable[[Application, Move], None]:
    """The station before is asked again: what its decision had dated is open once more."""

    def effect(case: Application, move: Move) -> None:
        setattr(case, field, None)
        if field == "guaranteed_on":
            let_go(case, move)

    return effect


def beyond_the_cap(case: Application, move: Move) -> str | None:
    """The cap of the day of application."""
    cap = highest(case, case.opened_on)
    asked = move.extra.get("granted_fen") or case.granted_fen or case.amount_fen
    if cap is None or asked <= cap:
        return None
    return _("%(asked)s yuan are more than the %(cap)s yuan that may be lent by the rule of %(on)s.") % {
        "asked": f"{asked / 100:,.0f}",
        "cap": f"{cap / 100:,.0f}",
        "on": case.opened_on,
    }
