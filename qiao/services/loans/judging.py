"""What the records say for and against an application, each finding with its reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from qiao.core.standards import api as standards
from qiao.services.loans.caps import highest
from qiao.services.loans.models import Application, choices

Finding = tuple[bool | None, str]
WAIVED = choices.CounterGuarantee.CREDIT_COMMUNITY, choices.CounterGuarantee.HONOUR


def of_application(case: Application, today: date) -> Iterator[Finding]:
    yield _amount(case)
    yield _term(case)
    yield _age(case)
    yield _sheet(case)
    yield _backing(case)
    yield from _trade(case)
    yield from _earlier(case)


def _amount(case: Application) -> Finding:
    cap = highest(case, case.opened_on)
    if cap is None:
        return None, _("No cap is known for %s.") % case.opened_on
    words = {"cap": f"{cap / 100:,.0f}"}
    if case.amount_fen <= cap:
        return True, _("The amount is within the cap of %(cap)s yuan.") % words
    return False, _("The amount is above the cap of %(cap)s yuan.") % words


def _term(case: Application) -> Finding:
    longest = standards.value_or_none("loan_term_months", case.region_id, case.opened_on)
    if longest is None:
        return None, _("No longest term is known for %s.") % case.opened_on
    return case.term_months <= longest, _("The term may be %s months at most.") % longest


def _age(case: Application) -> Finding:
    limit = standards.value("loan_age_limit", case.region_id, case.opened_on)
    age = case.resident.age_on(case.opened_on)
    if age is None:
        return None, _("The birth date is not known.")
    return age <= limit, _("Aged %(age)s; the limit is %(limit)s.") % {"age": age, "limit": limit}


def _sheet(case: Application) -> Finding:
    sheet = getattr(case, "feasibility", None)
    if sheet is None:
        return None, _("The feasibility sheet is not filled in.")
    earned = sheet.net_fen * case.term_months
    words = {"net": f"{sheet.net_fen / 100:,.0f}", "all": f"{earned / 100:,.0f}", "n": case.term_months}
    if earned >= case.amount_fen:
        return True, _(
            "A profit of %(net)s yuan a month makes %(all)s in %(n)s months, enough to repay."
        ) % words
    return False, _("A profit of %(net)s yuan a month makes %(all)s in %(n)s months, too little.") % words


def _backing(case: Application) -> Finding:
    if case.counter_guarantee in WAIVED:
        return True, str(choices.CounterGuarantee(case.counter_guarantee).label)
    if case.backing.exists():
        return True, _("A counter-guarantee is recorded.")
    return None, _("No counter-guarantee is recorded yet.")


def _trade(case: Application) -> Iterator[Finding]:
    words = standards.value("loan_excluded_trades", case.region_id, case.opened_on)
    if found := [word for word in words if word in case.business]:
        yield None, _("“%s” is a word of restricted trades: look twice.") % found[0]


def _earlier(case: Application) -> Iterator[Finding]:
    before = Application.objects.filter(resident=case.resident_id, pk__lt=case.pk).order_by("-pk").first()
    if before and before.lent_on:
        yield None, _("Had a loan paid out on %s.") % before.lent_on
    elif before and before.refused_because:
        yield (
            None,
            _("Was refused on %(on)s: %(why)s.")
            % {
                "on": before.closed_on,
                "why": before.get_refused_because_display(),
            },
        )
