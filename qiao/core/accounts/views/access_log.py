"""Who looked at whose personal data, when and why."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.forms import LogFilter
from qiao.core.accounts.models import Disclosure
from qiao.core.accounts.rights import Right
from qiao.core.calendars.clock import ZONE

SIZE = 50
MOST = 50_000


def _found(request: Any, form: LogFilter) -> QuerySet[Disclosure]:
    scope = request.scope
    rows = Disclosure.objects.filter(region__gte=scope.lo, region__lt=scope.hi).select_related(
        "user", "region"
    )
    if not (request.appointment.can(Right.SEE_ACCESS_LOG) or request.appointment.can(Right.SEE_PEOPLE)):
        rows = rows.filter(user=request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    if who := asked.get("who"):
        rows = rows.filter(Q(user__name__icontains=who) | Q(user__username__icontains=who))
    if whose := asked.get("whose"):
        rows = rows.filter(whose__icontains=whose)
    if first := asked.get("first"):
        rows = rows.filter(at__gte=datetime.combine(first, time(), ZONE))
    if last := asked.get("last"):
        rows = rows.filter(at__lt=datetime.combine(last + timedelta(days=1), time(), ZONE))
    return rows


@requires(Right.SEE_ACCESS_LOG, Right.SHOW_PERSONAL)
@require_GET
def access_log(request: Any) -> HttpResponse:
    form = LogFilter(request.GET)
    rows = _found(request, form)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    page = list(rows.order_by("-id")[: SIZE + 1])
    query = request.GET.copy()
    query["before"] = str(page[SIZE - 1].pk) if len(page) > SIZE else ""
    plain = {name: value for name, value in request.GET.items() if name != "before" and value}
    context = {
        "form": form,
        "rows": page[:SIZE],
        "following": f"?{query.urlencode()}" if len(page) > SIZE else "",
        "filtered": bool(plain),
        "may_export": request.appointment.can(Right.SEE_ACCESS_LOG),
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/access_log.html", context)


@requires(Right.SEE_ACCESS_LOG)
@require_GET
def export(request: Any) -> HttpResponse:
    rows = _found(request, LogFilter(request.GET)).order_by("-id")[:MOST]
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 6, 18)
        heads = [_("When"), _("Who"), _("Role"), _("Region"), _("Whose"), _("What"), _("Why")]
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for line, row in enumerate(rows, start=1):
            at = timezone.localtime(row.at, ZONE).strftime("%Y-%m-%d %H:%M:%S")
            cells = [at, str(row.user), row.get_role_display(), row.region.name, row.whose, row.what, row.why]
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, str(cell))
    response = HttpResponse(
        content.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = 'attachment; filename="access-log.xlsx"'
    return response
