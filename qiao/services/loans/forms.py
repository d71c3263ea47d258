"""What is asked for when a loan is applied for and with the decisions on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.forms import day_input
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.accounts.staffing import serving
from qiao.core.calendars.clock import today
from qiao.core.ledgers.fields import MoneyField
from qiao.core.procedures.declaration import CaseForm, OpeningForm
from qiao.core.procedures.models import Case
from qiao.core.procedures.moves import opened
from qiao.services.employers import api as employers
from qiao.services.loans.models import Application, Bank, Loan, choices
from qiao.services.loans.models.loan import HIGHEST_RATE, RepaidBy
from qiao.services.people import api as people

MILLIONTHS = 10_000
"""Of a year's rate in one per cent."""
LOWEST_PERCENT = Decimal("0.5")
HELPERS = Role.STATION, Role.OFFICE, Role.LOAN_SECTION, Role.LEADER
LONGEST = 120


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), **kwargs)


def months(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, **kwargs)


class ApplicationForm(OpeningForm):
    """A resident in the scope of who enters it applies."""

    resident = forms.ModelChoiceField(people.Resident.objects.none(), widget=forms.HiddenInput)
    applied_on = day(_("Applied on"))
    kind = forms.ChoiceField(label=_("Who borrows"), choices=choices.Borrower.choices)
    employer = forms.ModelChoiceField(employers.Employer.objects.none(), label=_("Firm"), required=False)
    business = forms.CharField(label=_("Business"), max_length=80)
    outlet = forms.ModelChoiceField(
        employers.Outlet.objects.none(), label=_("Place of business"), required=False
    )
    address = forms.CharField(label=_("Place of business (address)"), max_length=160, required=False)
    licence_no = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    purpose = forms.CharField(label=_("Use of the money"), max_length=200, required=False)
    amount_fen = MoneyField(label=_("Amount asked for (yuan)"))
    term_months = months(_("Term (months)"), initial=24)
    counter_guarantee = forms.ChoiceField(
        label=_("Counter-guarantee"),
        choices=[("", "—"), *choices.CounterGuarantee.choices],
        required=False,
    )
    micro_profit = forms.NullBooleanField(label=_("Micro-profit project"), required=False)
    jobs = forms.IntegerField(label=_("Jobs"), min_value=0, max_value=9999, required=False)
    certificate = forms.CharField(label=_("Preferential certificate"), max_length=40, required=False)
    came = forms.ChoiceField(label=_("What brought them"), choices=choices.Came.choices)
    helper = forms.ModelChoiceField(User.objects.none(), label=_("Helper"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, appointment=appointment, **kwargs)
        scope, here = appointment.scope, appointment.region_id
        chosen = {
            "resident": people.residents(scope),
            "employer": employers.employers(scope).order_by("name"),
            "outlet": self._outlets(scope),
            "helper": serving(here, today(), HELPERS),
        }
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["applied_on"].initial = today()

    def _outlets(self, scope: Any) -> Any:
        """The person's own; whoever else's outlet it is cannot be named by mistake."""
        number = str(self["resident"].value() or "")
        return employers.outlets(scope).filter(resident=int(number) if number.isdecimal() else None)

    def clean_applied_on(self) -> date:
        applied: date = self.cleaned_data["applied_on"]
        if applied > today():
            raise forms.ValidationError(_("The date lies in the future."))
        return applied

    def clean_amount_fen(self) -> int:
        return positive(self.cleaned_data["amount_fen"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == choices.Borrower.FIRM and not given.get("employer"):
            self.add_error("employer", _("Name the firm that borrows."))
        return given

    def subject(self) -> str:
        number = str(self["resident"].value() or "")
        rows = self.fields["resident"].queryset  # type: ignore[attr-defined]
        return str((rows.filter(pk=int(number)).first() if number.isdecimal() else None) or "")

    def open(self) -> Case:
        """Raises Refused."""
        given = dict(self.cleaned_data)
        applied = given.pop("applied_on")
        case = Application(region_id=given["resident"].region_id, **given)
        return opened(case, self.appointment.user, applied, self.appointment.role)


def positive(fen: int | None) -> int:
    if not fen or fen < 0:
        raise forms.ValidationError(_("The amount must be more than nothing."))
    return fen


class SendForm(CaseForm):
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank that is asked"))

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        rows = Bank.objects.filter(district=case.district, stopped_on=None).order_by("name")
        self.fields["bank"].queryset = rows  # type: ignore[attr-defined]
        self.fields["bank"].initial = case.bank_id or (rows[0].pk if len(rows[:2]) == 1 else None)


class VisitForm(CaseForm):
    """The centre and the bank look at the place together."""

    visited_by = forms.CharField(label=_("Visited by"), max_length=120)
    visit_found = forms.CharField(
        label=_("Found on the visit"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AmountForm(CaseForm):
    """Less than was asked for."""

    granted_fen = MoneyField(label=_("Amount granted (yuan)"))
    granted_months = months(_("Term granted (months)"))

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["granted_fen"].initial = case.granted_fen or case.amount_fen
        self.fields["granted_months"].initial = case.granted_months or case.term_months

    def clean_granted_fen(self) -> int:
        granted = positive(self.cleaned_data["granted_fen"])
        if granted > (self.case.granted_fen or self.case.amount_fen):
            raise forms.ValidationError(_("More cannot be granted than was asked for."))
        return granted


class RefusalForm(CaseForm):
    """A refusal says why, and what the applicant can do."""

    because = forms.ChoiceField(
        label=pgettext_lazy("loan", "Refused because"), choices=choices.Why.choices, widget=forms.RadioSelect
    )
    advice = forms.CharField(
        label=_("Advice to the applicant"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ContractForm(CaseForm):
    """What the bank and the borrower signed."""

    number = forms.CharField(label=_("Contract number"), max_length=40)
    lent_on = day(_("Money paid on"))
    rate = forms.DecimalField(
        label=_("Rate a year (%)"),
        max_digits=7,
        decimal_places=4,
        min_value=0,
        help_text=_("5.76 for 5.76 % a year."),
    )
    repaid_by = forms.ChoiceField(label=_("Repaid by"), choices=RepaidBy.choices, initial=RepaidBy.BULLET)

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["lent_on"].initial = today()

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        if Loan.objects.filter(district=self.case.district, number=number, deleted_at=None).exists():
            raise forms.ValidationError(
                _("A loan with this contract number is already recorded in the district.")
            )
        return number

    def clean_lent_on(self) -> date:
        on: date = self.cleaned_data["lent_on"]
        if on > today():
            raise forms.ValidationError(_("The date lies in the future."))
        if on < self.case.opened_on:
            raise forms.ValidationError(
                _("The money was paid before it was applied for on %s.") % self.case.opened_on
            )
        return on

    def clean_rate(self) -> int:
        """In millionths."""
        percent: Decimal = self.cleaned_data["rate"]
        if 0 < percent < LOWEST_PERCENT:
            raise forms.ValidationError(
                _("%(rate)s %% a year is very little; write 5.76 for 5.76 %% a year.")
                % {"rate": percent.normalize()}
            )
        if percent * MILLIONTHS > HIGHEST_RATE:
            raise forms.ValidationError(_("The rate lies between 0 and 24 % a year; write 5.76 for 5.76 %."))
        return int(percent * MILLIONTHS)
