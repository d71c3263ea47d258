"""Every policy with its verdict on a resident, and telling the person of what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts.access import LARGEST, requires
from qiao.core.accounts.masking import mask_name
from qiao.core.accounts.rights import Right
from qiao.services.people import api as people
from qiao.services.support import actions, facts, judging
from qiao.services.support.forms import ToldForm
from qiao.services.support.models import Entitlement
from qiao.services.support.policies import wording


@requires(Right.SEE_PEOPLE)
@require_GET
def policies(request: Any, pk: int) -> HttpResponse:
    resident = _found(request, pk)
    said = wording().policies
    kept = Entitlement.objects.filter(resident=resident).order_by("-changed_on", "policy")
    personal = request.appointment.can(Right.SHOW_PERSONAL)
    context = {
        "resident": resident,
        "name": resident.name if personal else mask_name(resident.name),
        "address": people.file_address("residents", resident.pk),
        "shown": judging.answers(
            facts.of_person(resident.pk, request.today), resident.region_id, request.today
        ),
        "news": [
            (said[one.policy].name if one.policy in said else one.policy, one)
            for one in kept
            if one.told_on is None
        ],
        "form": ToldForm(),
        "may_tell": request.appointment.can(Right.EDIT_PEOPLE),
    }
    return render(request, "support/person.html", context)


@requires(Right.SEE_PEOPLE)
@require_POST
def told(request: Any, pk: int) -> HttpResponse:
    if not request.appointment.can(Right.EDIT_PEOPLE):
        raise PermissionDenied
    resident = _found(request, pk)
    form = ToldForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    number = actions.tell(resident.pk, request.user, request.today, answer)
    messages.success(
        request,
        ngettext("The person was told of %d policy.", "The person was told of %d policies.", number) % number,
    )
    return redirect("support_person", resident.pk)


def _found(request: HttpRequest, pk: int) -> Any:
    scope: Any = request.scope  # type: ignore[attr-defined]
    found = people.residents(scope).filter(pk=pk).first() if pk <= LARGEST else None
    if found is None:
        raise Http404
    return found
