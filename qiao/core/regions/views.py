"""The tree, one region at a time; adding, renaming, ending, and the guided re-code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.models import Appointment
from qiao.core.accounts.rights import Right
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import actions, codes, mapping_files, moving, recoding
from qiao.core.regions.forms import AddForm, EndForm, RecodeForm, RenameForm
from qiao.core.regions.models import Region

FORMS = {"add": AddForm, "rename": RenameForm, "end": EndForm}


@requires()
@require_GET
def home(request: Any) -> HttpResponse:
    scope = request.scope
    return redirect("settings_region", max(scope.code, _topmost() if scope.code == codes.NATION else 0))


def _topmost() -> int:
    return Region.objects.order_by("code").values_list("code", flat=True).first() or 0


def _forms(request: Any, region: Region) -> dict[str, Any]:
    verb = request.POST.get("verb")
    made: dict[str, Any] = {}
    for name, form in FORMS.items():
        more = {"parent": region.code} if name == "add" else {}
        initial = {
            "since": request.today,
            "on": request.today,
            "name": region.name if name == "rename" else "",
        }
        made[name] = form(request.POST if verb == name else None, initial=initial, prefix=name, **more)
    return made


@requires()
def region(request: Any, code: int) -> HttpResponse:
    found = Region.objects.filter(code=code).first() if code < 10**12 else None
    if found is None or not request.scope.contains(code):
        raise Http404
    may_edit = request.appointment.can(Right.MANAGE_REGIONS)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    made = _forms(request, found)
    verb = request.POST.get("verb", "")
    if verb in FORMS and made[verb].is_valid() and _carry_out(request, verb, found, made[verb]):
        return redirect("settings_region", code)
    ended = request.GET.get("ended") == "1"
    units = Region.objects.children_of(code).exclude(code=code).prefetch_related("successions__new")
    above = Region.objects.filter(
        code__in=[one for one in codes.ancestors(code) if request.scope.contains(one)]
    )
    context = {
        "region": found,
        "above": above.order_by("code"),
        "units": units if ended else units.on(request.today),
        "ended": ended,
        "forms": made if may_edit else {},
        "may_edit": may_edit,
        "successions": found.successions.select_related("new"),
        "origins": found.origins.select_related("old"),
        "former_names": found.former_names.all(),
        "is_over": found.valid_to is not None and found.valid_to <= request.today,
    }
    return render(request, "regions/region.html", context)


def _carry_out(request: Any, verb: str, found: Region, form: Any) -> bool:
    data = form.cleaned_data
    try:
        if verb == "add":
            actions.add_internal(data["code"], data["name"], data["since"])
        elif verb == "rename":
            actions.rename(found, data["name"], data["on"])
        else:
            with beyond_scope("records of any owner keep the region in use"):
                actions.end(found, data["on"])
    except ValidationError as wrong:
        for name, errors in getattr(wrong, "error_dict", {"": wrong.messages}).items():
            form.add_error(name if name in form.fields else None, errors)
        return False
    messages.success(request, _("The tree is changed."))
    return True


def _outside(request: Any, touched: Iterable[int]) -> list[str]:
    return [
        _("%(code)s lies outside your region. Somebody appointed above both must do this.")
        % {"code": f"{code:012}"}
        for code in touched
        if not request.scope.contains(code)
    ]


@requires(Right.MANAGE_REGIONS)
def recode(request: Any) -> HttpResponse:
    """First shows what would happen; does it when the same rows come back confirmed."""
    form = RecodeForm(
        request.POST or None, request.FILES or None, today=request.today, initial={"on": request.today}
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        day, rows = form.cleaned_data["on"], form.cleaned_data["rows"]
        try:
            mapping, names = mapping_files.parse(rows)
            if outside := _outside(request, {*mapping, *mapping.values()}):
                raise recoding.CannotRecode(outside)
            with beyond_scope("a re-code moves the records of the old codes to codes outside the old scope"):
                if request.POST.get("confirmed") == "1":
                    done = actions.recode(mapping, day, names=names, by=request.user)
                    messages.success(request, _told(done))
                    return redirect(reverse("settings_regions"))
                plan = recoding.plan(mapping, day, names)
                context |= {"plan": plan, "rows": rows, "on": day}
                context["counts"] = moving.counts(plan.mapping, day)
                context["staff"] = Appointment.objects.on(day).filter(region__in=plan.mapping).count()
        except recoding.CannotRecode as wrong:
            for problem in wrong.problems:
                form.add_error("rows", problem)
    return render(request, "regions/recode.html", context)


def _told(done: actions.Recoded) -> str:
    text = _("%(regions)s regions and %(records)s records have moved; %(staff)s appointments followed.") % {
        "regions": len(done.plan.moves),
        "records": done.records,
        "staff": done.appointments,
    }
    if done.unplaced:
        people = ", ".join(f"{post.user} · {post}" for post in done.unplaced)
        text += " " + _("To be appointed anew: %(people)s.") % {"people": people}
    return text
