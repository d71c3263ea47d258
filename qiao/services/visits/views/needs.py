"""What was said to be needed: where help begins, and the answer when no record can tell it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts import access
from qiao.core.accounts.rights import Right
from qiao.services.people import api as people
from qiao.services.visits import needs
from qiao.services.visits.forms import AnswerForm
from qiao.services.visits.models import Need, NeedAnswer, Visit


@access.requires(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, need: str) -> HttpResponse:
    rows = Visit.objects.within(request.scope).select_related("resident", "household__head", "by")  # type: ignore[attr-defined]
    visit: Visit = access.found(rows, pk)
    if need not in visit.needs:
        raise Http404
    given = NeedAnswer(
        visit=visit,
        need=need,
        region_id=visit.region_id,
        answered_on=request.today,  # type: ignore[attr-defined]
        by=request.user,
        created_by=request.user,  # type: ignore[misc]
    )
    if request.method == "POST":
        form = AnswerForm(request.POST, instance=given)
        if form.is_valid():
            form.save()
            messages.success(request, _("The answer is recorded."))
            return redirect("home")
    else:
        form = AnswerForm(instance=given)
    person = visit.resident or (visit.household.head if visit.household else None)
    context = {
        "form": form,
        "visit": visit,
        "need": Need(need).label,
        "doors": [(door.name, door.url(person.pk)) for door in needs.doors(need)] if person else [],
        "file": people.file_address("residents", person.pk) if person else "",
        "met": needs.said(need).filter(needs.met(need), pk=visit.pk).exists(),
    }
    return render(request, "visits/need.html", context, status=422 if form.errors else 200)
