"""What one person asked for and another answers: a move to another community, leaving the labour force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.accounts.scope import Scope
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.people.actions import transfer, willingness
from qiao.services.people.models import Answer, Transfer, WillingnessChange

LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Question:
    """`asked` are the proposals this scope answers; `answer` is the action, run beyond the scope."""

    title: str | Promise
    right: Right
    asked: Callable[[Scope], QuerySet[Any]]
    answer: Callable[..., Any]
    yes: str | Promise
    no: str | Promise
    page: str


QUESTIONS = {
    "transfer": Question(
        gettext_lazy("A resident moved here"),
        Right.EDIT_PEOPLE,
        lambda scope: Transfer.objects.filter(
            requested=False, to_region__gte=scope.lo, to_region__lt=scope.hi
        ),
        transfer.answer,
        gettext_lazy("Accept the resident"),
        gettext_lazy("Do not accept"),
        "transfers",
    ),
    "request": Question(
        gettext_lazy("Another community asks for a resident"),
        Right.EDIT_PEOPLE,
        lambda scope: Transfer.objects.within(scope).filter(requested=True),
        transfer.answer,
        gettext_lazy("Let the resident go"),
        gettext_lazy("Keep the resident here"),
        "transfers",
    ),
    "willingness": Question(
        gettext_lazy("A resident leaves the labour force"),
        Right.SECOND_PERSON,
        lambda scope: WillingnessChange.objects.within(scope),
        willingness.answer,
        gettext_lazy("Confirm the change"),
        gettext_lazy("Do not confirm"),
        "willingness",
    ),
}


class AnswerForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Remark"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@login_required
def answer(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    question = QUESTIONS.get(kind)
    if question is None or pk > LARGEST:
        raise Http404
    appointment = request.appointment  # type: ignore[attr-defined]
    if appointment is None or not appointment.can(question.right):
        raise PermissionDenied
    with beyond_scope(
        "who answers must know whom it is about; the proposals are those of the answering scope"
    ):
        proposal = (
            question.asked(appointment.scope)
            .select_related("resident", "region", "asked_by", "answered_by")
            .filter(pk=pk)
            .first()
        )
    if proposal is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        agreed = request.POST.get("answer") == "yes"
        if not agreed and not form.cleaned_data["note"].strip():
            form.add_error("note", _("Say why not."))
        else:
            try:
                with beyond_scope("a resident accepted here still belongs to the other community"):
                    question.answer(proposal, agreed, request.user, request.today, form.cleaned_data["note"])  # type: ignore[attr-defined]
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, _("Answered."))
                return redirect(question.page)
    context = {
        "question": question,
        "proposal": proposal,
        "form": form,
        "refusal": refusal,
        "open": proposal.answer == Answer.OPEN,
        "own": appointment.scope.contains(proposal.region_id),
        "id_number": mask_id(proposal.resident.id_number),
        "age": proposal.resident.age_on(request.today),  # type: ignore[attr-defined]
        "trail": [{"label": question.title, "url": reverse(question.page)}],
    }
    return render(
        request, "people/answer.html", context, status=409 if refusal else 422 if form.errors else 200
    )
