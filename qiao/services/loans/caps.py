"""The highest loan by the rule of a day and by who borrows."""

from __future__ import annotations

from datetime import date

from qiao.core.standards import api as standards
from qiao.services.loans.models import Application
from qiao.services.loans.models.choices import Borrower


def highest(application: Application, on: date) -> int | None:
    """In fen; None where no rule of the day is known. Partners: so many times the cap of one person."""
    heads = 1 + application.partners.count() if application.kind == Borrower.PARTNERS else 1
    return cap_of(application.kind, application.region_id, on, heads)


def cap_of(kind: str, region: int, on: date, heads: int = 1) -> int | None:
    code = "loan_cap_firm" if kind == Borrower.FIRM else "loan_cap_person"
    cap = standards.value_or_none(code, region, on)
    return None if cap is None else int(cap) * heads
