"""The occupation of a post: five codes to choose from, best first; what is confirmed is remembered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.engines.occupations import Occupation, tree
from qiao.services.occupations import api as occupations
from qiao.services.vacancies.models import Post
from qiao.services.vacancies.views.doors import about_post, trail


@require_http_methods(["GET", "POST"])
@about_post(Right.EDIT_PEOPLE)
def code(request: HttpRequest, viewer: Viewer, post: Post) -> HttpResponse:
    """The clerk confirms one of the five, or types another code of the classification."""
    wrong = ""
    if request.method == "POST":
        chosen = (request.POST.get("typed", "") or request.POST.get("code", "")).strip().upper()
        if chosen in tree():
            confirm(post, chosen, viewer.user)
            messages.success(request, _("The occupation is confirmed: %s") % tree()[chosen].name)
            return redirect(registry.get("posts").url("file", post.pk))
        wrong = _("The classification of 2022 has no such code. Choose one of the list.")
    found = occupations.guesses(post.title)
    context = {
        "post": post,
        "wrong": wrong,
        "held": _held(post),
        "guesses": [
            {"occupation": tree()[one.code], "percent": round(100 * one.confidence)} for one in found
        ],
        "trail": trail("posts", post, post.title),
    }
    return render(request, "vacancies/occupation.html", context, status=422 if wrong else 200)


def _held(post: Post) -> Occupation | None:
    known = tree()
    return known[post.occupation_code] if post.occupation_code in known else None  # noqa: SIM401 - no mapping


def confirm(post: Post, chosen: str, by: Any) -> None:
    """Codes the post, and remembers the code for the next post of this title."""
    post.occupation_code = chosen
    post.save(update_fields=["occupation_code"])
    occupations.remember(post.title, chosen, by)
