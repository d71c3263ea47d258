"""Recording one visit, and the photo that came with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts import access
from qiao.core.accounts.rights import Right
from qiao.services.visits import actions, photos, rhythm
from qiao.services.visits.forms import VisitForm
from qiao.services.visits.models import Outcome, Visit
from qiao.services.visits.views import whom

BY_WHY = "findings", "repayment", "campaign"
ABOUT = "situation", "needs"
WHERE = "target", "way"


@access.requires(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?resident=`, `?household=`, `?employer=`, `?outlet=` or, for the same again, `?after=` says whom, `?why=`
    what for, `?next=` where to go afterwards. Asked by a change of why alone it answers with what depends on it."""
    if not whom.NAMED & set(request.GET):
        return render(request, "visits/choose.html")
    visit = whom.begun(request)
    today = request.today  # type: ignore[attr-defined]
    if request.method == "POST":
        form = VisitForm(request.POST, request.FILES, instance=visit, today=today)
        if form.is_valid() and _recorded(form):
            messages.success(request, _said(form.instance))
            return redirect(whom.back(request))
    else:
        form = VisitForm(instance=visit, today=today, initial={"entry": uuid4()})
    context = {
        "form": form,
        "by_why": _chosen(form, BY_WHY),
        "about": _chosen(form, ABOUT),
        "where": _chosen(form, WHERE),
        "whom": visit.whom,
        "rule": _rule(visit, form, today),
        "back": whom.back(request),
    }
    part = request.method == "GET" and getattr(request, "htmx", False)
    page = "visits/by_why.html" if part else "visits/new.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _chosen(form: VisitForm, names: tuple[str, ...]) -> list[Any]:
    return [form[name] for name in names if name in form.fields]


def _recorded(form: VisitForm) -> bool:
    try:
        form.instance = actions.record(form.instance, further=not form.cleaned_data["last"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _said(visit: Visit) -> str:
    if visit.next_on:
        return _("The visit is recorded. Next visit on %(day)s.") % {"day": visit.next_on}
    return _("The visit is recorded.")


def _rule(visit: Visit, form: VisitForm, today: Any) -> dict[str, Any]:
    """The days on which the next visit falls if none is agreed."""
    made = Visit(
        resident=visit.resident,
        region_id=visit.region_id,
        why=form.reason,
        visited_on=visit.visited_on or today,
    )
    made.outcome = Outcome.MET
    met = rhythm.next_on(made)
    made.outcome = Outcome.NOT_MET
    return {"met": met, "again": rhythm.next_on(made)}


@access.requires(Right.SEE_PEOPLE)
@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a visit inside the scope."""
    visit = access.found(Visit.objects.within(request.scope), pk)  # type: ignore[attr-defined]
    data = photos.load(visit.photo) if visit.photo else None
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
