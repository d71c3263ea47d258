"""The list of a month for the finance office: what is given to whom, with its total; on paper or as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.calendars.periods import shift
from qiao.core.glossary.dictionaries import Dictionary
from qiao.services.support.models import Kind, Line

HEADS = (
    gettext_lazy("No."),
    gettext_lazy("For whom"),
    gettext_lazy("Identity number"),
    gettext_lazy("Community"),
    gettext_lazy("Item"),
    gettext_lazy("Months"),
    gettext_lazy("Amount (yuan)"),
    gettext_lazy("Office that waives or pays"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000


@requires(Right.SEE_PEOPLE)
@require_GET
def listing(request: Any) -> HttpResponse:
    """`?month=2006-08&kind=insurance`; `&as=xlsx` for the workbook, which needs the right to export."""
    month = _month(request.GET.get("month", ""), request.today)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else Kind.INSURANCE.value
    lines = list(_lines(request.scope, month, kind))
    total = sum(line.amount_fen for line in lines)
    workbook = request.GET.get("as") == "xlsx" and request.appointment.can(Right.EXPORT)
    rows = list(_rows(lines))
    title = _("%(kind)s, %(month)s") % {"kind": Kind(kind).label, "month": f"{month:%Y-%m}"}
    if workbook:
        answer = HttpResponse(_workbook(title, rows, total), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{kind}-{month:%Y-%m}.xlsx"'
        return answer
    context = {
        "title": title,
        "month": f"{month:%Y-%m}",
        "kind": kind,
        "kinds": Kind.choices,
        "heads": HEADS,
        "rows": rows,
        "total": f"{total / 100:.2f}",
        "may_export": request.appointment.can(Right.EXPORT),
    }
    return render(request, "support/payments.html", context)


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def _lines(scope: Any, month: date, kind: str) -> Any:
    given = Line.objects.within(scope).filter(
        benefit__kind=kind,
        given_on__gte=month,
        given_on__lt=shift(month, 1) if month.year < 9999 else date.max,
    )
    return given.select_related(
        "region", "benefit__resident", "benefit__outlet__resident", "benefit__employer"
    ).order_by("region_id", "id")[:MOST]


def _rows(lines: list[Line]) -> Iterator[tuple[Any, ...]]:
    items = dict(Dictionary("relief_items").items())
    for number, line in enumerate(lines, 1):
        benefit = line.benefit
        person = benefit.resident or (benefit.outlet.resident if benefit.outlet else None)
        last = shift(line.month, line.months - 1)
        months = f"{line.month:%Y-%m}" if line.months == 1 else f"{line.month:%Y-%m} – {last:%Y-%m}"
        yield (
            number,
            benefit.holder_name,
            mask_id(person.id_number) if person else "",
            line.region.name,
            str(items.get(line.item, line.item)),
            months,
            f"{line.amount_fen / 100:.2f}",
            line.office,
        )


def _workbook(title: str, rows: list[tuple[Any, ...]], total: int) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.write(0, 0, title, bold)
        sheet.write_row(1, 0, [str(head) for head in HEADS], bold)
        for place, row in enumerate(rows, 2):
            sheet.write_row(place, 0, [str(cell) if column != 0 else cell for column, cell in enumerate(row)])
            sheet.write_number(place, 6, float(row[6]), money)
        sheet.write(len(rows) + 2, 1, _("Total"), bold)
        sheet.write_number(len(rows) + 2, 6, total / 100, money)
        sheet.set_column(1, 7, 18)
    return kept.getvalue()
