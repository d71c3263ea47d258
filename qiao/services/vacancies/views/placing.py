"""Recording that somebody begins to work, and correcting on which terms."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found
from qiao.core.procedures.refusal import Refused
from qiao.services.vacancies import api, fit, wording
from qiao.services.vacancies.actions import referring
from qiao.services.vacancies.actions.placing import Start
from qiao.services.vacancies.forms import PlaceForm, TermsForm
from qiao.services.vacancies.models import Placement
from qiao.services.vacancies.views.doors import about_resident, number, sought, trail

SHOWN = 12
SAID = {one.name for one in fields(Start)} - {"post"}


@require_http_methods(["GET", "POST"])
@about_resident
def place(request: HttpRequest, viewer: Viewer, resident: Any) -> HttpResponse:
    """Three clicks: the button in the file, the post, save. The posts a person was referred to come first."""
    text = sought(request)
    posts = _offered(resident, viewer, text, request.POST.get("post") or request.GET.get("post", ""))
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        posts=[(str(post.pk), f"{post.title} · {post.employer} · {wording.pay(post)}") for post in posts],
        sought=text,
        initial={"post": request.GET.get("post", "")},
    )
    if request.method == "POST" and form.is_valid() and (placement := _placed(form, posts, viewer, resident)):
        messages.success(request, _("The work of %s is recorded.") % resident.name)
        return redirect(registry.get("placements").url("file", placement.pk))
    context = {
        "form": form,
        "resident": resident,
        "trail": trail("residents", resident, resident.name),
        "back": registry.get("residents").url("file", resident.pk),
    }
    return render(request, "vacancies/place.html", context, status=422 if form.is_bound else 200)


def _offered(resident: Any, viewer: Viewer, text: str, chosen: str) -> list[Any]:
    """Posts the person was referred to, then those that fit; the one chosen is always among them."""
    every = api.open_posts(resident.region_id, viewer.today)
    first = {*referring.open_of(resident).values_list("post", flat=True), number(chosen)} - {0}
    wanted = list(every.filter(pk__in=first)) if first else []
    fitting = fit.narrowed(fit.posts_for(resident, every, viewer.today), text)
    return [*wanted, *fitting.exclude(pk__in=first)[:SHOWN]]


def _placed(form: PlaceForm, posts: list[Any], viewer: Viewer, resident: Any) -> Placement | None:
    given = form.cleaned_data
    chosen = next((post for post in posts if str(post.pk) == given["post"]), None)
    start = Start(post=chosen, **{name: value for name, value in given.items() if name in SAID})
    try:
        return api.place(resident, start, viewer.appointment, viewer.today)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_PEOPLE)
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, ledger = Viewer.of(request), registry.get("placements")
    placement: Placement = found(ledger, viewer, pk)
    form = TermsForm(request.POST if request.method == "POST" else None, instance=placement)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The terms are saved."))
        return redirect(ledger.url("file", pk))
    title = ledger.record_title(placement, viewer)
    context = {
        "form": form,
        "title": title,
        "trail": trail("placements", placement, title),
        "back": ledger.url("file", pk),
    }
    return render(request, "vacancies/terms.html", context, status=422 if form.is_bound else 200)
