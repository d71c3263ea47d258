"""Runs of a district: what each placed, and what the choice of the mode costs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.codes import Level
from qiao.engines.matching import Rule
from qiao.services.matching import tasks, words
from qiao.services.matching.models import Match, Mode, Reason, Run
from qiao.services.matching.settings import settings_of
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

SHOWN, PAGE = 30, 50


@require_http_methods(["GET", "POST"])
@requires(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """The newest run with its figures, and those before; the district asks for a new one."""
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _ask(request, viewer)
    runs = list(_runs(viewer)[:SHOWN])
    context = {
        "run": runs[0] if runs else None,
        "runs": runs,
        "rows": _rows(runs[0]) if runs else [],
        "binding": _binding(runs[0]) if runs else [],
        "modes": Mode.choices,
        "may_ask": _may_ask(viewer),
    }
    return render(request, "matching/runs.html", context)


@require_GET
@requires(Right.SEE_FIGURES)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = Viewer.of(request)
    run = _run(viewer, pk)
    context = {"run": run, "rows": _rows(run), "binding": _binding(run), "runs": [], "past": True}
    return render(request, "matching/runs.html", context)


@require_GET
@requires(Right.SEE_PEOPLE)
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom of the viewer's people a run gives which post: the names behind the figure; with `who=hardship` those
    it counts as in hardship."""
    viewer = Viewer.of(request)
    run = _run(viewer, pk)
    after, hardship = request.GET.get("after", ""), request.GET.get("who") == "hardship"
    rows = Match.objects.filter(run=run, rank=1, region__gte=viewer.scope.lo, region__lt=viewer.scope.hi)
    rows = rows.annotate(bit=F("reasons").bitand(Reason.GIVEN)).filter(bit=Reason.GIVEN)
    if hardship:
        rows = rows.filter(tier__gte=settings_of(run.region_id, run.on, run.mode).policy.hardship_from)
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(resident__gt=int(after))
    lines = list(rows.order_by("resident")[: PAGE + 1])
    people_of, posts_of = _named(viewer, lines[:PAGE])
    context = {
        "run": run,
        "lines": [
            {"person": people_of[one.resident_id], "post": posts_of[one.post_id], "score": one.score // 100}
            for one in lines[:PAGE]
            if one.resident_id in people_of and one.post_id in posts_of
        ],
        "hardship": hardship,
        "following": f"?{'who=hardship&' if hardship else ''}after={lines[PAGE - 1].resident_id}"
        if len(lines) > PAGE
        else "",
    }
    return render(request, "matching/given.html", context)


def _named(viewer: Viewer, lines: list[Any]) -> tuple[dict[int, Any], dict[int, Any]]:
    residents = people.residents(viewer.scope).select_related("region")
    posts = vacancies.of_district(viewer.scope.code)
    return residents.in_bulk([one.resident_id for one in lines]), posts.in_bulk(
        [one.post_id for one in lines]
    )


def _run(viewer: Viewer, pk: int) -> Run:
    run: Run | None = _runs(viewer).filter(pk=pk).first() if pk < 2**63 else None
    if run is None:
        raise Http404
    return run


def _runs(viewer: Viewer) -> Any:
    return Run.objects.within(viewer.scope.district).select_related("created_by", "region").order_by("-id")


def _may_ask(viewer: Viewer) -> bool:
    return viewer.can(Right.DECIDE_CASES) and viewer.scope.level == Level.DISTRICT


def _ask(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    if not _may_ask(viewer):
        raise PermissionDenied
    mode = request.POST.get("mode", "")
    tasks.match(viewer.scope.code, mode if mode in Mode.values else "", viewer.user.pk, workers=True)
    messages.success(request, _("The district is being matched. The new lists show as soon as it is done."))
    return redirect("matching")


def _rows(run: Run) -> list[tuple[str, str, str]]:
    """Each figure with its name: in the mode of the run, and in the other one."""
    both = [_figures(run.figures), _figures(run.others)]
    return [(name, mine, other) for (name, mine), (_name, other) in zip(*both, strict=True)]


def _figures(found: dict[str, Any]) -> list[tuple[str, str]]:
    total, bound = found["gap"]["total"], found["gap"]["bound"]
    placed, people = found["placed"], found["people"]
    return [
        (_("People who seek work"), str(people)),
        (_("Openings"), _("%(openings)s at %(posts)s posts") % found),
        (_("Given a post"), str(placed)),
        (_("Of them in hardship"), _("%(hardship_placed)s of %(hardship)s, at most %(hardship_bound)s possible") % found),
        (_("Mean fit of those given a post"), f"{total / placed / 100:.1f}" if placed else "–"),
        (_("With justified envy"), str(found["envious"])),
        (_("Total fit missing at most"), f"{(bound - total) / bound:.2%}" if bound else "–"),
        (_("Posts that stand in a list"), f"{found['coverage']:.0%}"),
        (_("Unevenness of showing (Gini)"), f"{found['exposure_gini']:.2f}"),
        (_("Rivals for an opening, 95 in 100 posts below"), f"{found['rivals_p95']:.1f}"),
        (_("With no post at all"), f"{found['nothing_feasible']} ({found['nothing_feasible'] / people:.0%})" if people else "0"),
    ]  # fmt: skip


def _binding(run: Run) -> list[tuple[Any, int]]:
    return words.failed({Rule[name]: many for name, many in run.figures["binding"].items()})
