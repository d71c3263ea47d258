"""Declared actions, on one record or on chosen ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qiao.core.accounts.access import LARGEST
from qiao.core.ledgers import batch
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.listing import Listing
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views import bin
from qiao.core.ledgers.views.access import door, found, need, trail
from qiao.core.procedures.refusal import Refused


@require_POST
@door
def on_many(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    """First asks: which of the chosen records will change, which will not and why. Then does it."""
    listing = Listing(ledger, viewer, request.GET)
    back = ledger.url() + (listing.query() if request.GET else "")
    if "every" in request.POST and listing.filters.form.is_valid():
        pks = list(listing.rows.order_by("pk").values_list("pk", flat=True)[: batch.LIMIT + 1])
    else:
        pks = [
            int(text) for text in request.POST.getlist("rows") if text.isdecimal() and int(text) <= LARGEST
        ]
    if not pks:
        messages.warning(request, _("Choose at least one row."))
        return redirect(back)
    if len(pks) > batch.LIMIT:
        messages.error(request, _("Choose at most %d rows at a time.") % batch.LIMIT)
        return redirect(back)
    return _act(request, ledger, viewer, pks, back)


@require_POST
@door
def on_one(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    found(ledger, viewer, pk)
    return _act(request, ledger, viewer, [pk], ledger.url("file", pk))


def _act(request: HttpRequest, ledger: Ledger, viewer: Viewer, pks: list[int], back: str) -> HttpResponse:
    action = batch.find(ledger, request.POST.get("action", ""))
    if action is None:
        raise Http404
    need(viewer, action.right)
    confirmed = "confirmed" in request.POST
    form = action.form(viewer)(request.POST if confirmed else None) if action.form else None
    with transaction.atomic():
        rows = ledger.records(viewer).filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
        allowed, refused = batch.sift(action, viewer, list(rows))
        if allowed and confirmed and (form is None or form.is_valid()):
            try:
                with transaction.atomic():
                    return _done(request, ledger, viewer, action, allowed, form, back)
            except Refused as refusal:
                messages.error(request, str(refusal))
    return _asked(request, ledger, viewer, action, form, allowed, refused, back)


def _done(
    request: HttpRequest,
    ledger: Ledger,
    viewer: Viewer,
    action: Action,
    allowed: list[Any],
    form: forms.Form | None,
    back: str,
) -> HttpResponse:
    assert action.run is not None
    words = action.run(viewer, allowed, form.cleaned_data if form else {})
    if action.run is batch.delete:
        bin.tell(request, ledger, [record.pk for record in allowed], words)
        back = ledger.url()
    else:
        messages.success(request, str(words))
        if not ledger.records(viewer).filter(pk__in=[record.pk for record in allowed]).exists():
            back = ledger.url()
    return redirect(back)


def _asked(
    request: HttpRequest,
    ledger: Ledger,
    viewer: Viewer,
    action: Action,
    form: forms.Form | None,
    allowed: list[Any],
    refused: list[batch.Refused],
    back: str,
) -> HttpResponse:
    return render(
        request,
        "ledgers/act.html",
        {
            "ledger": ledger,
            "trail": trail(ledger),
            "action": action,
            "form": form,
            "allowed": [(record.pk, ledger.record_title(record, viewer)) for record in allowed],
            "refused": [(ledger.record_title(record, viewer), reason) for record, reason in refused],
            "back": back,
        },
        status=422 if form is not None and form.is_bound else 200,
    )
