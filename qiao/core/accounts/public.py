"""Pages for anybody, without signing in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

PAGES_A_MINUTE = 60
HALL_A_MINUTE = 1200
TRIES, FORGOTTEN_AFTER = 5, 15 * 60
"""As at sign-in: so many wrong answers, then so many seconds without another try."""


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def page(request: HttpRequest) -> str:
    return request.path


def at_most(pages: int, whose: Callable[[HttpRequest], str]) -> Callable[[Any], Any]:
    """View decorator: so many pages a minute from one address, or of one page; whoever reads faster is asked to wait."""

    def limited(view: Any) -> Any:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = f"public:{pages}:{whose(request)}"
            cache.add(key, 0, 60)
            try:
                count = cache.incr(key)
            except ValueError:
                count = 1
            if count > pages:
                words = _("Too many pages in a minute. Please wait a little and try again.")
                answer = HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
                answer["Retry-After"] = "60"
                return answer
            answered: HttpResponse = view(request, *args, **kwargs)
            return answered

        return opened

    return limited


def may_try(what: str) -> bool:
    """Whether `what` somebody claims, such as to be a person, was not claimed wrongly too often just now."""
    return int(cache.get(f"tries:{what}", 0)) < TRIES


def failed(what: str) -> None:
    cache.add(f"tries:{what}", 0, FORGOTTEN_AFTER)
    with suppress(ValueError):
        cache.incr(f"tries:{what}")


def politely(view: Any) -> Any:
    """View decorator: a page without sign-in, for people at home or at a counter."""
    return login_not_required(at_most(PAGES_A_MINUTE, address)(view))


def in_a_hall(view: Any) -> Any:
    """View decorator: a page without sign-in where hundreds of phones share one address."""
    return login_not_required(at_most(HALL_A_MINUTE, address)(view))


def ones_own(view: Any) -> Any:
    """View decorator: a page whose address only one person has, such as a visitor's own page in a hall."""
    return in_a_hall(at_most(PAGES_A_MINUTE, page)(view))
