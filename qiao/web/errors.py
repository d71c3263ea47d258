"""Pages for what goes wrong: in the person's language, saying what happened and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return render(request, "403_csrf.html", {"back_url": page if ours else ""}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, the session or the context processors."""
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    return HttpResponseServerError(loader.get_template("500.html").render({"at": at}))
