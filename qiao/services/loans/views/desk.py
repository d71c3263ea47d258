"""The desk of a bank: its waiting cases as a workbook, and its answers back, first tried and then taken over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.models import Disclosure
from qiao.core.accounts.rights import Right
from qiao.core.batches import storage
from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import procedure
from qiao.core.procedures.refusal import Refused
from qiao.core.procedures.views.access import cases_of
from qiao.services.loans import answers
from qiao.services.loans.models import Bank, BankAnswer

SHOWN = 10


class AnswerForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The list with your answers"))


def bank_of(viewer: Viewer) -> Bank:
    """The bank a clerk works for, or 404."""
    bank = Bank.objects.within(viewer.scope).filter(clerks=viewer.user_id).order_by("pk").first()
    if bank is None:
        raise Http404
    return bank


def waiting(viewer: Viewer) -> Any:
    rows = cases_of(procedure("loan"), viewer).filter(stage=answers.WAITING, closed_on=None)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


@require_http_methods(["GET", "POST"])
@requires(Right.LEND)
def desk(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    bank = bank_of(viewer)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kept = storage.keep(given.name, given.chunks())
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            answer = BankAnswer.objects.create(
                bank=bank, file=kept, region_id=bank.region_id, created_by=request.user
            )
            return redirect("bank_answer", answer.pk)
    cases = waiting(viewer)
    context = {
        "bank": bank,
        "count": cases.count(),
        "late": cases.filter(due_on__lt=viewer.today).count(),
        "form": form,
        "before": BankAnswer.objects.filter(bank=bank)
        .select_related("file", "created_by")
        .order_by("-pk")[:SHOWN],
    }
    return render(request, "loans/desk.html", context, status=422 if form.errors else 200)


@require_GET
@requires(Right.LEND)
def cases(request: HttpRequest) -> FileResponse:
    """The waiting cases with whole identity numbers; that they were handed over is logged."""
    viewer = Viewer.of(request)
    bank, book = bank_of(viewer), BytesIO()
    count = answers.write(book, waiting(viewer))
    Disclosure.objects.create(
        user=viewer.appointment.user,
        role=viewer.role,
        region_id=bank.region_id,
        ledger="loan-applications",
        record_id=None,
        whose=_("%s applicants") % count,
        what=_("Identity number"),
        why=_("List of cases for the bank's answer"),
    )
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=f"{bank.name}-{viewer.today:%Y%m%d}.xlsx")


@require_http_methods(["GET", "POST"])
@requires(Right.LEND)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do; with the button it does so."""
    viewer = Viewer.of(request)
    bank = bank_of(viewer)
    given = BankAnswer.objects.filter(bank=bank, pk=pk).select_related("file").first()
    if given is None:
        raise Http404
    if given.taken_on:
        messages.info(request, _("These answers have been taken over already."))
        return redirect("bank_desk")
    try:
        rows = answers.apply(
            storage.load(given.file),
            given.file.name,
            waiting(viewer),
            viewer.appointment,
            viewer.today,
            dry=request.method == "GET",
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("bank_desk")
    done, left = [row for row in rows if not row.refused], [row for row in rows if row.refused]
    if request.method == "POST" and done:
        BankAnswer.objects.filter(pk=pk).update(taken_on=viewer.today)
        messages.success(request, _("%(n)s answers are recorded.") % {"n": len(done)})
        for row in left[:SHOWN]:
            messages.warning(
                request,
                _("Row %(n)s, %(who)s: %(why)s") % {"n": row.number, "who": row.who, "why": row.refused},
            )
        return redirect("bank_desk")
    return render(request, "loans/answer.html", {"answer": given, "done": done, "left": left})
