"""Who may pass the doors of a procedure, and which case stands behind an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import Procedure, procedure

P = ParamSpec("P")
LARGEST = 2**63 - 1


def door(
    view: Callable[Concatenate[HttpRequest, Procedure, Viewer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Gives a view its procedure and its viewer, who may see residents."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        appointment = request.appointment  # type: ignore[attr-defined]
        if appointment is None or not appointment.can(Right.SEE_PEOPLE):
            raise PermissionDenied
        try:
            declared = procedure(code)
        except KeyError:
            raise Http404 from None
        return view(request, declared, Viewer(appointment, request.today), *args, **kwargs)  # type: ignore[attr-defined]

    return opened


def cases_of(declared: Procedure, viewer: Viewer) -> Any:
    """Where every query of a procedure begins: its cases inside the viewer's scope."""
    return declared.cases().within(viewer.scope)  # type: ignore[attr-defined]


def found(declared: Procedure, viewer: Viewer, pk: int) -> Any:
    """The case, or 404: one out of scope does not exist for the viewer."""
    case = cases_of(declared, viewer).filter(pk=pk).first() if pk <= LARGEST else None
    if case is None:
        raise Http404
    return case
