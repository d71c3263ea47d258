"""What every page asks first: the person's language, and which of their posts they work in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.translation import gettext as _

from qiao.core.accounts.middleware import SESSION_KEY
from qiao.core.ledgers.api import problem

Answer = Callable[[HttpRequest], HttpResponse]

WITHOUT_POST = {"me", "choose_language", "choose_preference", "styleguide"}


def own_language(get_response: Answer) -> Answer:
    """The language of the account, unless this browser has chosen another."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def _without_post(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(
            403, _("Not allowed"), _("You hold no post at present, so there is nothing you may see.")
        )
    return render(request, "web/no_post.html", status=403)


class PostMiddleware:
    """Nobody works without a post: says so to a person who has none, asks one who has several."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        place = request.resolver_match
        name = place.view_name if place else None
        if not request.user.is_authenticated or name in WITHOUT_POST or request.path.startswith("/accounts/"):
            return None
        if request.appointment is None:  # type: ignore[attr-defined]
            return _without_post(request)
        held = request.appointments  # type: ignore[attr-defined]
        if name == "home" and len(held) > 1 and SESSION_KEY not in request.session:
            return redirect("posts")
        return None


def session_end(get_response: Answer) -> Answer:
    """A session that ends in the middle of work: the way to sign-in and back.

    Under htmx the whole page goes to sign-in, not a part of it. A step that cannot be repeated by its
    address (it was posted) leads home afterwards and says so.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        htmx = request.htmx  # type: ignore[attr-defined]
        if htmx and response.status_code == 302 and response["Location"].startswith(sign_in):
            page = htmx.current_url_abs_path or "/"
            redirected = HttpResponse(status=204)
            redirected["HX-Redirect"] = f"{sign_in}?{urlencode({'next': page})}"
            return redirected
        from_sign_in = urlsplit(request.headers.get("Referer", "")).path == sign_in
        if response.status_code == 405 and request.method == "GET" and from_sign_in:
            messages.warning(
                request, _("The session had ended before this step was taken. Please take it again.")
            )
            return redirect("home")
        return response

    return middleware
