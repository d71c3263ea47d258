"""The file of one case: papers, opinions, the decision bar, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts.forms import day_input
from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.core.ledgers.viewer import Viewer as Reader
from qiao.core.ledgers.views.record import related
from qiao.core.procedures.declaration import CaseForm, Need, Procedure, Text, Transition
from qiao.core.procedures.models import Case, Paper, Step
from qiao.core.procedures.moves import offered, take
from qiao.core.procedures.refusal import Refused
from qiao.core.procedures.views.access import door, found

LARGEST_FILE = 10 * 1024 * 1024
FILE_KINDS = (".pdf", ".jpg", ".jpeg", ".png")


class DecisionForm(forms.Form):
    """What every decision may carry. Fields that the transition does not need are left out."""

    opinion = forms.CharField(
        label=gettext_lazy("Opinion"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = forms.DateField(label=gettext_lazy("Date"), widget=day_input())

    def __init__(self, *args: Any, transition: Transition, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if Need.OPINION in transition.needs:
            self.fields["opinion"].initial = str(transition.opinion)
        else:
            del self.fields["opinion"]
        if transition.overridable and Need.REASON not in transition.needs:
            self.fields["reason"].required = False
            self.fields["reason"].label = gettext_lazy("Reason, if the records speak against it")
        elif Need.REASON not in transition.needs:
            del self.fields["reason"]
        self.fields["on"].initial = viewer.today


@require_GET
@door
def file(request: HttpRequest, declared: Procedure, viewer: Viewer, pk: int) -> HttpResponse:
    case = found(declared, viewer, pk)
    chosen = declared.transition_by_name.get(request.GET.get("take", ""))
    return _page(request, declared, viewer, case, chosen, None, None)


def _page(
    request: HttpRequest,
    declared: Procedure,
    viewer: Viewer,
    case: Case,
    chosen: Transition | None,
    form: DecisionForm | None,
    extra: CaseForm | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    reader = Reader.of(request)
    ways = offered(declared, case, viewer.appointment)
    chosen = chosen if chosen in ways else next(iter(ways), None)
    if chosen and form is None:
        form = DecisionForm(transition=chosen, viewer=viewer, prefix="decision")
        extra = chosen.form(case=case, prefix="extra") if chosen.form else None
    steps = list(_steps(declared, case))
    return render(
        request,
        "procedures/file.html",
        {
            "procedure": declared,
            "case": case,
            "who": declared.name_for(case, viewer),
            "trail": [{"label": declared.name, "url": reverse("cases", args=[declared.code])}],
            "stage": declared.stage_by_code[case.stage],
            "overdue": case.overdue(viewer.today),
            "stages": _main_stages(declared, case),
            "facts": [
                (label, value.isoformat() if isinstance(value, date) else value)
                for label, value in declared.facts(case, viewer.today)
                if value not in (None, "")
            ],
            "findings": list(declared.findings(case, viewer.today)),
            "papers": _papers(declared, case),
            "may_file": case.closed_on is None and bool(ways),
            "ways": ways,
            "chosen": chosen,
            "form": form,
            "extra": extra,
            "refusal": refusal,
            "opinions": [taken for taken in steps if taken.step.opinion or taken.step.reason],
            "events": [_event(declared, taken) for taken in reversed(steps)],
            "subject_url": declared.subject_url(case) if reader.can(Right.SEE_PEOPLE) else "",
            "doors": list(declared.doors(case, viewer)),
            "related": [table for one in declared.attached if (table := related(one, case, reader))],
        },
        status=status,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A step with its name in words."""

    step: Step
    label: Text


def _steps(declared: Procedure, case: Case) -> Iterator[Taken]:
    rows = Step.objects.filter(procedure=declared.code, case_id=case.pk).select_related("by").order_by("id")
    for step in rows:
        known = declared.transition_by_name.get(step.transition)
        yield Taken(step, known.label if known else _("Opened"))


def _event(declared: Procedure, taken: Taken) -> dict[str, Any]:
    step = taken.step
    stage = declared.stage_by_code.get(step.to_stage)
    arrived = _("now: %(stage)s") % {"stage": stage.label} if stage else ""
    return {
        "at": step.on.isoformat(),
        "title": taken.label,
        "text": " · ".join(part for part in (arrived, step.opinion, step.reason) if part),
        "by": step.by or _("the system"),
    }


def _main_stages(declared: Procedure, case: Case) -> dict[str, Any]:
    main = [stage for stage in declared.stages if not stage.aside or stage.code == case.stage]
    return {
        "labels": [stage.label for stage in main],
        "current": next(place for place, stage in enumerate(main, start=1) if stage.code == case.stage),
    }


def _papers(declared: Procedure, case: Case) -> list[dict[str, Any]]:
    held = {
        paper.kind: paper
        for paper in Paper.objects.filter(procedure=declared.code, case_id=case.pk)
        .select_related("received_by")
        .order_by("id")
    }
    asked = declared.papers_asked(case)
    return [{"kind": kind, "held": held.get(kind.code)} for kind in asked]


@require_POST
@door
def decide(request: HttpRequest, declared: Procedure, viewer: Viewer, pk: int, name: str) -> HttpResponse:
    case = found(declared, viewer, pk)
    transition = declared.transition_by_name.get(name)
    if transition is None:
        raise Http404
    form = DecisionForm(request.POST, transition=transition, viewer=viewer, prefix="decision")
    extra = transition.form(request.POST, case=case, prefix="extra") if transition.form else None
    if not (form.is_valid() & (extra is None or extra.is_valid())):
        return _page(request, declared, viewer, case, transition, form, extra, status=422)
    given = form.cleaned_data
    try:
        taken = take(
            case,
            name,
            viewer.appointment,
            on=given["on"],
            opinion=given.get("opinion", ""),
            reason=given.get("reason", ""),
            extra=extra.cleaned_data if extra else None,
        )
    except Refused as refusal:
        case = found(declared, viewer, pk)
        return _page(request, declared, viewer, case, transition, form, extra, str(refusal), status=409)
    messages.success(
        request,
        _("Done. The case now stands at “%(stage)s”.") % {"stage": declared.stage_by_code[taken.stage].label},
    )
    return redirect("case", declared.code, pk)


class PaperForm(forms.Form):
    note = forms.CharField(max_length=200, required=False)
    file = forms.FileField(required=False, max_length=200)

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given and given.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 10 MB. Scan it at a lower resolution."))
        if given and PurePath(given.name).suffix.lower() not in FILE_KINDS:
            raise forms.ValidationError(_("Attach a PDF, JPEG or PNG file."))
        return given


@require_POST
@door
def receive(request: HttpRequest, declared: Procedure, viewer: Viewer, pk: int, kind: str) -> HttpResponse:
    """Ticks a paper as received, or takes the tick back."""
    case = found(declared, viewer, pk)
    if case.closed_on or not offered(declared, case, viewer.appointment):
        messages.error(request, _("Papers are filed by whoever decides the case, while it is open."))
        return redirect("case", declared.code, pk)
    if kind not in {paper.code for paper in declared.papers}:
        raise Http404
    held = Paper.objects.filter(procedure=declared.code, case_id=pk, kind=kind)
    if "take_back" in request.POST:
        held.soft_delete(request.user)
        return redirect("case", declared.code, pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        for line in form.errors.get("file", []):
            messages.error(request, str(line))
        return redirect("case", declared.code, pk)
    if not held.exists():
        given = form.cleaned_data["file"]
        Paper.objects.create(
            region_id=case.region_id,
            procedure=declared.code,
            case_id=pk,
            kind=kind,
            received_on=viewer.today,
            received_by=request.user,
            note=form.cleaned_data["note"],
            file=given or "",
            file_name=given.name[:200] if given else "",
        )
    return redirect("case", declared.code, pk)


@require_GET
@door
def scan(request: HttpRequest, declared: Procedure, viewer: Viewer, pk: int, paper: int) -> FileResponse:
    """The scanned paper, as a download."""
    found(declared, viewer, pk)
    held = Paper.objects.filter(procedure=declared.code, case_id=pk, pk=paper).exclude(file="").first()
    if held is None:
        raise Http404
    return FileResponse(held.file.open("rb"), as_attachment=True, filename=held.file_name or "paper")
