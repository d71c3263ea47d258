"""/accreditation/: how near each community is to the title, and its score sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.indicators import registry
from qiao.core.indicators.choosing import region_of
from qiao.core.indicators.shown import names_url, text_of
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region
from qiao.core.standards.scorecards import KIND_NAMES, Row, limit_text, number
from qiao.core.standards.scoring import Line, Reading
from qiao.services.accreditation.sheets import Sheet, card_of, live, measured


@require_GET
@requires(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """All communities of the place, nearest to the title first."""
    viewer = Viewer.of(request)
    scope = region_of(request.GET.get("region", ""), viewer.scope)
    card = card_of(scope, viewer.today) if scope.level >= Level.DISTRICT else None
    sheets = live(scope, card, viewer.today) if card else []
    sheets.sort(key=lambda one: (len(one.at_best.failed), -one.at_best.points, one.region.code))
    context = {
        "place": Region.objects.filter(code=scope.code).first() or _("All regions"),
        "card": card,
        "below": [] if scope.level >= Level.DISTRICT else _districts(scope),
        "rows": [_line(one) for one in sheets],
        "passing": sum(one.at_best.passes for one in sheets),
        "day": viewer.today,
    }
    return render(request, "accreditation/sheets.html", context)


@require_GET
@requires(Right.SEE_FIGURES)
def sheet(request: HttpRequest, code: int) -> HttpResponse:
    """One community's sheet: vetoes first, each item with what the records give and what is missing."""
    viewer = Viewer.of(request)
    scope = Scope(code) if code < 10**12 else viewer.scope
    if code >= 10**12 or scope.level != Level.COMMUNITY or not viewer.scope.contains(code):
        raise Http404
    card = card_of(scope, viewer.today)
    found = live(scope, card, viewer.today) if card else []
    if not found:
        raise Http404
    (one,) = found
    rows = {row.code: row for row in one.card.rows}
    lines = sorted(one.result.lines, key=lambda line: line.item.most > 0)
    context = {
        "sheet": one,
        "points": number(one.result.points),
        "best": number(one.at_best.points),
        "most": number(one.card.sheet.most),
        "mark": number(one.card.pass_mark),
        "verdict": verdict(one),
        "plan": [_step(rows[item], more) for item, more in (one.plan or {}).items()],
        "lines": [_Shown.of(one, rows[line.item.code], line) for line in lines],
        "names": viewer.can(Right.SEE_PEOPLE),
        "day": viewer.today,
    }
    return render(request, "accreditation/sheet.html", context)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One line of the sheet, in words. `met` None: nobody has judged it yet."""

    name: object
    group: object
    kind: object
    limit: str
    found: str
    parts: str
    points: str
    most: str
    missing: str
    met: bool | None
    url: str
    evidence: object
    empty: bool

    @classmethod
    def of(cls, sheet: Sheet, row: Row, line: Line) -> _Shown:
        read = line.reading
        parts = f"{text_of(read.above)} / {text_of(read.below)}" if read and read.below is not None else ""
        url = ""
        if measured(row):
            indicator = registry.get(row.figure)
            url = names_url(indicator, sheet.region.code, sheet.period, row.by, row.value)
        return cls(
            row.name,
            row.group,
            KIND_NAMES[row.item.kind],
            _limit(row),
            _found(read),
            parts,
            number(line.points),
            number(row.item.most) if row.item.most else "",
            _short(line),
            line.met,
            url,
            row.evidence,
            read is not None and read.value is None,
        )


def _found(reading: Reading | None) -> str:
    if reading is None or reading.value is None:
        return "–"
    share = "%" if reading.below is not None else ""
    return f"{round(float(reading.value), 1):g}{share}"


def _limit(row: Row) -> str:
    item = row.item
    if not item.steps:
        return _("%(points)s each") % {"points": number(item.each)} if item.each else ""
    sign = "≤" if item.lower else "≥"
    steps = sorted(item.steps, key=lambda step: -step.points)
    if len(steps) == 1:
        return f"{sign} {limit_text(steps[0].at)}"
    return ", ".join(f"{sign} {limit_text(step.at)}: {number(step.points)}" for step in steps)


def _short(line: Line) -> str:
    if not line.missing:
        return ""
    return ngettext("%d short", "%d short", line.missing) % line.missing


def _step(row: Row, more: int) -> str:
    if row.item.falls:
        return _("%(item)s: %(count)d fewer") % {"item": row.name, "count": more}
    return _("%(item)s: %(count)d more") % {"item": row.name, "count": more}


def verdict(sheet: Sheet) -> str:
    failed = len(sheet.at_best.failed)
    if failed:
        return ngettext("%d veto stands against it", "%d vetoes stand against it", failed) % failed
    if sheet.missing:
        return _("%(points)s points short, even if everything judged on the spot were given in full") % {
            "points": number(sheet.missing)
        }
    if sheet.result.open:
        return _("Within reach: what is judged on the spot decides")
    return _("Reaches the standard")


def _line(sheet: Sheet) -> dict[str, Any]:
    return {
        "region": sheet.region,
        "points": number(sheet.result.points),
        "best": number(sheet.at_best.points),
        "failed": len(sheet.at_best.failed),
        "within": sheet.at_best.passes,
        "people": sum(sheet.plan.values()) if sheet.plan else None,
        "verdict": verdict(sheet),
    }


def _districts(scope: Scope) -> list[Region]:
    rows = Region.objects.filter(code__gte=scope.lo, code__lt=scope.hi, level=Level.DISTRICT)
    return list(rows.order_by("code")[:400])
