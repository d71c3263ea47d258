"""Opening a case by hand, with the form the procedure declares."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import Procedure
from qiao.core.procedures.refusal import Refused
from qiao.core.procedures.views.access import door


@door
def opening(request: HttpRequest, declared: Procedure, viewer: Viewer) -> HttpResponse:
    if declared.opening is None or declared.opening_right is None:
        raise Http404
    if not viewer.appointment.can(declared.opening_right):
        raise PermissionDenied
    if request.method == "POST":
        form = declared.opening(request.POST, appointment=viewer.appointment)
        if form.is_valid():
            try:
                case = form.open()
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The case is open."))
                return redirect("case", declared.code, case.pk)
    else:
        form = declared.opening(appointment=viewer.appointment, initial=request.GET.dict())
    status = 422 if form.errors else 200
    context = {"procedure": declared, "form": form, "subject": form.subject()}
    return render(request, "procedures/new.html", context, status=status)
