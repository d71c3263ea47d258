"""What is seen without signing in: the big screen, the entrance, and a visitor's own page on a phone.

The signed token names the fair or the visitor, and every query starts from it.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.core.accounts.public import failed, in_a_hall, may_try, ones_own
from qiao.core.intake.cells import plain
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.fairs import actions, results, tokens
from qiao.services.fairs.models import Fair, Intention, Offer, Visitor
from qiao.services.fairs.views.desk import code

SCROLLED = 300


@in_a_hall
@require_safe
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """Counters, scrolling posts and the code of the entrance, without names. The counters are asked for anew every
    thirty seconds, the posts every quarter of an hour, so that they scroll on."""
    with beyond_scope("a public page without an appointment; it shows one fair and nobody's name"):
        fair = _fair(tokens.read(tokens.SCREEN, token))
        counted = results.counters(fair)
        offers = list(_offers(fair)[:SCROLLED])
    context = {
        "fair": fair,
        "counters": counted,
        "offers": offers,
        "code": code(request, "fair_door", tokens.made(tokens.DOOR, fair.pk)),
        "address": request.path,
    }
    part = bool(getattr(request, "htmx", False))
    return render(request, "fairs/screen_part.html" if part else "fairs/screen.html", context)


@in_a_hall
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor without a code comes in by name and phone, or by the end of the identity number."""
    said = ""
    given = {key: plain(request.POST.get(key, ""))[:60] for key in ("name", "phone", "tail")}
    with beyond_scope("a public page without an appointment; it writes one visitor of one fair"):
        fair = _fair(tokens.read(tokens.DOOR, token))
        if request.method == "POST":
            try:
                made = _let_in(fair, given, request.today)  # type: ignore[attr-defined]
            except Refused as refusal:
                said = str(refusal)
            else:
                return redirect(reverse("fair_visitor", args=[tokens.made(tokens.VISITOR, made.pk)]))
        context = {"fair": fair, "said": said, "given": given, "open": actions.open_on(fair, request.today)}  # type: ignore[attr-defined]
        return render(request, "fairs/door.html", context, status=422 if said else 200)


def _let_in(fair: Fair, given: dict[str, str], on: date) -> Visitor:
    """Raises Refused, also when the end of this person's number was guessed wrongly too often."""
    who = f"fair:{fair.pk}:{sha256(given['name'].encode()).hexdigest()}"
    if given["tail"] and not may_try(who):
        raise Refused(_("That did not match several times. Give your phone instead, or ask at the entrance."))
    try:
        return actions.walk_in(fair, given["name"], given["phone"][:20], given["tail"], on)
    except Refused:
        if given["tail"]:
            failed(who)
        raise


@ones_own
@require_http_methods(["GET", "POST"])
def visitor(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor's own page. Two taps: the post, then "I am interested"."""
    said = ""
    with beyond_scope("a public page without an appointment; it shows and writes what is one visitor's own"):
        number = tokens.read(tokens.VISITOR, token)
        mine: Visitor | None = (
            Visitor.objects.filter(pk=number).select_related("fair", "resident", "region").first()
        )
        if mine is None:
            raise Http404
        today = request.today  # type: ignore[attr-defined]
        if request.method == "POST":
            try:
                _tapped(request, mine, today)
                return redirect(request.path)
            except Refused as refusal:
                said = str(refusal)
        offers = list(_offers(mine.fair)[:SCROLLED])
        stated = set(Intention.objects.filter(visitor=mine).values_list("offer", flat=True))
        place = {pk: at for at, pk in enumerate(mine.suggested)}
        offers.sort(key=lambda one: place.get(one.pk, len(place)))
        context = {
            "visitor": mine,
            "fair": mine.fair,
            "said": said,
            "open": actions.open_on(mine.fair, today),
            "offers": [(one, one.pk in stated, one.pk in place) for one in offers],
        }
        return render(request, "fairs/visitor.html", context, status=422 if said else 200)


def _tapped(request: HttpRequest, mine: Visitor, today: object) -> None:
    offer = request.POST.get("offer", "")
    if not offer:
        actions.admit(mine, today)  # type: ignore[arg-type]
        return
    found = _offers(mine.fair).filter(pk=offer).first() if offer.isdecimal() and len(offer) < 19 else None
    if found is None:
        raise Http404
    actions.intend(mine, found, today)  # type: ignore[arg-type]


def _fair(number: int) -> Fair:
    found: Fair | None = Fair.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _offers(fair: Fair) -> Any:
    rows = Offer.objects.filter(booth__fair=fair, booth__deleted_at=None).exclude(booth__came=False)
    return rows.select_related("booth__employer", "booth").order_by("booth__number", "pk")
