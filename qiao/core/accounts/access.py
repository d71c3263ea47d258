"""Who may pass a view: signed in, with a post that holds the right. What is out of scope does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from qiao.core.accounts.models import Appointment
from qiao.core.accounts.rights import Right

View = Callable[..., HttpResponseBase]
P = ParamSpec("P")
Thing = TypeVar("Thing")
Viewer = TypeVar("Viewer")
LARGEST = 2**63 - 1


def requires(*rights: Right) -> Callable[[View], View]:
    """View decorator: any one of the rights opens it; with none, any valid post does."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            appointment = post(request)
            if rights and not any(appointment.can(right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return opened

    return decorate


def door(
    find: Callable[[str], Thing],
    viewer_of: Callable[[HttpRequest], Viewer],
    open_to: Callable[[Thing, Viewer], bool],
) -> Callable[
    [Callable[Concatenate[HttpRequest, Thing, Viewer, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
]:
    """View decorator for an address that begins with a code: gives the view what `find` knows under it (404 on
    KeyError) and its viewer, for whom it has to be open."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Thing, Viewer, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
        @requires()
        @wraps(view)
        def opened(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                thing = find(code)
            except KeyError:
                raise Http404 from None
            viewer = viewer_of(request)
            if not open_to(thing, viewer):
                raise PermissionDenied
            return view(request, thing, viewer, *args, **kwargs)

        return opened

    return decorate


def post(request: HttpRequest) -> Appointment:
    """Raises PermissionDenied for a person without any valid appointment."""
    appointment: Appointment | None = request.appointment  # type: ignore[attr-defined]
    if appointment is None:
        raise PermissionDenied
    return appointment


def found(rows: QuerySet[Any], pk: int) -> Any:
    """The record among those a viewer may see, or 404."""
    record = rows.filter(pk=pk).first() if pk <= LARGEST else None
    if record is None:
        raise Http404
    return record
