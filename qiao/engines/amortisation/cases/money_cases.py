"""Cases without a schedule: accrual, penalty, allocation, classes, subsidy, ratios, fund."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Any

from qiao.engines.amortisation.accrual import accrued_on_day, interest, interest_between
from qiao.engines.amortisation.allocation import NORMAL, PRINCIPAL_FIRST, Part, allocate
from qiao.engines.amortisation.cases.rows import rows_of
from qiao.engines.amortisation.cases.terms import DAY_COUNTS, day_count_of
from qiao.engines.amortisation.cases.values import (
    BadCase,
    day,
    fen,
    need,
    number,
    percent,
    whole,
    yearly_rate,
    yuan,
)
from qiao.engines.amortisation.classes import DECREE_2023, class_of
from qiao.engines.amortisation.daycount import DayCount
from qiao.engines.amortisation.fund import claim, headroom, stopped
from qiao.engines.amortisation.payoff import Lateness
from qiao.engines.amortisation.penalty import PENALTY_FACTOR, penalty
from qiao.engines.amortisation.portfolio import Standing, ratios
from qiao.engines.amortisation.subsidy import FULL, NONE, Bearing, SubsidyRule, above_lpr, split

Case = Mapping[str, Any]
NAMES = json.loads((files(__package__) / "classes.json").read_text("utf-8"))
"""The names by which such a case knows the five classes."""
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def lateness(factor: Fraction) -> Lateness:
    """Raises BadCase for a factor that would make lateness cheaper than time."""
    if factor < 1:
        raise BadCase(f"penalty_multiplier: {factor} is below 1; the contract's rate with half on top is 1.5")
    return Lateness(factor)


def basis_of(case: Case) -> int:
    return 365 if day_count_of(case) is DayCount.ACT_365 else 360


def accrual(case: Case) -> Any:
    balance, rate = fen(need(case, "principal"), "principal"), yearly_rate(case)
    cases = case.get("cases")
    if isinstance(cases, Mapping):
        start, end = day(need(case, "from"), "from"), day(need(case, "to"), "to")
        return {
            name: yuan(interest_between(balance, rate, start, end, DAY_COUNTS[name.split(" (")[0]]))
            for name in cases
        }
    if cases:
        rule = DAY_COUNTS[str(case.get("convention", case.get("day_count"))).split(":")[0].split(" (")[0]]
        return [_between(one, balance, rate, rule) for one in cases]
    if "days" in case:
        days, basis = whole(case["days"], "days", most=36600), basis_of(case)
        daily = [accrued_on_day(balance, rate, number, basis) for number in range(1, days + 1)]
        return {"daily": [yuan(amount) for amount in daily], "cumulative": yuan(sum(daily))}
    return yuan(interest(balance, rate, (1, 12)))


def _between(one: Case, balance: int, rate: Fraction, rule: DayCount) -> dict[str, Any]:
    start, end = day(need(one, "from"), "from"), day(need(one, "to"), "to")
    days = (
        interest_between(360 * 100, Fraction(1, 100), start, end, rule)
        if rule in _OF_360
        else (end - start).days
    )
    made = interest_between(balance, rate, start, end, rule)
    return {"from": start.isoformat(), "to": end.isoformat(), "days": days, "interest": yuan(made)}


_OF_360 = (DayCount.THIRTY_360, DayCount.THIRTY_E_360)


def penalties(case: Case) -> list[dict[str, Any]]:
    principal, unpaid = fen(need(case, "overdue_principal")), fen(case.get("unpaid_interest", 0))
    rate, factor = (
        yearly_rate(case),
        number(case.get("penalty_multiplier", PENALTY_FACTOR), "penalty_multiplier"),
    )
    lateness(factor)
    basis = basis_of(case)
    found = []
    for one in need(case, "cases"):
        days = whole(need(one, "days_overdue"), "days_overdue", most=36600)
        found.append({
            "days_overdue": days,
            "penalty_on_principal": yuan(penalty(principal, rate, days, factor, basis)),
            "compound_on_unpaid_interest": yuan(penalty(unpaid, rate, days, factor, basis)),
        })  # fmt: skip
    return found


def allocation(case: Case) -> list[dict[str, Any]]:
    owed = {Part(name): fen(amount, name) for name, amount in need(case, "due").items()}
    found = []
    for one in need(case, "cases"):
        paid = fen(one["paid"], "paid")
        answers = {"normal": NORMAL, "principal_first": PRINCIPAL_FIRST}
        found.append(
            {"paid": yuan(paid)} | {name: _settled(paid, owed, order) for name, order in answers.items()}
        )
    return found


def _settled(paid: int, owed: Mapping[Part, int], order: Sequence[Part]) -> dict[str, str]:
    parts, excess = allocate(paid, owed, order)
    return {part.value: yuan(amount) for part, amount in parts.items()} | {"excess": yuan(excess)}


def classification(case: Case) -> list[dict[str, Any]]:
    found = []
    for one in need(case, "cases"):
        days, technical = whole(one["days_overdue"], "days_overdue", most=100_000), bool(one.get("technical"))
        made = NAMES[class_of(days, DECREE_2023, technical=technical)]
        found.append({"days_overdue": days, "technical": technical, "class": made})
    return found


def subsidy(case: Case) -> dict[str, str]:
    rule = _rule_of(case)
    if isinstance(loan := case.get("loan"), Mapping):
        made = [row.interest for row in rows_of(loan)[1]]
        parts = [split(amount, rule) for amount in made]
        return _parts("interest_in_term", sum(made), sum(part[0] for part in parts))
    balance, rate, basis = fen(need(case, "principal"), "principal"), yearly_rate(case), basis_of(case)
    if "facts" in case:
        return _facts(case, balance, rate, basis, rule)
    share = (whole(need(case, "days"), "days", most=36600), basis)
    amount = interest(balance, rate, share)
    return _parts("interest", amount, split(amount, rule, balance, share)[0])


def _parts(name: str, amount: int, subsidised: int) -> dict[str, str]:
    return {name: yuan(amount), "subsidy": yuan(subsidised), "borrower": yuan(amount - subsidised)}


def _facts(case: Case, balance: int, rate: Fraction, basis: int, rule: SubsidyRule) -> dict[str, str]:
    """Interest inside the term is subsidised, what comes after the due date is not."""
    inside = [fact for fact in case["facts"] if "overdue_from" not in fact]
    outside = [fact for fact in case["facts"] if "overdue_from" in fact]
    shares = [(whole(fact["days"], "days", most=36600), basis) for fact in inside]
    made = [interest(balance, rate, share) for share in shares]
    borne = [split(amount, rule, balance, share)[0] for amount, share in zip(made, shares, strict=True)]
    factor = number(case.get("penalty_multiplier", PENALTY_FACTOR), "penalty_multiplier")
    late = sum(penalty(balance, rate, whole(fact["days"], "days"), factor, basis) for fact in outside)
    return {
        "interest_in_term": yuan(sum(made)),
        "subsidy_in_term": yuan(sum(borne)),
        "penalty_interest": yuan(late),
        "subsidy_overdue": yuan(split(late, NONE)[0]),
    }


def _rule_of(case: Case) -> SubsidyRule:
    words = str(case.get("rule", "")).lower()
    if "lpr_pct" in case:
        points = re.search(r"(\d+)\s*bp", words)
        return above_lpr(
            percent(case["lpr_pct"], "lpr_pct"), Fraction(int(points[1]) if points else 150, 10_000)
        )
    if "full" in words:
        return FULL
    if share := PERCENT.search(words):
        return SubsidyRule(Bearing.SHARE, Fraction(share[1]) / 100)
    raise BadCase("rule: no share such as 50%, no full subsidy and no lpr_pct")


def _standing(one: Case) -> Standing:
    due, paid, on_time, balance = (
        fen(one[name], name) for name in ("due", "paid_of_due", "paid_on_time", "balance")
    )
    return Standing(due, paid, on_time, balance, whole(one["days_overdue"], "days_overdue", most=100_000))


def portfolio(case: Case) -> dict[str, str]:
    made = ratios(_standing(one) for one in need(case, "loans"))
    shares = {
        "repayment_rate_due_amount_pct": made.by_amount,
        "on_time_rate_pct": made.on_time,
        "repayment_rate_by_loans_pct": made.by_loans,
        **{f"PAR{days}_pct": share for days, share in made.par.items()},
        "overdue_amount_rate_pct": made.overdue,
    }
    return {name: "" if share is None else yuan(round(share * 10_000)) for name, share in shares.items()}


def fund(case: Case) -> Any:
    if "unpaid_principal" in case:
        parts = claim(
            fen(case["unpaid_principal"]),
            fen(case.get("unpaid_interest", 0)),
            percent(need(case, "fund_share_pct"), "fund_share_pct"),
        )
        return {
            "fund_pays": yuan(parts.fund_pays),
            "bank_bears": yuan(parts.bank_bears),
            "borrower_still_owes": yuan(parts.borrower_owes),
        }
    if "fund_balance" not in case:
        line = Fraction(1, 5)
        return [
            {"stop": stopped(fen(one["bad"]), fen(one["outstanding"]), line)} for one in need(case, "cases")
        ]
    multiple, liability = number(case["multiple"], "multiple"), fen(case["bank_outstanding_liability"])
    return [
        _room(one, fen(one.get("fund_balance", case["fund_balance"])), multiple, liability)
        for one in case["cases"]
    ]


def _room(one: Case, deposit: int, multiple: Fraction, liability: int) -> dict[str, Any]:
    left = headroom(deposit, multiple, liability)
    if "new_loan" not in one:
        return {"cap": yuan(left + liability), "allowed_new": left > 0, "headroom": yuan(left)}
    wanted = fen(one["new_loan"], "new_loan")
    allowed = wanted <= left
    return {"new_loan": yuan(wanted), "allowed": allowed} | (
        {"headroom_after": yuan(left - wanted)} if allowed else {}
    )


ANSWERS = {
    "accrual": accrual,
    "allocation": allocation,
    "classification": classification,
    "fund": fund,
    "penalty": penalties,
    "ratios": portfolio,
    "subsidy": subsidy,
}
