"""The evening's round: results of many visits on one page, saved together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.services.visits import actions
from qiao.services.visits.forms import RoundForm, RowForm, not_a_person
from qiao.services.visits.models import Visit
from qiao.services.visits.owed import AFTER, EMPLOYER, OUTLET, door
from qiao.services.visits.rounds import SHOWN, Due, due
from qiao.services.visits.views import whom


@dataclass(slots=True)
class Line:
    due: Due
    form: RowForm
    url: str


@requires(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def evening(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    rows = {one.key: one for one in due(viewer)}
    if request.method == "GET":
        form = RoundForm(today=viewer.today, initial={"visited_on": viewer.today, "entry": uuid4()})
        return _page(request, form, [_line(one) for one in rows.values()])
    form = RoundForm(request.POST, today=viewer.today)
    found = _named(request, viewer)
    lines = [_line(one, request.POST) for one in _all_rows(rows, found)]
    valid = [line.form.is_valid() for line in lines]
    said = [
        line for line in lines if line.form.is_bound and line.form.data.get(line.form.add_prefix("outcome"))
    ]
    if not said and all(valid):
        form.add_error(None, _("Nothing was chosen yet. Tap the result of at least one visit."))
    if form.is_valid() and all(valid) and _recorded(request, form, said, found):
        count = len(said)
        text = ngettext("%(count)s visit is recorded.", "%(count)s visits are recorded.", count)
        messages.success(request, text % {"count": count})
        return redirect("visit_round")
    return _page(request, form, lines, status=422)


def _page(request: HttpRequest, form: RoundForm, lines: list[Line], status: int = 200) -> HttpResponse:
    wrong = [line for line in lines if line.form.is_bound and line.form.errors]
    context = {"form": form, "lines": lines, "wrong": wrong, "shown": SHOWN, "full": len(lines) >= SHOWN}
    return render(request, "visits/round.html", context, status=status)


def _line(one: Due, data: Any = None) -> Line:
    key, _dash, number = one.key.partition("-")
    form = RowForm(data, prefix=one.key, initial={"why": one.why})
    if key in (EMPLOYER, OUTLET):
        del form.fields["situation"]
        not_a_person(form)
    return Line(one, form, door(key, int(number), one.why))


def _named(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """The records that the posted rows name, inside the scope: one query for each kind."""
    asked: dict[str, list[int]] = {}
    for text in request.POST.getlist("row")[: 2 * SHOWN]:
        kind, _dash, number = text.partition("-")
        if kind in whom.NAMED and number.isascii() and number.isdecimal() and len(number) < 19:
            asked.setdefault(kind, []).append(int(number))
    found: dict[str, Any] = {}
    for kind, numbers in asked.items():
        rows = whom.earlier(viewer.scope) if kind == AFTER else whom.WHOM[kind][0](viewer.scope)
        found |= {f"{kind}-{pk}": record for pk, record in rows.in_bulk(numbers).items()}
    return found


def _all_rows(rows: dict[str, Due], found: dict[str, Any]) -> list[Due]:
    """The rows that are due, and those that were when the page was opened."""
    gone = [
        Due(key, str(record.whom if isinstance(record, Visit) else record), "", None, False)
        for key, record in found.items()
        if key not in rows
    ]
    return [*rows.values(), *gone]


def _recorded(request: HttpRequest, form: RoundForm, said: list[Line], found: dict[str, Any]) -> bool:
    """All of them or none. A rule that one breaks stands beside its row."""
    try:
        with transaction.atomic():
            for line in said:
                _record(request, form.cleaned_data, line, found)
    except ValidationError:
        return False
    return True


def _record(request: HttpRequest, round_: dict[str, Any], line: Line, found: dict[str, Any]) -> None:
    key = line.due.key
    given = line.form.cleaned_data
    try:
        if key not in found:
            raise ValidationError(_("This row is no longer among your own. Leave it out."))
        kind = key.partition("-")[0]
        visit = whom.blank(request, kind, found[key])
        visit.why = given["why"] or visit.why
        visit.outcome, visit.note, visit.needs = given["outcome"], given["note"], given["needs"]
        visit.situation = given.get("situation", "")
        visit.visited_on, visit.way = round_["visited_on"], round_["way"]
        visit.entry = uuid5(UUID(str(round_["entry"])), key)
        actions.record(visit)
    except ValidationError as error:
        line.form.add_error(None, error)
        raise
