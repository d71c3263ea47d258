"""Amounts, rates and days as they are written in a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

MOST = Fraction(10**13)
"""Above this a sum of money is a slip of the pen."""


class BadCase(ValueError):
    """What is wrong with a case, in one sentence."""


def number(text: object, name: str) -> Fraction:
    """An exact number; words after it ("12 flat") are left to the caller. Raises BadCase."""
    words = str(text).split()
    try:
        return Fraction(words[0].replace(",", ""))
    except (ValueError, IndexError, ZeroDivisionError):
        raise BadCase(f"{name}: {text!r} is not a number") from None


def fen(text: object, name: str = "amount") -> int:
    """Yuan as written ("8803.91") into fen. Raises BadCase: negative, parts of a fen, no number."""
    value = number(text, name) * 100
    if value < 0:
        raise BadCase(f"{name}: {text} is negative; an amount is zero or more")
    if value.denominator != 1:
        raise BadCase(f"{name}: {text} has more than two decimals")
    if value > MOST:
        raise BadCase(f"{name}: {text} is more money than there is; amounts are in yuan")
    return value.numerator


def yuan(amount: int) -> str:
    """Fen as "8803.91"."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{amount // 100}.{amount % 100:02}"


def percent(text: object, name: str) -> Fraction:
    """A rate written in per cent ("5.76") as a fraction of one. Raises BadCase: negative, or above 100 %."""
    value = number(text, name) / 100
    if value < 0:
        raise BadCase(f"{name}: {text} is negative")
    if value > 1:
        raise BadCase(f"{name}: {text} means {text} per cent a year; write 5.76 for 5.76 %")
    return value


def yearly_rate(case: Mapping[str, Any]) -> Fraction:
    """The rate a year: `annual_rate_pct` in per cent, or `annual_rate` as a fraction of one (0.0576)."""
    if "annual_rate" in case:
        value = number(case["annual_rate"], "annual_rate")
        if not 0 <= value < 1:
            raise BadCase(
                f"annual_rate: {case['annual_rate']} is no fraction of one; write 0.06 for 6 %, "
                "or give annual_rate_pct in per cent"
            )
        return value
    for name in ("annual_rate_pct", "contract_rate_pct"):
        if name in case:
            return percent(case[name], name)
    raise BadCase("the case has no annual_rate_pct (5.76 for 5.76 % a year)")


def day(text: object, name: str) -> date:
    """A day as 2006-03-15. Raises BadCase."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise BadCase(f"{name}: {text!r} is not a day such as 2006-03-15") from None


def whole(text: object, name: str, least: int = 0, most: int = 1200) -> int:
    value = number(text, name)
    if value.denominator != 1 or not least <= value <= most:
        raise BadCase(f"{name}: {text} is not a whole number from {least} to {most}")
    return value.numerator


def need(case: Mapping[str, Any], name: str) -> Any:
    if name not in case or case[name] is None:
        raise BadCase(f"the case has no {name}")
    return case[name]
