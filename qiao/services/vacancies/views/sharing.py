"""Making a post known: a list of people to call, a text for a group chat, a poster."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from qiao.core.accounts.masking import mask_phone
from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer
from qiao.services.vacancies import fit, wording
from qiao.services.vacancies.models import Post
from qiao.services.vacancies.views.doors import about_post, trail


@require_GET
@about_post(Right.EDIT_PEOPLE)
def call(request: HttpRequest, viewer: Viewer, post: Post) -> HttpResponse:
    """Who fits, hardship first; phones are masked and shown from the person's file."""
    context = {
        "post": post,
        "pay": wording.pay(post),
        "lines": [
            {
                "person": person,
                "age": person.age_on(viewer.today),
                "phone": mask_phone(person.phone) if person.phone else "",
                "why": fit.why_called(person, post),
            }
            for person in fit.people_for(post, viewer.scope, viewer.today)[: fit.SHOWN]
        ],
        "trail": trail("posts", post, post.title),
    }
    return render(request, "vacancies/call.html", context)


def _link(request: HttpRequest, post: Post) -> str:
    return request.build_absolute_uri(reverse("job", args=[post.pk]))


@require_GET
@about_post(Right.SEE_PEOPLE)
def message(request: HttpRequest, viewer: Viewer, post: Post) -> HttpResponse:
    station, phone = str(viewer.appointment.region), viewer.user.phone
    text = wording.chat_text(post, station, phone, _link(request, post), viewer.today)
    context = {
        "post": post,
        "text": text,
        "rows": text.count("\n") + 2,
        "trail": trail("posts", post, post.title),
    }
    return render(request, "vacancies/message.html", context)


@require_GET
@about_post(Right.SEE_PEOPLE)
def poster(request: HttpRequest, viewer: Viewer, post: Post) -> HttpResponse:
    """One A4 sheet in large type; the code leads to the public page of the post."""
    link = _link(request, post)
    drawn = segno.make(link, error="m").svg_inline(scale=6, border=2, omitsize=True)
    context = {
        "post": post,
        "pay": wording.pay(post),
        "lines": [(label, value) for label, value in wording.lines(post) if value != wording.pay(post)],
        "code": mark_safe(drawn),
        "link": link,
        "station": viewer.appointment.region,
        "phone": viewer.user.phone,
        "today": viewer.today,
        "trail": trail("posts", post, post.title),
    }
    return render(request, "vacancies/poster.html", context)
