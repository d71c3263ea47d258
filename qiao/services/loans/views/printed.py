"""The application as a form of paper, filled in as far as the records know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import procedure
from qiao.core.procedures.views.access import found
from qiao.core.records import dates


@require_GET
@requires(Right.SEE_LOANS)
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Application and investigation in one, as the offices of the time printed them, for every station to sign."""
    viewer = Viewer.of(request)
    declared = procedure("loan")
    case = found(declared, viewer, pk)
    resident = case.resident
    context = {
        "case": case,
        "resident": resident,
        "age": resident.age_on(case.opened_on),
        "id_number": mask_id(resident.id_number) or "",
        "birth": dates.shown(resident.birth_date, resident.birth_precision) if resident.birth_date else "",
        "sheet": getattr(case, "feasibility", None),
        "backing": case.backing.order_by("id"),
        "partners": case.partners.order_by("id"),
        "stations": [
            _("Community"),
            _("Street office"),
            _("District bureau"),
            _("Guarantee centre"),
            _("Bank"),
        ],
        "trail": [
            {"label": declared.name, "url": reverse("cases", args=["loan"])},
            {"label": declared.name_for(case, viewer), "url": reverse("case", args=["loan", pk])},
        ],
    }
    return render(request, "loans/form.html", context)
