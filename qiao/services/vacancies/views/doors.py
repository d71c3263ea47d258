"""Whom and what the pages of this service are about, inside the viewer's scope; else 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found
from qiao.services.people import api as people
from qiao.services.vacancies.models import Post

View = Callable[..., HttpResponse]
LARGEST = 2**63 - 1


def about_resident(view: View) -> View:
    """Gives a view its viewer and the resident."""

    @requires(Right.EDIT_PEOPLE)
    @wraps(view)
    def opened(request: HttpRequest, resident: int) -> HttpResponse:
        viewer = Viewer.of(request)
        rows = people.residents(viewer.scope).select_related("region")
        whom = rows.filter(pk=resident).first() if resident <= LARGEST else None
        if whom is None:
            raise Http404
        return view(request, viewer, whom)

    return opened  # type: ignore[return-value]


def about_post(*rights: Right) -> Callable[[View], View]:
    """Gives a view its viewer and the post, which the ledger of posts shows to this viewer."""

    def decorate(view: View) -> View:
        @requires(*rights)
        @wraps(view)
        def opened(request: HttpRequest, pk: int) -> HttpResponse:
            viewer = Viewer.of(request)
            post: Post = found(registry.get("posts"), viewer, pk)
            return view(request, viewer, post)

        return opened  # type: ignore[return-value]

    return decorate


def trail(ledger: str, record: Any, title: str) -> list[dict[str, str]]:
    """Where a page about one record stands."""
    declared = registry.get(ledger)
    return [
        {"label": str(declared.name), "url": declared.url()},
        {"label": title, "url": declared.url("file", record.pk)},
    ]


def sought(request: HttpRequest) -> str:
    """What was typed to narrow a list, harmless and short."""
    return request.GET.get("q", "").replace("\0", "").strip()[:60]


def number(text: str) -> int:
    """A record's number as it was sent, or 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
