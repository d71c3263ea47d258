"""Saved views: a list's address under a name, one's own or shared with the office."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.models import SavedView
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door


class ViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name", "query", "shared")
        error_messages = {"name": {"required": gettext_lazy("Give the view a name.")}}


@require_POST
@door
def keep(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    """A name that is used again is given to the new view."""
    form = ViewForm(request.POST)
    query = request.POST.get("query", "")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(f"{ledger.url()}?{query}")
    if viewer.scope.code == 0:
        raise Http404
    data = form.cleaned_data
    with transaction.atomic():
        SavedView.objects.update_or_create(
            user=viewer.user,
            ledger=ledger.code,
            name=data["name"],
            defaults={"query": data["query"], "shared": data["shared"], "region_id": viewer.scope.code},
        )
    messages.success(request, _("The view “%s” is kept.") % data["name"])
    return redirect(f"{ledger.url()}?{data['query']}")


@require_POST
@door
def drop(request: HttpRequest, ledger: Ledger, viewer: Viewer, view: int) -> HttpResponse:
    dropped, _kinds = SavedView.objects.filter(pk=view, user=viewer.user, ledger=ledger.code).delete()
    if not dropped:
        raise Http404
    messages.success(request, _("The view is removed."))
    return redirect(ledger.url())
