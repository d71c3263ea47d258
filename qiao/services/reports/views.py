"""/reports/: drafts with every number open to its names, and final reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.forms import day_input
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.documents.quoting import Reference, Word, parsed
from qiao.core.indicators import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.services.reports import composing, drafting, templates
from qiao.services.reports.models import Kind, Passage, Report

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 100


class BeginForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of report"), choices=Kind.choices)
    as_of = forms.DateField(label=gettext_lazy("As of"), widget=day_input())

    def __init__(self, today: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_of"].initial = today

    def clean_as_of(self) -> Any:
        on = self.cleaned_data["as_of"]
        if on > self.today:
            raise forms.ValidationError(_("This day lies ahead. The day of business is %s.") % self.today)
        return on


@dataclass(frozen=True, slots=True)
class Piece:
    """Of a passage: words, or a number with the names behind it. `before`: the number as drafted, where it differs."""

    text: str
    url: str = ""
    name: object = ""
    before: str = ""


@require_http_methods(["GET", "POST"])
@requires(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """The reports of the viewer's region, newest first; beginning another."""
    viewer = Viewer.of(request)
    form = BeginForm(viewer.today, request.POST if request.method == "POST" else None)
    may = viewer.can(Right.WRITE_REPORTS)
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid():
            region = viewer.appointment.region
            report = drafting.begin(
                form.cleaned_data["kind"], region, form.cleaned_data["as_of"], viewer.user
            )
            return redirect("report", report.pk)
    rows = Report.objects.within(viewer.scope).select_related("region", "finished_by").defer("content")
    context = {"reports": list(rows.order_by("-pk")[:SHOWN]), "form": form, "may": may}
    return render(request, "reports/reports.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Right.SEE_FIGURES)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = Viewer.of(request)
    return render(request, "reports/report.html", _context(viewer, _report(viewer, pk)))


@require_POST
@requires(Right.WRITE_REPORTS)
def edit(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One passage in other words."""
    viewer = Viewer.of(request)
    report = _report(viewer, pk, own=True)
    passage = report.passages.filter(place=place).select_related("report").first()
    if passage is None:
        raise Http404
    text = request.POST.get("text", "")
    try:
        drafting.edit(passage, text)
    except drafting.Refused as refused:
        context = _context(viewer, report) | {"problem": str(refused), "open": place, "typed": text}
        return render(request, "reports/report.html", context, status=422)
    return redirect(f"{request.path.rsplit('/', 2)[0]}/#p{place}")


@require_POST
@requires(Right.WRITE_REPORTS)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda report, user: _("%d numbers changed.") % drafting.again(report))


@require_POST
@requires(Right.WRITE_REPORTS)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    def act(report: Report, user: Any) -> str:
        drafting.finish(report, user)
        return _("The report is final. The file is kept as it is.")

    return _act(request, pk, act)


@require_safe
@requires(Right.SEE_FIGURES)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(Viewer.of(request), pk)
    response = HttpResponse(drafting.word_file(report), content_type=DOCX)
    response["Content-Disposition"] = (
        f'attachment; filename="{report.kind}-{report.region_id}-{report.as_of}.docx"'
    )
    return response


def _act(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    viewer = Viewer.of(request)
    report = _report(viewer, pk, own=True)
    try:
        messages.success(request, act(report, viewer.user))
    except drafting.Refused as refused:
        messages.error(request, str(refused))
    return redirect("report", pk)


def _report(viewer: Viewer, pk: int, own: bool = False) -> Report:
    """`own`: one of the viewer's very region, which may be changed there."""
    rows = Report.objects.within(viewer.scope).select_related("region", "finished_by")
    if own:
        rows = rows.filter(region=viewer.scope.code)
    report: Report | None = rows.filter(pk=pk).first() if pk < 2**63 else None
    if report is None:
        raise Http404
    return report


def _context(viewer: Viewer, report: Report) -> dict[str, Any]:
    passages = list(report.passages.order_by("place"))
    quotes = drafting.current(report, passages)
    words = templates.words(report.kind, report.region, report.as_of)
    lines = [(one, _pieces(one, quotes, words, final=report.finished_at is not None)) for one in passages]
    return {
        "report": report,
        "lines": lines,
        "changed": sum(bool(piece.before) for _one, pieces in lines for piece in pieces),
        "is_open": not composing.closed(Scope(report.region_id), report.as_of),
        "may": viewer.can(Right.WRITE_REPORTS)
        and report.finished_at is None
        and report.region_id == viewer.scope.code,
        "figures": sorted(((one.code, one.name) for one in registry.indicators()), key=lambda one: one[0]),
        "windows": templates.windows(report.kind, report.region, report.as_of),
        "names": viewer.can(Right.SEE_PEOPLE),
    }


def _pieces(passage: Passage, quotes: Any, words: Any, final: bool) -> list[Piece]:
    """A final report shows the numbers it holds, a draft those of now; each says where the two differ."""
    found = []
    for part in parsed(passage.text):
        if isinstance(part, Word):
            found.append(Piece(words.get(part.name, "")))
        elif isinstance(part, Reference):
            quote, drafted = quotes[part], passage.quotes.get(str(part), "")
            shown, other = (drafted, quote.text) if final else (quote.text, drafted)
            found.append(Piece(shown, quote.url, quote.name, other if other != shown else ""))
        else:
            found.append(Piece(part))
    return found
