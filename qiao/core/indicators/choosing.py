"""What the figures page shows: read from the address, held against the scope, written into addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import BadPeriod, Period
from qiao.core.indicators import registry
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.dimensions import Dimension
from qiao.core.indicators.figures import child_level
from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region

SHOWN_FIRST = 6
COMMUNITIES = "communities"


def region_of(text: str, scope: Scope) -> Scope:
    """The region asked for, if the person may see it. What lies outside is as unknown as
    what is not there."""
    if not text:
        return scope
    try:
        code = codes.parse(text)
    except codes.BadCode:
        raise Http404 from None
    if not scope.contains(code) or not Region.objects.filter(code=code).exists():
        raise Http404
    return Scope(code)


def period_of(text: str, today: date) -> tuple[Period, str]:
    """The period asked for, or the running month and what was wrong."""
    running = Period.of("month", today)
    try:
        period = Period.parse(text) if text else running
    except BadPeriod as wrong:
        return running, str(wrong)
    if period.start > today:
        problem = _("%(period)s has not begun yet. Choose a period up to today.")
        return running, problem % {"period": period.label}
    return period, ""


@dataclass(frozen=True)
class Choice:
    """`rows`: "" for the regions below, "communities" for all communities, else the breakdown in rows."""

    scope: Scope
    period: Period
    rows: str
    indicators: tuple[Indicator, ...]
    problem: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], chosen: list[str], scope: Scope, today: date) -> Choice:
        period, problem = period_of(query.get("period", ""), today)
        known = {one.code: one for one in registry.indicators()}
        asked = tuple(known[code] for code in chosen if code in known)
        indicators = asked or tuple(known.values())[:SHOWN_FIRST]
        rows = query.get("rows", "")
        if rows not in ("", COMMUNITIES, *dimensions()):
            rows, problem = "", problem or _("There is no such breakdown. Choose one from the list.")
        return cls(region_of(query.get("region", ""), scope), period, rows, indicators, problem)

    @property
    def by(self) -> str:
        return "" if self.rows == COMMUNITIES else self.rows

    @property
    def level(self) -> Level:
        if self.by:
            return self.scope.level
        return Level.COMMUNITY if self.rows == COMMUNITIES else child_level(self.scope)

    @property
    def columns(self) -> list[Indicator]:
        """The chosen indicators that can be broken down this way."""
        return [one for one in self.indicators if not self.by or one.dimension(self.by)]

    def query(self, **changes: object) -> str:
        values: dict[str, object] = {
            "region": code_text(self.scope.code),
            "period": self.period,
            "rows": self.rows,
            "i": [one.code for one in self.indicators],
        }
        values |= changes
        return "?" + urlencode({name: value for name, value in values.items() if value}, doseq=True)

    def at(self, code: int) -> str:
        return replace(self, scope=Scope(code)).query()


def code_text(code: int) -> str:
    return f"{code:012}" if code else ""


def dimensions() -> dict[str, Dimension]:
    """Every breakdown of any indicator, by its code."""
    return {one.code: one for indicator in registry.indicators() for one in indicator.dimensions}


def periods_offered(today: date, chosen: Period) -> list[tuple[str, list[Period]]]:
    """Months, quarters, half-years and years up to the running one, newest first."""
    groups = [
        (_("By month"), Period.of("month", today).series(24)),
        (_("By quarter"), Period.of("quarter", today).series(8)),
        (_("By half-year"), Period.of("half", today).series(4)),
        (_("By year"), Period.of("year", today).series(3)),
    ]
    offered = [(name, periods[::-1]) for name, periods in groups]
    if not any(chosen in periods for _name, periods in offered):
        offered.insert(0, (_("Chosen"), [chosen]))
    return offered
