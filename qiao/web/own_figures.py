"""The few figures by which a region is judged, on the first page of those who answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from qiao.core.calendars.periods import Period
from qiao.core.duties.declaration import Viewer
from qiao.core.indicators import registry
from qiao.core.indicators.declarations import Indicator, Ratio
from qiao.core.indicators.figures import Figure, Table, table
from qiao.core.indicators.shown import change, with_sign

CODES = "registered_unemployed", "able_willing_rate", "over_six_months", "zero_open"
NONE_ALLOWED = {"over_six_months", "zero_open"}
MONTHS = 6


def own_figures(viewer: Viewer) -> list[dict[str, Any]]:
    """Tiles: this month's figure with the change against the last and the course of half a year."""
    known = {one.code: one for one in registry.indicators()}
    chosen = [known[code] for code in CODES if code in known]
    months = Period.of("month", viewer.today).series(MONTHS)
    found = table(chosen, viewer.scope, level=viewer.scope.level, periods=months, today=viewer.today)
    return [_tile(viewer, found, one, months[-1]) for one in chosen]


def _tile(viewer: Viewer, found: Table, indicator: Indicator, month: Period) -> dict[str, Any]:
    course = list(_course(found, indicator))
    now, before = course[-1], course[-2]
    return {
        "label": indicator.name,
        "value": with_sign(now).removesuffix("%"),
        "unit": indicator.unit,
        "note": change(now, before),
        "tone": "danger" if indicator.code in NONE_ALLOWED and (now.value or 0) > (before.value or 0) else "",
        "url": _url(viewer, indicator, month),
        "share": None,
        "series": _numbers(course),
    }


def _course(found: Table, indicator: Indicator) -> Iterator[Figure]:
    for place in range(MONTHS):
        yield found.total(indicator, place)


def _numbers(course: Sequence[Figure]) -> list[float | None]:
    return [None if one.amount is None else float(one.amount) for one in course]


def _url(viewer: Viewer, indicator: Indicator, month: Period) -> str:
    if isinstance(indicator, Ratio):
        return reverse("figures")
    asked = urlencode({"region": f"{viewer.scope.code:012}", "period": str(month)})
    return f"{reverse('figure_names', args=[indicator.code])}?{asked}"
