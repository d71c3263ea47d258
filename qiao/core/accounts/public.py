"""Pages for anybody, without signing in."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

PAGES_A_MINUTE = 60


def politely(view: Any) -> Any:
    """View decorator: no sign-in, and so many pages a minute from one address; whoever reads faster is asked to wait."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = f"public:{request.META.get('REMOTE_ADDR', '')}"
        cache.add(key, 0, 60)
        try:
            count = cache.incr(key)
        except ValueError:
            count = 1
        if count > PAGES_A_MINUTE:
            words = _("Too many pages in a minute. Please wait a little and try again.")
            answer = HttpResponse(words, status=429, content_type="text/plain; charset=utf-8")
            answer["Retry-After"] = "60"
            return answer
        answered: HttpResponse = view(request, *args, **kwargs)
        return answered

    return login_not_required(opened)
