"""The duplicates desk: pairs by likelihood, two records side by side, one person or two, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.people import comparing
from qiao.services.people.actions import merging
from qiao.services.people.models import DuplicatePair, Merger

PAGE = 50
LARGEST = 2**63 - 1
Verdict = DuplicatePair.Verdict


def undone() -> Exists:
    """The two were merged once and parted again."""
    either = Q(kept=OuterRef("resident"), given_up=OuterRef("other")) | Q(
        kept=OuterRef("other"), given_up=OuterRef("resident")
    )
    return Exists(Merger.objects.filter(either, undone_at__isnull=False))


def tabs() -> dict[str, tuple[str, Q]]:
    both_live = Q(resident__deleted_at=None, other__deleted_at=None)
    return {
        "open": (_("To settle"), Q(verdict=Verdict.OPEN) & both_live),
        "same": (_("One person"), Q(verdict=Verdict.SAME)),
        "different": (_("Different people"), Q(verdict=Verdict.DIFFERENT)),
        "undone": (_("Taken back"), Q(undone())),
    }


@require_safe
@requires(Right.MERGE_PEOPLE)
def desk(request: HttpRequest) -> HttpResponse:
    viewer, views = Viewer.of(request), tabs()
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in views else "open"
    with beyond_scope("a pair may span two communities; only pairs that touch this scope are asked for"):
        rows = comparing.pairs(viewer.scope).filter(views[chosen][1])
        if place := _place(request.GET.get("after", "")):
            weight, pk = place
            rows = rows.filter(Q(weight__lt=weight) | Q(weight=weight, pk__lt=pk))
        found = list(rows.order_by("-weight", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "tab": chosen,
        "tabs": [
            {"label": label, "url": f"?tab={code}", "active": code == chosen, "count": None}
            for code, (label, _where) in views.items()
        ],
        "rows": [_row(pair, viewer) for pair in found[:PAGE]],
        "following": f"?tab={chosen}&after={last.weight!r}-{last.pk}" if last else "",
    }
    return render(request, "people/duplicates.html", context)


def _place(text: str) -> tuple[float, int] | None:
    weight, _dash, pk = text.rpartition("-")
    try:
        place = float(weight), int(pk)
    except ValueError:
        return None
    return place if 0 <= place[0] <= 1 and 0 < place[1] <= LARGEST else None


def _row(pair: DuplicatePair, viewer: Viewer) -> dict[str, Any]:
    return {
        "pair": pair,
        "names": [comparing.title(one, viewer) for one in (pair.resident, pair.other)],
        "percent": round(pair.weight * 100),
        "settles": comparing.settles(pair, viewer),
    }


@require_http_methods(["GET", "POST"])
@requires(Right.MERGE_PEOPLE)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = Viewer.of(request)
    with beyond_scope("the other record of the pair may belong to another community"):
        found = comparing.pairs(viewer.scope).filter(pk=pk).first() if pk <= LARGEST else None
        merger = comparing.merger_of(found) if found else None
    if found is None:
        raise Http404
    allowed, refusal = comparing.settles(found, viewer), ""
    if request.method == "POST":
        try:
            if not allowed:
                raise Refused(
                    _(
                        "One record belongs to another community. "
                        "The street office or the district settles this."
                    )
                )
            with beyond_scope("spells of former communities go with the record"):
                told = _settle(request, found, merger, viewer)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, told)
            return redirect("duplicate", pk) if merger else redirect("duplicates")
    context = {
        "pair": found,
        "sides": comparing.sides(found, viewer),
        "lines": comparing.lines(found, viewer),
        "percent": round(found.weight * 100),
        "allowed": allowed,
        "refusal": refusal,
        "open": found.verdict == Verdict.OPEN and not (found.resident.deleted_at or found.other.deleted_at),
        "merger": merger,
        "trail": [{"label": _("Duplicates"), "url": reverse("duplicates")}],
    }
    return render(request, "people/pair.html", context, status=409 if refusal else 200)


def _settle(request: HttpRequest, found: DuplicatePair, merger: Merger | None, viewer: Viewer) -> str:
    word, note = request.POST.get("verdict", ""), request.POST.get("note", "").replace("\0", "").strip()[:200]
    if word == "undo" and merger:
        merging.part(merger, viewer.user)
        return _("The merger is taken back; both records stand again.")
    if word == "different":
        merging.settle(found, False, viewer.user, note=note)
        return _("Marked as different people.")
    if word in (str(found.resident_id), str(found.other_id)):
        merging.settle(found, True, viewer.user, keep=int(word), note=note)
        return _("Merged into one record. It can be taken back.")
    raise Refused(_("Choose which record to keep, or that these are different people."))
