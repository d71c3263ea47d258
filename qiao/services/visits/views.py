"""Recording a visit, and the visits made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qiao.core.accounts.rights import Right
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits import actions
from qiao.services.visits.forms import VisitForm
from qiao.services.visits.models import Target, Visit

LARGEST = 2**63 - 1
CHIPS = "outcome", "target", "way", "situation", "needs"
TYPED = "note", "visited_on", "next_on"
# What an address may name, where it is looked for, and whom a visit to it is at first taken to meet.
WHOM = {
    "resident": (people.residents, Target.PERSON),
    "household": (people.households, Target.FAMILY),
    "employer": (employers.employers, Target.EMPLOYER),
    "outlet": (employers.outlets, Target.OUTLET),
}


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """`?resident=`, `?household=`, `?employer=` or `?outlet=` says whom; `?next=` where to go afterwards."""
    if not request.appointment or not request.appointment.can(Right.EDIT_PEOPLE):  # type: ignore[attr-defined]
        raise PermissionDenied
    if not WHOM.keys() & set(request.GET):
        return render(request, "visits/choose.html")
    visit = _to(request)
    today = request.today  # type: ignore[attr-defined]
    if request.method == "POST":
        form = VisitForm(request.POST, instance=visit, today=today)
        if form.is_valid() and _recorded(form):
            messages.success(request, _("The visit is recorded."))
            return redirect(_back(request))
    else:
        form = VisitForm(instance=visit, today=today)
    context = {
        "form": form,
        "chips": [form[name] for name in CHIPS if name in form.fields],
        "typed": [form[name] for name in TYPED],
        "whom": visit.whom,
        "back": _back(request),
    }
    return render(request, "visits/new.html", context, status=422 if form.errors else 200)


def _recorded(form: VisitForm) -> bool:
    try:
        actions.record(form.instance)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _to(request: HttpRequest) -> Visit:
    """An empty visit to whom the address names, inside the scope; else 404."""
    scope = request.scope  # type: ignore[attr-defined]
    named = {
        key: found
        for key, (rows, _target) in WHOM.items()
        if (found := _found(rows(scope), request.GET.get(key, "")))
    }
    if not named:
        raise Http404
    first, whom = next(iter(named.items()))
    by = request.user
    return Visit(**named, target=WHOM[first][1], region_id=whom.region_id, by=by, created_by=by)  # type: ignore[misc]


def _found(rows: Any, number: str) -> Any:
    if not number:
        return None
    found = rows.filter(pk=number).first() if number.isdecimal() and int(number) <= LARGEST else None
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if allowed else reverse("home")
