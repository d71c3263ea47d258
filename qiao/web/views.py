"""What belongs to the shell alone: one's posts, language, type size, and the page of oneself."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts.middleware import SESSION_KEY
from qiao.web import navigation

YEAR = 365 * 24 * 3600
PREFERENCES = {"large": {"0", "1"}, "keys": {"on", "off"}}


def back(request: HttpRequest) -> HttpResponse:
    """To the page the choice was made on, if that is one of ours."""
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "home")


def keep(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    return render(request, "web/posts.html")


@require_POST
def choose_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    if all(held.pk != pk for held in request.appointments):  # type: ignore[attr-defined]
        raise Http404
    request.session[SESSION_KEY] = pk
    return redirect("home")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return back(request)
    if request.user.is_authenticated:
        get_user_model().objects.filter(pk=request.user.pk).update(language=code)
    return keep(back(request), settings.LANGUAGE_COOKIE_NAME, code)


@login_not_required
@require_POST
def choose_preference(request: HttpRequest, name: str) -> HttpResponse:
    value = request.POST.get(name, "")
    if value not in PREFERENCES.get(name, ()):
        raise Http404
    return keep(back(request), name, value)


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "web/me.html")


@require_GET
def settings_index(request: HttpRequest) -> HttpResponse:
    return render(request, "web/settings.html", {"entries": navigation.links(navigation.SETTINGS, request)})
