"""Posts that fit a person, and people to call for a post."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_phone
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.engines.matching import Explanation, Market
from qiao.services.matching import columns, words
from qiao.services.matching.board import Board, board
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

LARGEST = 2**63 - 1
SHOWN, READ, ALIKE = 50, 80, 3


@require_GET
@requires(Right.SEE_PEOPLE)
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """At most ten posts, the one given first, with reasons, and what would open more."""
    viewer = Viewer.of(request)
    resident = people.residents(viewer.scope).select_related("region").filter(pk=_known(pk)).first()
    if resident is None:
        raise Http404
    seeker = columns.read_people(people.seekers(viewer.scope, viewer.today).filter(pk=pk))
    on = board(resident.region_id, viewer.today)
    context: dict[str, Any] = {
        "resident": resident,
        "seeks": bool(seeker),
        "run": on and on.run,
        "may_refer": viewer.can(Right.EDIT_PEOPLE),
        "trail": _trail("residents", pk, resident.name),
    }
    if seeker and on is not None:
        market, explained = on.explained(seeker[0])
        context |= {
            "lines": list(_lines(viewer, on, market, explained)),
            "hardship": seeker[0].in_hardship,
            "steps": list(words.why_not_more(explained, market, on.packed.words)),
            "failed_alone": words.failed(explained.failed_alone),
            "failed": words.failed(explained.failed),
            "newer": seeker[0].changed_at > on.run.read_at,
        }
    return render(request, "matching/person.html", context)


def _lines(viewer: Viewer, on: Board, market: Market, explained: Explanation) -> list[dict[str, Any]]:
    ids = [int(market.posts.id[fit.post]) for fit in explained.fits]
    alike = [_alike(market, fit.post) for fit in explained.fits]
    posts = vacancies.open_posts(on.run.region_id, viewer.today).in_bulk(
        [*ids, *(one for some in alike for one in some)]
    )
    referred = set(
        _referred(viewer, resident=int(market.people.id[-1]), post__in=ids).values_list("post", flat=True)
    )
    return [
        {
            "post": post,
            "pay": vacancies.pay(post),
            "given": fit.assigned,
            "score": fit.score // 100,
            "parts": words.parts(market, explained.person, fit),
            "alike": [posts[one] for one in others if one in posts],
            "rivals": words.rivals(fit),
            "last": words.last(fit),
            "ages": vacancies.ages(post),
            "experience": post.experience_years,
            "referred": post.pk in referred,
        }
        for fit, others, post in zip(explained.fits, alike, map(posts.get, ids), strict=True)
        if post is not None
    ]


def _alike(market: Market, post: int) -> list[int]:
    """Some other posts of the same work, pay, place and demands: the list names one for all."""
    others = market.offer.members(int(market.offer.kind_of[post]))
    return [int(market.posts.id[one]) for one in others if one != post][:ALIKE]


@require_GET
@requires(Right.SEE_PEOPLE)
def of_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to call: hardship first, then the best fit. Phones are masked; they are shown from the person's file."""
    viewer = Viewer.of(request)
    post = vacancies.of_district(viewer.scope.code).filter(pk=_known(pk)).first()
    if post is None:
        raise Http404
    on = board(post.region_id, viewer.today)
    context = {
        "post": post,
        "pay": vacancies.pay(post),
        "open": post.is_open(viewer.today),
        "run": on and on.run,
        "lines": _called(viewer, on, post) if on is not None and post.is_open(viewer.today) else [],
        "may_refer": viewer.can(Right.EDIT_PEOPLE),
        "trail": _trail("posts", pk, post.title),
    }
    return render(request, "matching/post.html", context)


def _called(viewer: Viewer, on: Board, post: Any) -> list[dict[str, Any]]:
    seekers = people.seekers(viewer.scope, viewer.today)
    newcomers = columns.read_people(seekers.filter(on.newer(viewer.scope)))
    called = on.callable(post.pk, newcomers, viewer.scope, READ)
    ids = [one.resident for one in called]
    found = seekers.select_related("region").in_bulk(ids)
    referred = set(_referred(viewer, post=post, resident__in=ids).values_list("resident", flat=True))
    lines = [
        {
            "person": person,
            "hardship": person.in_hardship,
            "household": person.idle_household is not None,
            "age": person.age_on(viewer.today),
            "phone": mask_phone(person.phone) if person.phone else "",
            "score": one.score // 100,
            "given": one.given,
            "why": words.reasons(one.reasons),
            "referred": person.pk in referred,
        }
        for one, person in ((one, found.get(one.resident)) for one in called)
        if person is not None
    ]
    return lines[:SHOWN]


def _referred(viewer: Viewer, **whom: Any) -> Any:
    return vacancies.referred(**whom).within(viewer.scope)


def _known(pk: int) -> int:
    return pk if pk <= LARGEST else 0


def _trail(ledger: str, pk: int, title: str) -> list[dict[str, str]]:
    declared = registry.get(ledger)
    return [
        {"label": str(declared.name), "url": declared.url()},
        {"label": title, "url": declared.url("file", pk)},
    ]
