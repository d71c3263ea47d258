"""The form of a record, new or to be corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.ledgers import suggesting
from qiao.core.ledgers.columns import Kind
from qiao.core.ledgers.forms import RecordForm
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door, found, need, trail


@require_http_methods(["GET", "POST"])
@door
def new(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    need(viewer, ledger.edit)
    return _answer(request, ledger, viewer, ledger.model())


@require_http_methods(["GET", "POST"])
@door
def edit(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    need(viewer, ledger.edit)
    with transaction.atomic():
        return _answer(request, ledger, viewer, found(ledger, viewer, pk, lock=request.method == "POST"))


@require_GET
@door
def options(request: HttpRequest, ledger: Ledger, viewer: Viewer, key: str) -> HttpResponse:
    """Whom the text typed into a link may mean, as the options of its field."""
    need(viewer, ledger.edit)
    column = ledger.resolved.get(key)
    if column is None or column.kind is not Kind.LINK or column.source not in ("", key):
        raise Http404
    other: Any = ledger.model._meta.get_field(key).related_model
    found = suggesting.named(other, viewer, request.GET.get(key, "").strip()[:60])
    return render(request, "ledgers/options.html", {"words": [suggesting.label(one) for one in found]})


def _answer(request: HttpRequest, ledger: Ledger, viewer: Viewer, record: Any) -> HttpResponse:
    is_new = record.pk is None
    form = RecordForm(ledger, viewer, record, request.POST if request.method == "POST" else None)
    if is_new:
        form.begin_with(request.GET)
    if request.method == "POST" and form.is_valid() and form.stored():
        title = ledger.record_title(record, viewer)
        messages.success(request, (_("%s is entered.") if is_new else _("%s is saved.")) % title)
        return redirect(ledger.saved_url(record))
    return render(
        request,
        "ledgers/form.html",
        {
            "ledger": ledger,
            "trail": trail(ledger),
            "form": form,
            "record": None if is_new else record,
            "draft": f"{ledger.code}-{'new' if is_new else record.pk}",
            "title": "" if is_new else ledger.record_title(ledger.model.everything.get(pk=record.pk), viewer),
            "cancel": ledger.url() if is_new else ledger.url("file", record.pk),
        },
        status=422 if form.is_bound else 200,
    )
