"""Open posts for anybody: no sign-in, nothing about people, large type."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.public import politely
from qiao.core.calendars.clock import today
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import codes
from qiao.core.regions.models import Region
from qiao.services.vacancies import fit, wording
from qiao.services.vacancies.models import Post
from qiao.services.vacancies.models.post import open_on
from qiao.services.vacancies.views.doors import LARGEST, number, sought

PAGE = 20


@politely
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """`q` what is sought, `place` a district, street or community, `after` the last post of the page before."""
    text, after = sought(request), number(request.GET.get("after", ""))
    posts = fit.narrowed(Post.objects.filter(open_on(today())).select_related("employer", "region"), text)
    place = Region.objects.filter(code=number(request.GET.get("place", ""))).first()
    if place:
        span = codes.subtree(place.code)
        posts = posts.filter(region__gte=span.lo, region__lt=span.hi)
    if after:
        posts = posts.filter(pk__lt=after)
    with beyond_scope("open posts are for everybody"):
        found = list(posts.order_by("-id")[: PAGE + 1])
    following = request.GET.copy()
    if len(found) > PAGE:
        following["after"] = str(found[PAGE - 1].pk)
    context = {
        "q": text,
        "place": place,
        "lines": [{"post": post, "pay": wording.pay(post)} for post in found[:PAGE]],
        "following": f"?{following.urlencode()}" if len(found) > PAGE else "",
    }
    return render(request, "vacancies/jobs.html", context)


@politely
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One post; gone with its last opening, its last day or its withdrawal."""
    with beyond_scope("open posts are for everybody"):
        rows = Post.objects.exclude(published_on=None).select_related("employer", "region")
        post = rows.filter(pk=pk).first() if pk <= LARGEST else None
    if post is None:
        raise Http404
    is_open = post.is_open(today())
    context = {"post": post, "open": is_open, "pay": wording.pay(post), "lines": wording.lines(post)}
    return render(request, "vacancies/job.html", context, status=200 if is_open else 410)
