"""One page for whoever leads: what was promised, what is reached, who is behind, and where it hurts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.figures import Figure, Table
from qiao.core.indicators.shown import change, names_url, region_names, text_of, with_sign
from qiao.core.indicators.targets import setting
from qiao.core.indicators.targets.standing import Standing, standings
from qiao.core.regions.codes import Level, ancestors

TILES = (
    "people_placed",
    "posts_created",
    "outlets_new",
    "full_employment_communities",
    "relief_amount",
    "due_repayment_rate",
    "able_willing_rate",
    "hardship_helped",
)
MOST = 6
FUNNEL = "unemployed", "unemployed_contacted", "unemployed_referred"
AT_WORK = "people_placed", "stable_3_months"
LOANS = "due_repayment_rate_borrowers", "due_repayment_rate", "loan_par_30"
UNITS, HEAT = "people_placed", "able_willing_rate"
SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    label: object
    value: str
    unit: object
    note: str
    tone: str
    url: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A region below with its share of the target, its place now, and how many places it rose since last month."""

    name: str
    reached: str
    target: str
    share: str
    width: float
    mark: float
    behind: bool
    url: str
    rank: int
    rose: int
    fell: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A community of the heat grid; `shade` is 0 for the lowest fifth of the range to 4 for the highest, None where
    nothing can be counted."""

    name: str
    text: str
    shade: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    label: object
    text: str
    url: str
    width: float
    when: str


def known(codes: Sequence[str]) -> list[Indicator]:
    """Those of the codes that are declared here."""
    every = {one.code: one for one in registry.indicators()}
    return [every[code] for code in codes if code in every]


def tiles(scope: Scope, period: Period, today: date) -> list[Tile]:
    """At most six figures of the period, with target, time and the same months of the year before."""
    chosen = known(TILES)[:MOST]
    before = _same_months(period.a_year_before, period, today)
    table = figures.table(chosen, scope, scope.level, [period, before], today=today)
    held = setting.of_scope(scope, period)
    found = {one.indicator.code: one for one in standings(held.values(), scope, period, today)}
    return [_tile(one, table, scope, period, found.get(one.code)) for one in chosen]


def _tile(one: Indicator, table: Table, scope: Scope, period: Period, held: Standing | None) -> Tile:
    now, before = table.total(one, 0), table.total(one, 1)
    return Tile(
        one.name,
        with_sign(now),
        "" if isinstance(one, Ratio) else one.unit,
        change(now, before),
        "danger" if held and held.behind else "",
        names_url(one, scope.code, period),
        None if held is None or held.share is None else min(1.0, float(held.share)),
    )


def _same_months(year_before: Period, period: Period, today: date) -> Period:
    """The months of a year before that correspond to those of a period that have begun."""
    last = Period.of("month", min(period.as_of, today)).a_year_before
    return year_before if last.end >= year_before.end else Period(year_before.start, last.end)


def units(scope: Scope, period: Period, today: date, code: str = UNITS) -> list[Unit]:
    """The regions below by the share of their target, best first; without targets by what they reached."""
    (indicator,) = known([code])
    regions = [one.code for one in setting.below(scope, today)]
    targets = setting.of_regions(code, regions, period)
    last_month = Period.of("month", min(period.as_of, today)).start
    until = Period(period.start, last_month) if last_month > period.start else None
    periods = [period, *([until] if until else [])]
    table = figures.table([indicator], scope, figures.child_level(scope), periods, today=today)
    names = region_names(regions)
    marked = {one.target.region: one for one in standings(targets.values(), scope, period, today)}

    def worth(region: int, no: int) -> float:
        value = float(table.at(indicator, region, no).amount or 0)
        target = targets.get(region)
        return value / float(target.value) if target and target.value else value

    now = sorted(regions, key=lambda one: (-worth(one, 0), one))
    then = sorted(regions, key=lambda one: (-worth(one, 1), one)) if until else now
    most = max((worth(one, 0) for one in regions), default=0) or 1

    def unit(rank: int, region: int) -> Unit:
        held, figure = marked.get(region), table.at(indicator, region)
        share = held.share if held else None
        return Unit(
            names.get(region, str(region)),
            with_sign(figure),
            text_of(int(held.target.value)) if held else "",
            "" if share is None else f"{float(share):.0%}",
            round(min(100.0, 100 * (float(share) if share is not None else worth(region, 0) / most)), 1),
            round(100 * float(held.due), 1) if held else 0,
            bool(held and held.behind),
            names_url(indicator, region, period),
            rank,
            max(0, then.index(region) + 1 - rank),
            max(0, rank - then.index(region) - 1),
        )

    return [unit(rank, region) for rank, region in enumerate(now, start=1)]


def heat(scope: Scope, today: date, code: str = HEAT) -> dict[str, list[Spot]]:
    """Every community of the scope by the running month, under the name of its street."""
    (indicator,) = known([code])
    month = Period.of("month", today)
    table = figures.table([indicator], scope, Level.COMMUNITY, [month], today=today)
    codes = sorted(table.regions())
    values = {one: table.at(indicator, one) for one in codes}
    numbers = [float(one.value) for one in values.values() if one.value is not None]
    low, high = min(numbers, default=0), max(numbers, default=0)
    streets = {one: ancestors(one)[-1] for one in codes}
    names = region_names([*codes, *streets.values()])
    found: dict[str, list[Spot]] = {}
    for one in codes:
        shade = _shade(values[one], low, high)
        spot = Spot(names.get(one, str(one)), with_sign(values[one]), shade, names_url(indicator, one, month))
        found.setdefault(names.get(streets[one], ""), []).append(spot)
    return found


def _shade(figure: Figure, low: float, high: float) -> int | None:
    if figure.value is None:
        return None
    if high <= low:
        return SHADES - 1
    return min(SHADES - 1, int(SHADES * (float(figure.value) - low) / (high - low)))


def funnel(scope: Scope, period: Period, today: date) -> list[Step]:
    """From out of work now, asked after and referred, to at work and seen to stay, since the period began."""
    month = Period.of("month", min(period.as_of, today))
    now, since = known(FUNNEL), known(AT_WORK)
    found = figures.table([*now, *since], scope, scope.level, [month, period], today=today)
    steps = [(one, month, 0) for one in now] + [(one, period, 1) for one in since]
    values = [int(found.total(one, no).value or 0) for one, _when, no in steps]
    most = max(values, default=0) or 1
    return [
        Step(
            one.name,
            text_of(value),
            names_url(one, scope.code, when),
            round(100 * value / most, 1),
            when.label,
        )
        for (one, when, _no), value in zip(steps, values, strict=True)
    ]


def loans(scope: Scope, today: date) -> list[dict[str, Any]]:
    """What fell due this month, what of it is paid up, and the due-repayment rate."""
    month, chosen = Period.of("month", today), known(LOANS)
    table = figures.table(chosen, scope, scope.level, [month], today=today)
    return [
        {
            "label": one.name,
            "value": with_sign(table.total(one)),
            "url": names_url(one, scope.code, month),
        }
        for one in chosen
    ]
