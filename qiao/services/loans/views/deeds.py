"""What is done with a loan and the fund: each page shows what will be booked before anything is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as words
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.access import LARGEST, requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.fields import MoneyField
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.loans.forms import day
from qiao.services.loans.models import Order, Repayment
from qiao.services.loans.models.loan import Class
from qiao.services.loans.money import ordering, repaying, reviewing, rows
from qiao.services.loans.money.booking import Booked

CHECKERS = Right.GUARANTEE_LOANS, Right.REVIEW_LOANS
WHY = "the fund and the journal are the district's; the record was found within the scope"
Forms = require_http_methods(["GET", "POST"])


class RepayForm(forms.Form):
    amount = MoneyField(label=words("Amount (yuan)"))
    on = day(words("Paid on"))
    after = forms.ChoiceField(
        label=words("After an early repayment"),
        choices=Repayment.After.choices,
        initial=Repayment.After.TERM,
        widget=forms.RadioSelect,
    )


class ClaimForm(forms.Form):
    on = day(words("Claimed on"))


class ExtendForm(forms.Form):
    on = day(words("Approved on"))
    until = day(words("Extended until"))
    reason = forms.CharField(label=words("Reason"), max_length=200)


class ReverseForm(forms.Form):
    reason = forms.CharField(label=words("Reason"), max_length=200)


class DepositForm(forms.Form):
    kind = forms.ChoiceField(
        label=words("What is asked for"),
        choices=[(one.value, one.label) for one in (Order.Kind.DEPOSIT, Order.Kind.WITHDRAW)],
        widget=forms.RadioSelect,
        initial=Order.Kind.DEPOSIT,
    )
    amount = MoneyField(label=words("Amount (yuan)"))
    on = day(words("Counts for"))
    reason = forms.CharField(label=words("Reason"), max_length=200, required=False)


class ReviewForm(forms.Form):
    found = forms.TypedChoiceField(
        label=pgettext_lazy("loan", "Class found by review"), choices=Class.choices[1:], coerce=int
    )
    because = forms.CharField(label=words("Reason of the review"), max_length=200)


def found(request: HttpRequest, ledger: str, pk: int) -> Any:
    """A record that the person sees, or 404."""
    records = registry.get(ledger).records(Viewer.of(request))
    record = records.filter(pk=pk).first() if pk <= LARGEST else None
    if record is None:
        raise Http404
    return record


@Forms
@requires(Right.BOOK_LOANS)
def repay(request: HttpRequest, pk: int) -> HttpResponse:
    """Tried first; the button under what was shown books it, once for its key."""
    loan = found(request, "loans", pk)
    today: date = request.today  # type: ignore[attr-defined]
    form = RepayForm(request.POST or None, initial={"on": today})
    shown: dict[str, Any] = {
        "quote": rows.quote(loan, rows.active(loan), today) if loan.balance_fen else None
    }
    if request.method == "POST" and form.is_valid():
        fen, on, after = form.cleaned_data["amount"], form.cleaned_data["on"], form.cleaned_data["after"]
        try:
            with beyond_scope(WHY), transaction.atomic():
                if key := _key(request, form):
                    made = repaying.repay(pk, fen, on, Booked(f"page-{key}", today, request.user), after)
                    messages.success(
                        request,
                        _("%(fen)s yuan are booked on the loan %(loan)s.")
                        % {"fen": f"{made.amount_fen / 100:,.2f}", "loan": loan},
                    )
                    return redirect(registry.get("loans").url("file", pk))
                shown["posting"] = repaying.try_one(pk, fen, on, today, after)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, loan, _("Record a repayment"), form, {**shown, "key": uuid4().hex})


@Forms
@requires(Right.BOOK_LOANS)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    loan = found(request, "loans", pk)
    return _asked(
        request,
        loan,
        _("Claim on the guarantee fund"),
        ClaimForm,
        Order.Kind.CLAIM,
        lambda given: {"loan": loan},
    )


@Forms
@requires(Right.BOOK_LOANS)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    loan = found(request, "loans", pk)
    return _asked(
        request,
        loan,
        _("Extend the loan"),
        ExtendForm,
        Order.Kind.EXTEND,
        lambda given: {"loan": loan, "until": given["until"], "reason": given["reason"]},
    )


@Forms
@requires(Right.BOOK_LOANS)
def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    repayment = found(request, "repayments", pk)
    return _asked(
        request,
        repayment.loan,
        _("Reverse the repayment of %(day)s") % {"day": repayment.value_on},
        ReverseForm,
        Order.Kind.REVERSE,
        lambda given: {"loan": repayment.loan, "repayment": repayment, "reason": given["reason"]},
    )


@Forms
@requires(Right.GUARANTEE_LOANS)
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    fund = found(request, "loan-fund", pk)
    return _asked(
        request,
        fund,
        _("Deposit or withdrawal"),
        DepositForm,
        Order.Kind.DEPOSIT,
        lambda given: {"fund": fund, "amount_fen": given["amount"], "reason": given["reason"]},
    )


def _asked(
    request: HttpRequest,
    about: Any,
    title: str,
    kind_of_form: type[forms.Form],
    kind: str,
    facts: Callable[[dict[str, Any]], dict[str, Any]],
) -> HttpResponse:
    """First shows what will be booked; the button under it asks a second person to confirm it."""
    today: date = request.today  # type: ignore[attr-defined]
    form = kind_of_form(request.POST or None, initial={"on": today})
    shown: dict[str, Any] = {"second": True}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        order = ordering.asked(given.get("kind", kind), request.user, given.get("on", today), **facts(given))
        try:
            with beyond_scope(WHY), transaction.atomic():
                if _key(request, form):
                    ordering.ask(order)
                    messages.success(request, _("It is kept and waits for a second person to confirm it."))
                    return redirect("loan_order", order.pk)
                shown["outcome"] = ordering.tried(order)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, about, title, form, {**shown, "key": "yes"})


@Forms
@requires(Right.BOOK_LOANS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    loan = found(request, "loans", pk)
    form = ReviewForm(request.POST or None, initial={"found": min(loan.loan_class + 1, Class.LOSS)})
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.find_worse(pk, form.cleaned_data["found"], form.cleaned_data["because"], request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The class found by the review is recorded."))
            return redirect(registry.get("loans").url("file", pk))
    return _page(request, loan, _("Set a worse class"), form, {"at_once": True})


@Forms
@requires(Right.SEE_LOANS)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked for and what it would book; the second person confirms it or says why not."""
    asked = found(request, "loan-orders", pk)
    appointment, user = request.appointment, request.user  # type: ignore[attr-defined]
    may = any(appointment.can(right) for right in CHECKERS) and asked.created_by_id != user.pk
    if request.method == "POST" and may:
        try:
            with beyond_scope(WHY), transaction.atomic():
                if request.POST.get("decision") == "confirm":
                    ordering.confirm(asked, user)
                    messages.success(request, _("Confirmed and booked."))
                elif why := request.POST.get("why", "").strip():
                    ordering.refuse(asked, user, why)
                    messages.success(request, _("Not confirmed; nothing is booked."))
                else:
                    messages.error(request, _("Say why it is not confirmed."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("loan_order", pk)
    shown: dict[str, Any] = {"order": asked, "may": may, "waiting": asked.state == Order.State.WAITING}
    if shown["waiting"]:
        try:
            with beyond_scope(WHY), transaction.atomic():
                shown["outcome"] = ordering.tried(asked)
        except Refused as refused:
            shown["against"] = str(refused)
    about = asked.loan or asked.fund
    return render(request, "loans/order.html", shown | {"about": about, "address": _address(about)})


def _told(form: forms.Form) -> str:
    return " ".join(str(given) for given in form.cleaned_data.values())[:400]


def _key(request: HttpRequest, form: forms.Form) -> str:
    """The key of what was shown; empty, so that it is shown first, if the form says something else by now."""
    return request.POST.get("key", "")[:60] if request.POST.get("shown") == _told(form) else ""


def _address(about: Any) -> str:
    ledger = "loan-fund" if about._meta.model_name == "fund" else "loans"
    return str(registry.get(ledger).url("file", about.pk))


def _page(
    request: HttpRequest, about: Any, title: str, form: forms.Form, shown: dict[str, Any]
) -> HttpResponse:
    context = {"about": about, "title": title, "form": form, "address": _address(about), **shown}
    if form.is_bound and form.is_valid():
        context["told"] = _told(form)
    return render(request, "loans/deed.html", context, status=422 if form.errors else 200)
