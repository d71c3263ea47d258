"""Sending a person to a post, and the letter that goes along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found
from qiao.core.procedures.refusal import Refused
from qiao.services.vacancies import api, fit, wording
from qiao.services.vacancies.actions import referring
from qiao.services.vacancies.views.doors import about_resident, number, sought, trail

SHOWN = 30


@require_http_methods(["GET", "POST"])
@about_resident
def refer(request: HttpRequest, viewer: Viewer, resident: Any) -> HttpResponse:
    """Open posts of the district that fit, each with a button."""
    refused = ""
    if request.method == "POST":
        try:
            referral = api.refer(resident, _post(request, viewer), viewer.appointment, viewer.today)
        except Refused as why:
            refused = str(why)
        else:
            said = _("%(name)s is referred: %(post)s. Print the letter and hand it over.")
            messages.success(request, said % {"name": resident.name, "post": referral.post})
            return redirect("referral_letter", referral.pk)
    text = sought(request)
    every = api.open_posts(resident.region_id, viewer.today)
    posts = fit.narrowed(fit.posts_for(resident, every, viewer.today), text)
    held = set(referring.open_of(resident).values_list("post", flat=True))
    context = {
        "resident": resident,
        "refused": refused,
        "q": text,
        "lines": [
            {
                "post": post,
                "pay": wording.pay(post),
                "ages": wording.ages(post),
                "why": fit.why_offered(post, resident),
                "referred": post.pk in held,
            }
            for post in posts[:SHOWN]
        ],
        "trail": trail("residents", resident, resident.name),
    }
    return render(request, "vacancies/refer.html", context, status=409 if refused else 200)


def _post(request: HttpRequest, viewer: Viewer) -> Any:
    asked = number(request.POST.get("post", ""))
    post = api.of_district(viewer.scope.code).filter(pk=asked).first() if asked else None
    if post is None:
        raise Http404
    return post


@require_GET
@requires(Right.EDIT_PEOPLE)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter of introduction to print, with a slip that the employer sends back."""
    viewer = Viewer.of(request)
    referral = found(registry.get("referrals"), viewer, pk)
    resident, post = referral.resident, referral.post
    context = {
        "referral": referral,
        "resident": resident,
        "id_number": mask_id(resident.id_number) or "—",
        "age": resident.age_on(viewer.today),
        "post": post,
        "pay": wording.pay(post),
        "station": viewer.appointment.region,
        "by": request.user,
        "today": viewer.today,
        "trail": trail("referrals", referral, resident.name),
    }
    return render(request, "vacancies/letter.html", context)
