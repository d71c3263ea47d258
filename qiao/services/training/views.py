"""The two grids of a class: who was there on a day, and how it ended for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.procedures.refusal import Refused
from qiao.services.training import actions
from qiao.services.training.choices import Mark, Result, Stage
from qiao.services.training.models import Attendance, Enrolment, TrainingClass, of_district, with_attendance

LARGEST = 2**63 - 1
SHOWN_DAYS = 31


@requires(Right.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One day at a time, everybody marked present to begin with: who was missing is tapped. `?day=` says which."""
    one, people = _found(request, pk)
    day = _day(request, one)
    if request.method == "POST":
        _may_write(request)
        marks = {who.pk: request.POST.get(f"mark-{who.pk}", "") for who in people}
        number = actions.mark(people, day, marks, request.user)
        messages.success(
            request,
            ngettext("%(day)s: %(n)d person marked.", "%(day)s: %(n)d people marked.", number)
            % {"day": day, "n": number},
        )
        return redirect(f"{reverse('training_attendance', args=[pk])}?day={day}")
    known = _marks(people)
    days = sorted({on for _who, on in known})[-SHOWN_DAYS:]
    context = {
        **_context(request, one),
        "day": day,
        "marks": Mark.choices,
        "rows": [
            {
                "who": who,
                "mark": known.get((who.pk, day), Mark.PRESENT.value),
                "course": [Mark(found).label if (found := known.get((who.pk, on))) else "" for on in days],
            }
            for who in people
        ],
        "days": days,
        "recorded": day in days,
    }
    return render(request, "training/attendance.html", context)


@requires(Right.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who held a seat, with result and certificate number. One button passes all who are left."""
    one, people = _found(request, pk)
    said, status = "", 200
    if request.method == "POST":
        _may_write(request)
        rest = Result.PASSED.value if "rest" in request.POST else ""
        given = {
            who.pk: (
                request.POST.get(f"result-{who.pk}", "") or (rest if not who.result else ""),
                request.POST.get(f"certificate-{who.pk}", "")[:40],
            )
            for who in people
        }
        try:
            on = _date(request.POST.get("finished_on", "")) or one.ends_on
            number = actions.finish(people, given, on, request.today)  # type: ignore[attr-defined]
        except Refused as refusal:
            said, status = str(refusal), 422
        else:
            messages.success(
                request,
                ngettext("%(n)d result is entered.", "%(n)d results are entered.", number) % {"n": number},
            )
            return redirect("training_results", pk)
    context = {
        **_context(request, one),
        "people": people,
        "results": Result.choices,
        "refused": said,
        "finished_on": min(one.ends_on, request.today),  # type: ignore[attr-defined]
    }
    return render(request, "training/results.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> tuple[TrainingClass, list[Enrolment]]:
    """A class of the district and those of the scope who hold its seats; 404 for any other."""
    scope = request.scope  # type: ignore[attr-defined]
    one = of_district(scope).filter(pk=pk).first() if pk <= LARGEST else None
    if one is None:
        raise Http404
    held = Enrolment.objects.within(scope).filter(
        training_class=one, stage__in=(Stage.ENROLLED, Stage.FINISHED)
    )
    rows = with_attendance(held.select_related("resident", "region").order_by("region_id", "pk"))
    for who in (people := list(rows)):
        who.training_class = one
    return one, people


def _may_write(request: HttpRequest) -> None:
    if not request.appointment.can(Right.EDIT_PEOPLE):  # type: ignore[attr-defined]
        raise PermissionDenied


def _context(request: HttpRequest, one: TrainingClass) -> dict[str, Any]:
    return {
        "one": one,
        "trail": [
            {"label": pgettext("training", "Classes"), "url": reverse("ledgers:list", args=["classes"])}
        ],
        "may_write": request.appointment.can(Right.EDIT_PEOPLE),  # type: ignore[attr-defined]
    }


def _day(request: HttpRequest, one: TrainingClass) -> date:
    """The day asked for, else today, kept inside the class and not beyond today."""
    today: date = request.today  # type: ignore[attr-defined]
    asked = _date(request.POST.get("day", "") or request.GET.get("day", "")) or today
    return max(one.starts_on, min(asked, one.ends_on, today))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _marks(people: list[Enrolment]) -> dict[tuple[int, date], str]:
    rows = Attendance.objects.filter(enrolment__in=[who.pk for who in people]).order_by("on")
    return {(who, on): mark for who, on, mark in rows.values_list("enrolment_id", "on", "mark")}
