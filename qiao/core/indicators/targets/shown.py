"""Targets as pages show them: bars, and what was typed into the table of a split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.shown import text_of, with_sign
from qiao.core.indicators.targets.models import Target
from qiao.core.indicators.targets.setting import Given
from qiao.core.indicators.targets.standing import Standing
from qiao.core.regions.models import Region

LARGEST = Decimal(10**12)


@dataclass(frozen=True, slots=True)
class Bar:
    """`width` and `mark` are percent of the bar: what is reached, and where it should be by now."""

    name: object
    target: str
    reached: str
    share: str
    width: float
    mark: float
    behind: bool
    url: str
    answers: object
    code: str
    region: int


def bar(one: Standing, name: object) -> Bar:
    sign = "%" if isinstance(one.indicator, Ratio) else ""
    share = one.share
    return Bar(
        name,
        amount(one.target.value) + sign,
        with_sign(one.figure),
        "–" if share is None else f"{float(share):.0%}",
        0 if share is None else round(min(100.0, 100 * float(share)), 1),
        round(100 * float(one.due), 1),
        one.behind,
        one.url,
        one.target.answers or "",
        one.indicator.code,
        one.target.region,
    )


def amount(value: Decimal) -> str:
    """Whole numbers without decimals."""
    return text_of(int(value)) if value == int(value) else f"{value:f}"


@dataclass(frozen=True, slots=True)
class Line:
    """One region in the table of a split: what stands in its field, and what is wrong with it."""

    region: Region
    value: str
    answers: int | None
    problem: str = ""


def lines(
    regions: list[Region], held: Mapping[int, Target], proposed: Mapping[int, Decimal], typed: Mapping[str, str]
) -> list[Line]:  # fmt: skip
    """What was typed, else what is proposed, else what is set."""
    return [_line(one, held.get(one.code), proposed.get(one.code), typed) for one in regions]


def _line(region: Region, held: Target | None, proposed: Decimal | None, typed: Mapping[str, str]) -> Line:
    if (text := typed.get(f"value-{region.code}")) is not None:
        answers = typed.get(f"answers-{region.code}", "")
        return Line(region, text, int(answers) if answers.isdecimal() else None, _problem(text))
    value = proposed if proposed is not None else held.value if held else None
    return Line(region, "" if value is None else plain(value), held.answers_id if held else None)


def plain(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else f"{value:f}"


def read(found: list[Line]) -> dict[int, Given]:
    """Of the lines that hold a number; an empty field sets nothing."""
    return {
        one.region.code: Given(Decimal(one.value.strip()), one.answers)
        for one in found
        if one.value.strip() and not one.problem
    }


def _problem(text: str) -> str:
    if not text.strip():
        return ""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return _("Write a number, such as 120.")
    if not value.is_finite() or not 0 <= value < LARGEST:
        return _("Write a number from 0 up.")
    if value != value.quantize(Decimal("0.01")):
        return _("Write at most two decimals.")
    return ""


def named(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit})"
