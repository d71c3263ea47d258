"""The answer to a case, by its type, in the names in which such cases state what they expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from qiao.engines.amortisation.cases import money_cases
from qiao.engines.amortisation.cases.rows import rows_of
from qiao.engines.amortisation.cases.terms import day_count_of
from qiao.engines.amortisation.cases.values import BadCase, day, need, number, yuan
from qiao.engines.amortisation.dates import IsWorkday
from qiao.engines.amortisation.payoff import Open, Payoff, pay_off
from qiao.engines.amortisation.schedule import Row


def answer(case: Mapping[str, Any], is_workday: IsWorkday | None = None) -> dict[str, Any]:
    """The case's `id` and its `rows` with `totals`, or under `answer` what its type asks for. Raises BadCase."""
    if not isinstance(case, Mapping):
        raise BadCase("a case is an object with names and values")
    kind = str(case.get("type", "schedule"))
    head = {"id": case["id"]} if "id" in case else {}
    if kind in ("schedule", "schedule_totals"):
        return head | _rows(case, is_workday)
    if kind == "payoff":
        return head | {"answer": _payoff(case, is_workday)}
    found: Callable[[Mapping[str, Any]], Any] | None = money_cases.ANSWERS.get(kind)
    if found is None:
        known = ", ".join(sorted(money_cases.ANSWERS))
        raise BadCase(f"type: {kind!r} is not known; known are schedule, payoff, {known}")
    return head | {"answer": found(case)}


def _rows(case: Mapping[str, Any], is_workday: IsWorkday | None) -> dict[str, Any]:
    terms, rows = rows_of(case, is_workday)
    return {
        "rows": [
            {
                "due_date": row.due.isoformat(),
                "principal": yuan(row.principal),
                "interest": yuan(row.interest),
                "balance": yuan(row.balance),
            }
            for row in rows
        ],
        "instalment": yuan(rows[min(terms.grace, len(rows) - 1)].total),
        "totals": {
            "principal": yuan(sum(row.principal for row in rows)),
            "interest": yuan(sum(row.interest for row in rows)),
        },
    }


def _payoff(case: Mapping[str, Any], is_workday: IsWorkday | None) -> dict[str, str]:
    """What pays the loan off on `payoff_date`; rows count as paid when an event of their day says so."""
    on = day(need(case, "payoff_date"), "payoff_date")
    terms, rows = rows_of(case, is_workday)
    if on < terms.start:
        raise BadCase(f"payoff_date: {on} lies before the loan was paid out")
    paid = {day(one.get("date"), "events.date") for one in case.get("events") or ()}
    lateness = money_cases.lateness(
        Fraction(number(case.get("penalty_multiplier", "1.5"), "penalty_multiplier"))
    )
    starts = [terms.start, *(row.due for row in rows)]
    left = [_open(since, row) for since, row in zip(starts, rows, strict=False) if row.due not in paid]
    return _told(pay_off(left, terms.rate, on, day_count_of(case), terms.step, lateness))


def _open(since: date, row: Row) -> Open:
    return Open(since, row.due, row.principal, row.interest, row.due)


def _told(found: Payoff) -> dict[str, str]:
    return {
        "principal": yuan(found.principal),
        "interest": yuan(found.interest),
        "penalty": yuan(found.penalty),
        "total": yuan(found.total),
    }
