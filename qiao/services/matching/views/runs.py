"""Runs of a district: what each placed, and what the choice of the mode costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.codes import Level
from qiao.engines.matching import Rule
from qiao.services.matching import names, tasks, words
from qiao.services.matching.models import Mode, Run

SHOWN = 30
POSTS = "posts"


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
        "technical": _may_ask(viewer),
    }
    return render(request, "matching/runs.html", context)


@require_GET
@requires(Right.SEE_FIGURES)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = Viewer.of(request)
    run = run_of(viewer, pk)
    context = {
        "run": run,
        "rows": _rows(run),
        "binding": _binding(run),
        "runs": [],
        "past": True,
        "technical": _may_ask(viewer),
    }
    return render(request, "matching/runs.html", context)


def run_of(viewer: Viewer, pk: int) -> Run:
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


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the mode of the run and in the other one, and where each opens."""

    name: str
    mine: str
    other: str
    opens: str


def _rows(run: Run) -> list[Row]:
    both = [_figures(run.figures), _figures(run.others)]
    return [
        Row(name, mine, other, _address(run, behind))
        for (name, mine, behind), (_name, other, _behind) in zip(*both, strict=True)
    ]


def _address(run: Run, behind: str) -> str:
    """Of the people behind a figure, or of the posts."""
    if behind == POSTS:
        return reverse("matching_posts", args=[run.pk])
    return reverse("matching_people", args=[run.pk, behind])


def _figures(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, value, what is behind it."""
    total, bound = found["gap"]["total"], found["gap"]["bound"]
    placed, people, nothing = found["placed"], found["people"], found["nothing_feasible"]
    return [
        (_("People who seek work"), str(people), "people"),
        (_("Openings"), _("%(openings)s at %(posts)s posts") % found, POSTS),
        (_("Given a post"), str(placed), "placed"),
        (_("People in hardship"), str(found["hardship"]), "hardship"),
        (_("Of them given a post"), _("%(hardship_placed)s, at most %(hardship_bound)s possible") % found, "hardship_placed"),
        (_("Mean fit of those given a post"), f"{total / placed / 100:.1f}" if placed else "–", "placed"),
        (_("With justified envy"), str(found["envious"]), "envious"),
        (_("Total fit missing at most"), f"{(bound - total) / bound:.2%}" if bound else "–", "placed"),
        (_("Posts that stand in a list"), f"{found['coverage']:.0%}", POSTS),
        (_("Unevenness of showing (Gini)"), f"{found['exposure_gini']:.2f}", POSTS),
        (_("Rivals for an opening, 95 in 100 posts below"), f"{found['rivals_p95']:.1f}", POSTS),
        (_("With no post at all"), f"{nothing} ({nothing / people:.0%})" if people else "0", "nothing_feasible"),
    ]  # fmt: skip


def _binding(run: Run) -> list[tuple[Any, int, str]]:
    """Each rule in words with how many it holds back, and where these are named."""
    held = {Rule[name]: many for name, many in run.figures["binding"].items()}
    return [
        (words.RULES[rule], many, _address(run, f"{names.HELD}{rule.name.lower()}"))
        for rule, many in sorted(held.items(), key=lambda one: -one[1])
    ]
