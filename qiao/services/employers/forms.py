"""What is asked for when a base applies, is checked or handed over, and with the verbs of ledgers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.accounts.staffing import serving
from qiao.core.calendars.clock import today
from qiao.core.procedures.declaration import CaseForm, OpeningForm
from qiao.core.procedures.models import Case
from qiao.core.procedures.moves import opened
from qiao.services.employers.api import of_district
from qiao.services.employers.models import Base, Employer

CARRIERS = Role.OFFICE, Role.EMPLOYMENT_SECTION


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200)


class SeenForm(forms.Form):
    jobs = forms.IntegerField(
        label=_("People at work"),
        min_value=0,
        max_value=9999,
        required=False,
        help_text=_("Empty: as recorded."),
    )


class ClosingForm(ReasonForm):
    closed_on = forms.DateField(label=_("Closed for good on"), widget=day_input())


class CheckForm(CaseForm):
    """The numbers found at the place; what is left empty stays as it is."""

    staff = forms.IntegerField(label=_("Staff"), min_value=0, required=False)
    hardship = forms.IntegerField(label=_("Of them in hardship"), min_value=0, required=False)
    capacity = forms.IntegerField(label=_("Can place"), min_value=0, required=False)

    def __init__(self, *args: Any, case: Base, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        for name in ("staff", "hardship", "capacity"):
            self.fields[name].initial = getattr(case, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        staff, hardship = given.get("staff"), given.get("hardship")
        if staff is not None and hardship is not None and hardship > staff:
            self.add_error("hardship", _("People in hardship cannot be more than the staff."))
        return given


class HandOverForm(CaseForm):
    carrier = forms.ModelChoiceField(User.objects.none(), label=_("Responsible"))

    def __init__(self, *args: Any, case: Base, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["carrier"].queryset = serving(case.region_id, today(), CARRIERS)  # type: ignore[attr-defined]


class BaseForm(OpeningForm):
    """An employer of the district applies."""

    employer = forms.ModelChoiceField(Employer.objects.none(), label=_("Employer"))
    staff = forms.IntegerField(label=_("Staff"), min_value=0)
    hardship = forms.IntegerField(label=_("Of them in hardship"), min_value=0)
    contract_years = forms.IntegerField(
        label=_("Contracts of (years)"), min_value=0, max_value=50, required=False
    )
    pay_above_minimum = forms.NullBooleanField(label=_("Pay above the minimum wage"), required=False)
    insured = forms.NullBooleanField(label=_("Social insurance paid"), required=False)
    capacity = forms.IntegerField(label=_("Can place"), min_value=0, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, appointment=appointment, **kwargs)
        here = of_district(appointment.region_id).within(appointment.scope).order_by("name")
        self.fields["employer"].queryset = here  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("hardship") or 0) > (given.get("staff") or 0):
            self.add_error("hardship", _("People in hardship cannot be more than the staff."))
        return given

    def subject(self) -> str:
        return ""

    def open(self) -> Case:
        base = Base(**self.cleaned_data)
        base.region_id = base.employer.region_id
        return opened(base, self.appointment.user, today(), self.appointment.role)
