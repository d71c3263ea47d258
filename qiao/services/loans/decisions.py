"""What the stations' decisions do to an application, and what stands against them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from qiao.core.procedures.declaration import Move
from qiao.core.standards import api as standards
from qiao.services.loans.models import Application


def recommend(case: Application, move: Move) -> None:
    case.recommended_on = move.on


def send(case: Application, move: Move) -> None:
    case.bank = move.extra["bank"]
    case.sent_on = move.on


def visit(case: Application, move: Move) -> None:
    case.visited_on = move.on
    case.visited_by, case.visit_found = move.extra["visited_by"], move.extra["visit_found"]


def guarantee(case: Application, move: Move) -> None:
    grant(case, move)
    case.guaranteed_on = move.on


def grant(case: Application, move: Move) -> None:
    """As asked for, or the less that the form says."""
    case.granted_fen = move.extra.get("granted_fen") or case.granted_fen or case.amount_fen
    case.granted_months = move.extra.get("granted_months") or case.granted_months or case.term_months


def refuse(case: Application, move: Move) -> None:
    case.refused_because, case.advice = move.extra["because"], move.extra["advice"]


def hand_back(field: str) -> Callable[[Application, Move], None]:
    """The station before is asked again: what its decision had dated is open once more."""

    def effect(case: Application, move: Move) -> None:
        setattr(case, field, None)

    return effect


def beyond_the_cap(case: Application, move: Move) -> str | None:
    """The caps of the day of application, by who borrows. Partners: so many times the cap of one person."""
    cap = highest(case)
    asked = move.extra.get("granted_fen") or case.granted_fen or case.amount_fen
    if cap is None or asked <= cap:
        return None
    return _("%(asked)s yuan are more than the %(cap)s yuan that may be lent by the rule of %(on)s.") % {
        "asked": f"{asked / 100:,.0f}",
        "cap": f"{cap / 100:,.0f}",
        "on": case.opened_on,
    }


def highest(case: Application) -> int | None:
    """The highest amount in fen, or None where no rule of the day is known."""
    code = "loan_cap_firm" if case.kind == "firm" else "loan_cap_person"
    cap = standards.value_or_none(code, case.region_id, case.opened_on)
    heads = 1 + case.partners.filter(deleted_at=None).count() if case.kind == "partners" and case.pk else 1
    return None if cap is None else int(cap) * heads
