"""What kinds of reports say, as data: passages, windows, the table at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qiao.core.calendars.periods import Period
from qiao.core.regions.codes import SPANS, Level
from qiao.core.regions.models import Region
from qiao.services.fairs import api as fairs
from qiao.services.reports import stories

FIRST_TOWN = 100


@dataclass(frozen=True, slots=True)
class Template:
    title: str
    signed: str
    open: str
    windows: dict[str, dict[str, Any]]
    passages: tuple[tuple[int, str], ...]
    tables: tuple[dict[str, Any], ...]
    period: str


@cache
def template(kind: str) -> Template:
    given = yaml.safe_load((files("qiao.services.reports") / f"{kind}.yml").read_text("utf-8"))
    passages = tuple((1, one["heading"]) if "heading" in one else (0, one["text"]) for one in given["parts"])
    return Template(
        given["title"],
        given["signed"],
        _words()["open"],
        given["windows"],
        passages,
        tuple(given["tables"]),
        given["period"],
    )


def windows(kind: str, region: Region, as_of: date) -> dict[str, Period]:
    """The periods that the windows of a kind of report mean on its day; one that has not begun is left out."""
    found = {name: _window(given, region, as_of) for name, given in template(kind).windows.items()}
    return {name: period for name, period in found.items() if period is not None and period.start <= as_of}


def _window(given: dict[str, Any], region: Region, as_of: date) -> Period | None:
    if "since" in given:
        return Period.between(given["since"], as_of) if given["since"] <= as_of else None
    if "half" in given:
        return Period.parse(f"{as_of.year}H{given['half']}")
    if "last" in given:
        held = fairs.last_day(region.code, as_of)
        return Period.between(held, held) if held else Period.between(as_of, as_of)
    period = Period.of(given["kind"], as_of)
    return _before(period, given["back"], as_of) if "back" in given else period


def _before(period: Period, back: str, as_of: date) -> Period:
    """The same days of the period before, or of a year before: of a running period those that have passed."""
    whole = period.a_year_before if back == "year" else period.previous
    if as_of >= period.as_of:
        return whole
    return Period.between(whole.start, min(whole.as_of, whole.start + (as_of - period.start)))


def words(kind: str, region: Region, as_of: date) -> dict[str, str]:
    """What a report says of the region itself, and the stories it tells."""
    below = Region.objects.under(region.code).on(as_of)
    streets = list(below.filter(level=Level.STREET).order_by("code"))
    towns = [one for one in streets if _is_town(one.code)]
    return {
        "place": region.name,
        "day": day(as_of),
        "period": _named(Period.of(template(kind).period, as_of)),
        "stories": "\n".join(stories.told(region, as_of)),
        "streets": str(len(streets) - len(towns)),
        "towns": str(len(towns)),
        "communities": str(below.filter(level=Level.COMMUNITY).count()),
    }


def _is_town(code: int) -> bool:
    """By the rules of statistical codes: the three digits of the street level are below 100 for a street office."""
    return code // SPANS[Level.STREET] % 1000 >= FIRST_TOWN


def day(on: date) -> str:
    said: str = _words()["day"]
    return said.format(year=on.year, month=on.month, day=on.day)


def _named(period: Period) -> str:
    said: str = _words()[period.kind]
    return said.format(year=period.start.year, part=period.part)


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((files("qiao.services.reports") / "words.yml").read_text("utf-8"))
    return found
