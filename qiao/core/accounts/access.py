"""Who may pass a view: signed in, with a post that holds the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qiao.core.accounts.rights import Right

View = Callable[..., HttpResponseBase]


def requires(*rights: Right) -> Callable[[View], View]:
    """View decorator: any one of the rights opens it; with none, any valid post does."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            appointment = request.appointment  # type: ignore[attr-defined]
            if appointment is None or (rights and not any(appointment.can(right) for right in rights)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return opened

    return decorate
