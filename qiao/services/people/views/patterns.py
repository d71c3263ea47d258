"""Patterns that honest records hardly make: what repeats, whom it concerns, and what somebody found out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_phone
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.models import PatternFlag, Resident

PAGE = 50
LARGEST = 2**63 - 1
Pattern, Verdict = PatternFlag.Pattern, PatternFlag.Verdict


class SettleForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=[one for one in PatternFlag.Verdict.choices if one[0] != PatternFlag.Verdict.OPEN],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=gettext_lazy("What you found out"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )


@require_safe
@requires(Right.EDIT_PEOPLE)
def flags(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    settled = request.GET.get("tab") == "settled"
    rows = PatternFlag.objects.within(viewer.scope)
    rows = rows.exclude(verdict=Verdict.OPEN) if settled else rows.filter(verdict=Verdict.OPEN)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("region", "settled_by").order_by("-pk")[: PAGE + 1])
    tab = "settled" if settled else "open"
    context = {
        "settled": settled,
        "tabs": [
            {"label": _("To look at"), "url": "?tab=open", "active": not settled, "count": None},
            {"label": _("Settled"), "url": "?tab=settled", "active": settled, "count": None},
        ],
        "rows": [(one, repeats(one)) for one in found[:PAGE]],
        "following": f"?tab={tab}&before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }
    return render(request, "people/patterns.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_PEOPLE)
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = Viewer.of(request)
    if pk > LARGEST:
        raise Http404
    rows = PatternFlag.objects.within(viewer.scope).select_related("region", "settled_by")
    found = get_object_or_404(rows, pk=pk)
    may_settle = viewer.can(Right.SECOND_PERSON) and found.verdict == Verdict.OPEN
    form = SettleForm(request.POST if request.method == "POST" and may_settle else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        rows.filter(pk=pk, verdict=Verdict.OPEN).update(
            **said, settled_by=viewer.user, settled_on=viewer.today, changed_at=timezone.now()
        )
        messages.success(request, _("The verdict is kept."))
        return redirect("patterns")
    context = {
        "flag": found,
        "repeats": repeats(found),
        "people": _people(found, viewer),
        "form": form,
        "may_settle": may_settle,
        "trail": [{"label": _("Patterns"), "url": reverse("patterns")}],
    }
    return render(request, "people/pattern.html", context, status=422 if form.errors else 200)


def _people(found: PatternFlag, viewer: Viewer) -> list[dict[str, Any]]:
    """Those of them who are still in the scope."""
    ledger = registry.get("residents")
    rows = Resident.objects.within(viewer.scope).filter(pk__in=found.resident_ids).order_by("name_sort", "pk")
    return [
        {
            "record": one,
            "url": ledger.url("file", one.pk),
            "age": one.age_on(viewer.today),
            "phone": mask_phone(one.phone),
        }
        for one in rows
    ]


def repeats(found: PatternFlag) -> str:
    """What repeats, in words."""
    kind, _space, value = found.key.partition(" ")
    match found.pattern, kind:
        case Pattern.IDENTICAL_SPELLS, "length":
            days = int(value)
            return ngettext("unemployed for exactly %d day", "unemployed for exactly %d days", days) % days
        case Pattern.IDENTICAL_SPELLS, _:
            return _("unemployed since the same day, %s") % (parse_date(value) or value)
        case Pattern.MONTH_END_BURST, _:
            return _("work begun in the last days of %s") % found.key
        case Pattern.ONE_PHONE, _:
            return _("the same phone")
        case Pattern.LEFT_BEFORE_ASSESSMENT, _:
            return _("assessment on %s") % found.key
    return found.key
