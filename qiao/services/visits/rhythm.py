"""When the next visit falls: by why the last one was made, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qiao.core.duties.spans import Span, days, months
from qiao.services.visits.models import Finding, Outcome, Visit, Why

Rule = Callable[[Visit], date | None]
AGAIN = days("visit_again_days")
_rules: dict[str, Rule] = {}


def follows(why: str, rule: Rule) -> None:
    """The service whose work a visit looks after says when the next is owed; None when none is."""
    _rules[why] = rule


def after(span: Span) -> Rule:
    """A span after the visit, by the parameter that holds where and when it was made; a span of nothing: none."""

    def rule(visit: Visit) -> date | None:
        fixed = span.fixed(visit.region_id, visit.visited_on)
        return fixed.after(visit.visited_on) if fixed.count else None

    return rule


def if_interested(visit: Visit) -> date | None:
    return after(days("visit_interest_days"))(visit) if Finding.INTERESTED in visit.findings else None


follows(Why.HARDSHIP, after(months("followup_months")))
follows(Why.LOAN, after(months("visit_loan_months")))
follows(Why.POLICY, after(months("visit_policy_months")))
follows(Why.OUTREACH, if_interested)


def next_on(visit: Visit) -> date | None:
    """The day of the next visit; a visit in vain is tried again soon, one that was refused is not forced."""
    if visit.outcome in (Outcome.NOT_MET, Outcome.NO_ANSWER):
        return after(AGAIN)(visit)
    rule = _rules.get(visit.why)
    return rule(visit) if rule else None
