"""The desk of a fair: whom to invite, what came of it, the addresses of screen and entrance."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.procedures.refusal import Refused
from qiao.services.fairs import actions, results, suggestions, tokens
from qiao.services.fairs.models import Fair, Visitor
from qiao.services.people import api as people

LARGEST = 2**63 - 1


def code(request: HttpRequest, name: str, token: str) -> SafeString:
    """A QR code of an address of this site, drawn on the server."""
    link = request.build_absolute_uri(reverse(name, args=[token]))
    drawn = segno.make(link, error="m").svg_inline(scale=6, border=2, omitsize=True)
    return mark_safe(drawn)


@requires(Right.SEE_PEOPLE)
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    fair, scope, today = _fair(request, pk), request.scope, request.today  # type: ignore[attr-defined]
    mine = Visitor.objects.within(scope).filter(fair=fair)
    listed = mine.values("resident")
    groups = [
        {
            "code": one,
            "name": one.label,
            "new": people.members(one, scope, today).exclude(pk__in=listed).count(),
        }
        for one in people.Group
    ]
    outcomes = results.outcomes(mine)
    context = {
        "fair": fair,
        "trail": [
            {"label": _("Job fairs"), "url": reverse("ledgers:list", args=["fairs"])},
            {"label": fair, "url": reverse("ledgers:file", args=["fairs", fair.pk])},
        ],
        "groups": groups,
        "counters": results.counters(fair),
        "ratio": results.ratio(fair),
        "outcomes": [
            (_("Invited"), outcomes["invited"]),
            (_("Came"), outcomes["came"]),
            (_("With an intention"), outcomes["intended"]),
            (_("Hired"), outcomes["hired"]),
            (_("At work on record since the fair"), outcomes["registered"]),
            (_("At work after three months"), outcomes["at_work"] if today >= fair.followed_on else None),
        ],
        "screen": reverse("fair_screen", args=[tokens.made(tokens.SCREEN, fair.pk)]),
        "door": reverse("fair_door", args=[tokens.made(tokens.DOOR, fair.pk)]),
        "may_write": request.appointment.can(Right.EDIT_PEOPLE),  # type: ignore[attr-defined]
    }
    return render(request, "fairs/desk.html", context)


@require_POST
@requires(Right.EDIT_PEOPLE)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    fair = _fair(request, pk)
    groups = [one for one in request.POST.getlist("group") if one in people.Group.values]
    try:
        number = actions.invite(fair, groups, request.scope, request.today, request.user)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, ngettext("%(n)d person is invited.", "%(n)d people are invited.", number) % {"n": number}
        )
    return redirect("fair_desk", pk)


@require_POST
@requires(Right.EDIT_PEOPLE)
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    number = suggestions.suggest(_fair(request, pk))
    messages.success(
        request,
        ngettext("%(n)d person has booths to see first.", "%(n)d people have booths to see first.", number)
        % {"n": number},
    )
    return redirect("fair_desk", pk)


@requires(Right.SEE_PEOPLE)
def entrance_code(request: HttpRequest, pk: int) -> HttpResponse:
    """What an invited person brings along: the code, on paper or as a picture."""
    rows = Visitor.objects.within(request.scope).select_related("fair", "resident")  # type: ignore[attr-defined]
    visitor = rows.filter(pk=pk).first() if pk <= LARGEST else None
    if visitor is None:
        raise Http404
    token = tokens.made(tokens.VISITOR, visitor.pk)
    context: dict[str, Any] = {
        "visitor": visitor,
        "code": code(request, "fair_visitor", token),
        "link": reverse("fair_visitor", args=[token]),
    }
    return render(request, "fairs/pass.html", context)


def _fair(request: HttpRequest, pk: int) -> Fair:
    """A fair of the viewer's district; 404 for any other."""
    rows = Fair.objects.within(request.scope.district).select_related("region")  # type: ignore[attr-defined]
    fair: Fair | None = rows.filter(pk=pk).first() if pk <= LARGEST else None
    if fair is None:
        raise Http404
    return fair
