"""The names behind the figures of a run."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer
from qiao.engines.matching import Rule
from qiao.services.matching import names, words
from qiao.services.matching.models import Run
from qiao.services.matching.views.runs import run_of
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

PAGE = 50
TITLES = {
    "people": lambda: _("People who seek work"),
    "placed": lambda: _("Given a post"),
    "hardship": lambda: _("People in hardship"),
    "hardship_placed": lambda: _("In hardship and given a post"),
    "envious": lambda: _("With justified envy"),
    "nothing_feasible": lambda: _("With no post at all"),
}


@require_GET
@requires(Right.SEE_PEOPLE)
def people_behind(request: HttpRequest, pk: int, figure: str) -> HttpResponse:
    """Whom of the viewer's people a figure of a run counts, and the post each was given."""
    viewer = Viewer.of(request)
    run, other = _asked(request, viewer, pk)
    if not names.known(figure):
        raise Http404
    found = names.people_of(run, figure, other, viewer.scope, _number(request, "after"), PAGE + 1)
    lines = (found or [])[:PAGE]
    residents = (
        people.residents(viewer.scope).select_related("region").in_bulk([one.resident for one in lines])
    )
    posts = vacancies.of_district(viewer.scope.code).in_bulk([one.post for one in lines if one.post])
    context = _context(run, other) | {
        "title": _title(figure),
        "kept": found is not None,
        "lines": [
            {"person": residents[one.resident], "post": posts.get(one.post)}
            for one in lines
            if one.resident in residents
        ],
        "gone": sum(one.resident not in residents for one in lines),
        "part": "" if viewer.scope.contains(run.region_id) else str(viewer.appointment.region),
        "following": _next(run, other, {"after": lines[-1].resident}) if len(found or []) > PAGE else "",
    }
    return render(request, "matching/people.html", context)


@require_GET
@requires(Right.SEE_FIGURES)
def posts_behind(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts of a run: how many people have each in their list, those in most lists for each opening first."""
    viewer = Viewer.of(request)
    run, other = _asked(request, viewer, pk)
    start = min(_number(request, "from"), 10**6)
    found = names.posts_of(run, other, start, PAGE + 1)
    lines = (found or [])[:PAGE]
    posts = vacancies.of_district(viewer.scope.code).in_bulk([one.post for one in lines])
    context = _context(run, other) | {
        "kept": found is not None,
        "lines": [{"shown": one, "post": posts[one.post]} for one in lines if one.post in posts],
        "following": _next(run, other, {"from": start + PAGE}) if len(found or []) > PAGE else "",
    }
    return render(request, "matching/posts.html", context)


def _asked(request: HttpRequest, viewer: Viewer, pk: int) -> tuple[Run, bool]:
    run = run_of(viewer, pk)
    return run, request.GET.get("mode") == run.other_mode


def _context(run: Run, other: bool) -> dict[str, Any]:
    return {"run": run, "mode": run.get_other_mode_display() if other else run.get_mode_display()}


def _next(run: Run, other: bool, place: dict[str, int]) -> str:
    return "?" + urlencode(place | ({"mode": run.other_mode} if other else {}))


def _title(figure: str) -> str:
    if figure in TITLES:
        return TITLES[figure]()
    rule = words.RULES[Rule[figure.removeprefix(names.HELD).upper()]]
    return _("No post at all; held back by: %s") % rule


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
