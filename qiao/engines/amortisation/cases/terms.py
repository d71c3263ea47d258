"""A case into terms: the words that name a convention, and what they mean.

`principal`, `annual_rate_pct`, `start`, `periods`, `every` (1M, 3M, 2W, 15D, or the quarter's 20th), `method`,
`day_count`, `rounding` in words, and where they apply `grace_principal`, `due_date_rule`, `maturity`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from qiao.engines.amortisation.cases.values import BadCase, day, fen, need, number, whole, yearly_rate
from qiao.engines.amortisation.dates import (
    IsWorkday,
    Step,
    following,
    modified_following,
    months_after,
    preceding,
    rolling,
    settled_on,
)
from qiao.engines.amortisation.daycount import DayCount
from qiao.engines.amortisation.money import Rounding
from qiao.engines.amortisation.terms import Convention, Method, Terms

PER_DAYS = re.compile(r"([\d.]+)% per (\d+) days")
WEIGHTS = re.compile(r"\d+(?:/\d+)+")
EVERY = re.compile(r"(\d+)([MWDQY])$")
MOVED = re.compile(r"moved (\S+) -> (\S+)")
SETTLED = re.compile(r"on the (\d+)")
DAY_COUNTS = {rule.value: rule for rule in DayCount} | {
    "ACT/ACT-FINERACT": DayCount.ACT_ACT_31DEC,
    "Fineract / loan-creator": DayCount.ACT_ACT_31DEC,
    "ACT/ACT ISDA": DayCount.ACT_ACT,
    "ACT/ACT": DayCount.ACT_ACT,
}
QUARTER_DAY = 20
FIXED = re.compile(r"fixed_amount ([\d.]+)")
LONGEST = 600
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def terms_of(case: Mapping[str, Any], is_workday: IsWorkday | None = None) -> Terms:
    """The terms of a case. Raises BadCase.

    `is_workday` is asked where due dates move to a working day of the official calendar, with its make-up days;
    business days are those from Monday to Friday.
    """
    start, method = day(need(case, "start"), "start"), _method(str(need(case, "method")))
    principal, rate = fen(need(case, "principal"), "principal"), _rate(case)
    step, settled = step_of(str(need(case, "every")))
    accrues = _due(case, start, step, settled)
    rule = str(case.get("due_date_rule", ""))
    official = "official" in rule or "State Council" in rule or "working day" in rule
    due = _moved(accrues, rule, is_workday if official and is_workday else _weekday)
    unmoved = "unchanged" in rule or day_count_of(case) is DayCount.PERIOD
    grace = 0 if method is Method.BULLET else whole(case.get("grace_principal") or 0, "grace_principal")
    fixed = FIXED.match(str(case["method"]))
    level = fen(fixed[1], "method") if fixed else 0
    if fixed and level <= principal * rate * step.year_share[0] / step.year_share[1]:
        raise BadCase(f"method: {fixed[1]} a period does not even pay the interest")
    try:
        return Terms(
            principal, rate, start, due, method, _convention(case), step,
            grace=grace,
            interest_grace=whole(case.get("grace_interest_payment") or 0, "grace_interest_payment"),
            weights=_weights(case) if method is Method.CUSTOM else (),
            accrues_to=accrues if unmoved else (),
            level=level,
        )  # fmt: skip
    except ValueError as wrong:
        raise BadCase(str(wrong)) from None


def day_count_of(case: Mapping[str, Any]) -> DayCount:
    text = str(case.get("day_count", "PERIOD")).split(" (")[0]
    if _by_days(case):
        return DayCount.ACT_360
    if text not in DAY_COUNTS:
        text = text.split(" with ")[0]
    if text not in DAY_COUNTS:
        raise BadCase(f"day_count: {text!r} is not known; known are {', '.join(sorted(DAY_COUNTS))}")
    return DAY_COUNTS[text]


def step_of(text: str) -> tuple[Step, int]:
    """The length of a period, and the day of the quarter's last month it is settled on (0 if none)."""
    if text.startswith("quarter"):
        settled = SETTLED.search(text)
        return Step(months=3), int(settled[1]) if settled else QUARTER_DAY
    if text in MONTHS:
        return Step(months=MONTHS[text]), 0
    found = EVERY.match(text)
    if not found or not int(found[1]):
        raise BadCase(f"every: {text!r} is no period; write 1M, 3M, 2W, 15D, or quarter for its 20th")
    count, unit = int(found[1]), found[2]
    months = {"M": 1, "Q": 3, "Y": 12}
    if unit in months:
        return Step(months=count * months[unit]), 0
    return Step(days=count * (7 if unit == "W" else 1)), 0


def _by_days(case: Mapping[str, Any]) -> re.Match[str] | None:
    return PER_DAYS.search(str(case.get("annual_rate_pct")))


def _rate(case: Mapping[str, Any]) -> Fraction:
    """The yearly rate; some cases state it by the period, or by a number of days of a year of 360."""
    if "period_rate" in case:
        return number(case["period_rate"], "period_rate") * Fraction(
            12, step_of(str(case["every"]))[0].months
        )
    if by_days := _by_days(case):
        return number(by_days[1], "annual_rate_pct") / 100 * Fraction(360, int(by_days[2]))
    return yearly_rate(case)


def _weights(case: Mapping[str, Any]) -> list[int]:
    """Shares of the principal by row, as "10/10/80%" in `principal_weights` or in the words of `group`."""
    found = WEIGHTS.search(str(case.get("principal_weights") or case.get("group", "")))
    if not found:
        raise BadCase("the case has no principal_weights such as 10/10/80%")
    return [int(part) for part in found[0].split("/")]


def _weekday(day: date) -> bool:
    return day.weekday() < 5


def _method(text: str) -> Method:
    if FIXED.match(text):
        return Method.EQUAL_INSTALMENT
    name = text.split(",")[0].removesuffix("_retuned")
    try:
        return Method(name)
    except ValueError:
        known = ", ".join(method.value for method in Method)
        raise BadCase(f"method: {text!r} is not known; known are {known}") from None


def _due(case: Mapping[str, Any], start: date, step: Step, settled: int) -> list[date]:
    """Due dates before any move to a working day."""
    maturity = day(case["maturity"], "maturity") if case.get("maturity") else None
    if maturity and maturity <= start:
        raise BadCase(f"maturity: {maturity} is not after the start, {start}")
    if settled:
        count = 0 if maturity else whole(need(case, "periods"), "periods", 2)
        end = maturity or months_after(start, 3 * (count - 1))
        return list(settled_on(settled, step.months, start, end))
    fixed = FIXED.match(str(case["method"]))
    count = LONGEST if fixed and not case.get("periods") else whole(need(case, "periods"), "periods", 1)
    if moved := MOVED.search(str(case["method"])):
        first = day(moved[2], "method")
        return [step.after(first, number) for number in range(count)]
    if case.get("due_date_rule") == "next_month":
        return [rolling(start, step.months * number) for number in range(1, count + 1)]
    return [step.after(start, number) for number in range(1, count + 1)]


def _moved(due: list[date], rule: str, is_workday: IsWorkday) -> list[date]:
    move = (
        modified_following if "modified" in rule
        else following if "following" in rule or "next working" in rule or "next business" in rule
        else preceding if "preceding" in rule or "previous" in rule
        else None
    )  # fmt: skip
    return [move(day, is_workday) for day in due] if move else due


def _convention(case: Mapping[str, Any]) -> Convention:
    """The convention that the words of `day_count`, `method` and `rounding` name."""
    words, method = str(case.get("rounding") or ""), str(case["method"])
    day_count, step = day_count_of(case), step_of(str(case["every"]))[0]
    rule = Rounding.HALF_EVEN if "HALF_EVEN" in words else Rounding.HALF_UP
    whole_yuan, up, moved = "whole unit" in words, "rounded UP to 1" in words, "moved" in method
    unit = 10_000 if "to 100;" in words else 100 if re.search(r"HALF_UP to 1(;|$)", words) else 1
    level_share = None
    if up or moved:
        level_share = step.year_share
    elif whole_yuan and day_count is DayCount.ACT_365:
        level_share = (30, 365)
    instalment = Rounding.UP if up else Rounding.HALF_UP if whole_yuan and "compares" not in words else None
    return Convention(
        day_count, rule, unit,
        instalment_rounding=instalment,
        instalment_unit=100 if whole_yuan or up else unit,
        carry="carried forward" in words,
        retune="re-tuned" in words and not moved,
        level_share=level_share,
    )  # fmt: skip


__all__ = ["day_count_of", "step_of", "terms_of"]
