"""Naming a helper for a person or a household, and correcting what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts import access
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.services.visits.forms import PairForm
from qiao.services.visits.models import HelperPair
from qiao.services.visits.owed import HOUSEHOLD, RESIDENT
from qiao.services.visits.views import whom


@access.requires(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?resident=` or `?household=` says who is helped."""
    scope, user = request.scope, request.user  # type: ignore[attr-defined]
    for key in (RESIDENT, HOUSEHOLD):
        if text := request.GET.get(key, ""):
            record = whom.found(whom.WHOM[key][0](scope), text)
            pair = HelperPair(region_id=record.region_id, created_by=user)  # type: ignore[misc]
            setattr(pair, key, record)
            return _asked(request, pair)
    raise Http404


@access.requires(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    rows = HelperPair.objects.within(request.scope).select_related("resident", "household__head")  # type: ignore[attr-defined]
    return _asked(request, access.found(rows, pk))


def _asked(request: HttpRequest, pair: HelperPair) -> HttpResponse:
    today = request.today  # type: ignore[attr-defined]
    form = PairForm(request.POST if request.method == "POST" else None, instance=pair, today=today)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, _("%(helper)s helps %(whom)s.") % {"helper": pair.helper, "whom": pair.whom}
        )
        return redirect(registry.get("pairs").url("file", pair.pk))
    context = {"form": form, "pair": pair, "back": whom.back(request)}
    return render(request, "visits/pair.html", context, status=422 if form.errors else 200)
