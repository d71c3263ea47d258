"""The full list of one duty, and putting off or handing over what stands on it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts import access
from qiao.core.accounts.models import User
from qiao.core.duties import actions, declaration
from qiao.core.duties.declaration import Duty, Viewer
from qiao.core.duties.forms import HandoverForm, PostponeForm
from qiao.core.duties.worklist import COLUMNS, View, owed_rows, rows_of
from qiao.core.regions.models import Region

SIZE = 50
BATCH = 500
POSTPONE, HAND = "postpone", "hand"

VIEWS = {
    View.MINE: gettext_lazy("Mine"),
    View.ALL: gettext_lazy("Of all colleagues"),
    View.OVERDUE: gettext_lazy("Overdue"),
    View.POSTPONED: gettext_lazy("Postponed"),
}


door = access.door(declaration.duty, Viewer.of, lambda duty, viewer: duty.seen(viewer.role))


@require_GET
@door
def listing(request: HttpRequest, duty: Duty, viewer: Viewer) -> HttpResponse:
    return _page(request, duty, viewer)


def _page(
    request: HttpRequest,
    duty: Duty,
    viewer: Viewer,
    postponing: PostponeForm | None = None,
    handing: HandoverForm | None = None,
    chosen: list[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    view = _view(request.GET.get("view", ""))
    area = _area(request.GET.get("region", ""), viewer)
    rows = owed_rows(duty, viewer, view)
    if area:
        rows = rows.filter(**{duty.region: area})
    if start := _start(request.GET.get("after", "")):
        since, pk = start
        rows = rows.filter(Q(owed_since__gt=since) | Q(owed_since=since, pk__gt=pk))
    found = list(rows.values_list(*COLUMNS)[: SIZE + 1])
    shown = list(rows_of(duty, viewer, found[:SIZE]))
    owes = duty.owed(viewer.role)
    following = f"{found[SIZE - 1][2]}_{found[SIZE - 1][0]}" if len(found) > SIZE else ""
    names = dict(
        Region.objects.filter(pk__in={row.region for row in shown}).order_by().values_list("pk", "name")
    )
    people = dict(
        User.objects.filter(pk__in={row.person for row in shown}).order_by().values_list("pk", "name")
    )
    if owes:
        handing = handing or HandoverForm(viewer=viewer, duty=duty, prefix=HAND)
        postponing = postponing or PostponeForm(today=viewer.today, prefix=POSTPONE)
    area_query = {"view": view, "region": area or ""}
    context = {
        "duty": duty,
        "rows": [(row, names.get(row.region, ""), people.get(row.person or 0, "")) for row in shown],
        "tabs": _tabs(view, area) if owes else [],
        "communities": Region.objects.under(viewer.scope.code)
        .filter(level=Region.Level.COMMUNITY)
        .order_by("code"),
        "area": area,
        "view": view,
        "following": "?" + urlencode({**area_query, "after": following}) if following else "",
        "owes": owes,
        "chosen": chosen or [],
        "postponing": postponing if duty.postponable else None,
        "handing": handing,
    }
    return render(request, "duties/list.html", context, status=status)


def _view(text: str) -> View:
    return View(text) if text in set(View) else View.MINE


def _area(text: str, viewer: Viewer) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 12 and viewer.scope.contains(int(text)) else None


def _start(text: str) -> tuple[date, int] | None:
    """The last row of the page before, as 2006-08-31_17; None for anything else."""
    day, _mark, number = text.partition("_")
    try:
        return date.fromisoformat(day), min(int(number), 2**63 - 1)
    except ValueError:
        return None


def _tabs(view: View, area: int | None) -> list[dict[str, Any]]:
    def url(one: View) -> str:
        return "?" + urlencode({"view": one, "region": area or ""})

    return [
        {"label": said, "url": url(one), "active": one is view, "count": None} for one, said in VIEWS.items()
    ]


def _chosen(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("rows") if one.isdecimal() and len(one) < 19][:BATCH]


def _nothing(request: HttpRequest, duty: Duty) -> HttpResponse:
    messages.error(request, _("Nothing was changed: none of the rows is owed by you any more."))
    return redirect("duty", duty.code)


@require_POST
@door
def postpone(request: HttpRequest, duty: Duty, viewer: Viewer) -> HttpResponse:
    form = PostponeForm(request.POST, today=viewer.today, prefix=POSTPONE)
    ids = _chosen(request)
    if not duty.postponable:
        messages.error(request, _("A legal time limit cannot be postponed."))
        return redirect("duty", duty.code)
    if not form.is_valid():
        return _page(request, duty, viewer, postponing=form, chosen=ids, status=422)
    count = actions.postpone(duty, viewer, ids, form.cleaned_data["until"], form.cleaned_data["reason"])
    if not count:
        return _nothing(request, duty)
    said = ngettext(
        "%(count)s duty postponed to %(until)s.", "%(count)s duties postponed to %(until)s.", count
    )
    messages.success(request, said % {"count": count, "until": form.cleaned_data["until"]})
    return redirect("duty", duty.code)


@require_POST
@door
def hand_over(request: HttpRequest, duty: Duty, viewer: Viewer) -> HttpResponse:
    form = HandoverForm(request.POST, viewer=viewer, duty=duty, prefix=HAND)
    ids = _chosen(request)
    if not form.is_valid():
        return _page(request, duty, viewer, handing=form, chosen=ids, status=422)
    to = form.cleaned_data["to"]
    count, left = actions.hand_over(duty, viewer, ids, to, form.cleaned_data["reason"])
    if left:
        said = ngettext(
            "%(count)s duty stays: %(who)s does not serve its community.",
            "%(count)s duties stay: %(who)s does not serve their community.",
            left,
        )
        messages.warning(request, said % {"count": left, "who": to})
    if not count:
        return redirect("duty", duty.code) if left else _nothing(request, duty)
    said = ngettext(
        "%(count)s duty handed over to %(who)s.", "%(count)s duties handed over to %(who)s.", count
    )
    messages.success(request, said % {"count": count, "who": to})
    return redirect("duty", duty.code)
