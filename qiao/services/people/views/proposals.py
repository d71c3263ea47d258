"""What waits for an answer and what was answered: moves between communities, leaving the labour force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region
from qiao.services.people import registering
from qiao.services.people.actions import transfer
from qiao.services.people.forms.proposals import RequestForm
from qiao.services.people.models import Answer, Resident, Transfer, WillingnessChange

PAGE = 50


def coming(scope: Scope) -> Q:
    return Q(to_region__gte=scope.lo, to_region__lt=scope.hi)


def ours_to_answer(scope: Scope) -> Q:
    """The receiver answers a proposal, the holder of the record a request."""
    return (coming(scope) & Q(requested=False)) | (scope.q() & Q(requested=True))


@require_safe
@requires(Right.EDIT_PEOPLE)
def transfers(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    scope, all_ours = viewer.scope, viewer.scope.q() | coming(viewer.scope)
    is_open = Q(answer=Answer.OPEN)
    ours = ours_to_answer(scope) & ~Q(asked_by=viewer.user)
    tabs = {
        "to_answer": (_("To answer"), is_open & ours),
        "asked": (_("Waiting for others"), is_open & all_ours & ~ours),
        "answered": (_("Answered"), ~is_open & all_ours),
    }
    with beyond_scope(
        "until accepted a resident belongs to the other community; the proposals are of this scope"
    ):
        page = _page(request, Transfer.objects.select_related("to_region"), tabs)
    return _shown(request, _("Transfers"), "transfers", page)


@require_safe
@requires(Right.SECOND_PERSON, Right.EDIT_PEOPLE)
def willingness(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    is_open = Q(answer=Answer.OPEN)
    mine = viewer.can(Right.SECOND_PERSON)
    ours = ~Q(asked_by=viewer.user) if mine else Q(pk__in=[])
    tabs = {
        "to_answer": (_("To answer"), is_open & ours),
        "asked": (_("Waiting for others"), is_open & ~ours),
        "answered": (_("Answered"), ~is_open),
    }
    if not mine:
        del tabs["to_answer"]
    page = _page(request, WillingnessChange.objects.within(viewer.scope), tabs)
    return _shown(request, _("Second person"), "willingness", page)


def _page(request: HttpRequest, rows: QuerySet[Any], tabs: dict[str, tuple[str, Q]]) -> dict[str, Any]:
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in tabs else next(iter(tabs))
    rows = rows.select_related("resident", "region", "asked_by", "answered_by").filter(tabs[chosen][1])
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return {
        "tab": chosen,
        "tabs": [
            {"label": label, "url": f"?tab={code}", "active": code == chosen, "count": None}
            for code, (label, _where) in tabs.items()
        ],
        "rows": [(one, mask_id(one.resident.id_number), _door(one)) for one in found[:PAGE]],
        "following": f"?tab={chosen}&before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }


def _door(one: Any) -> str:
    if isinstance(one, WillingnessChange):
        return reverse("answer", args=["willingness", one.pk])
    return reverse("answer", args=["request" if one.requested else "transfer", one.pk])


def _shown(request: HttpRequest, title: str, kind: str, page: dict[str, Any]) -> HttpResponse:
    return render(request, "people/proposals.html", {"title": title, "kind": kind, **page})


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_PEOPLE)
def ask_for(request: HttpRequest, ticket: str) -> HttpResponse:
    """A resident recorded elsewhere, known by the whole identity number, is asked for."""
    viewer = Viewer.of(request)
    read = registering.read_ticket(ticket, viewer)
    if read is None:
        raise Http404
    form = RequestForm(request.POST if request.method == "POST" else None, today=viewer.today)
    with beyond_scope("the resident belongs to the community that is asked"):
        resident = Resident.objects.select_related("region").filter(pk=read[0]).first()
        to = Region.objects.filter(pk=read[1]).first()
        if resident is None or to is None:
            raise Http404
        if request.method == "POST" and form.is_valid() and _asked(form, resident, to, viewer):
            messages.success(request, _("%s is asked to let the resident go.") % resident.region)
            return redirect(f"{reverse('transfers')}?tab=asked")
    context = {"form": form, "resident": resident, "to": to, "id_number": mask_id(resident.id_number)}
    return render(request, "people/ask_for.html", context, status=422 if form.is_bound else 200)


def _asked(form: RequestForm, resident: Resident, to: Region, viewer: Viewer) -> bool:
    given = form.cleaned_data
    try:
        transfer.propose(
            resident, to, given["moved_on"], given["reason"], viewer.user, viewer.today, requested=True
        )
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return not form.errors
