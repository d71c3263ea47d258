"""What is asked for when a case is opened and with some of its decisions."""

from __future__ import annotations

from datetime import date
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
from qiao.services.people import eligibility, hardship
from qiao.services.people.models import Resident
from qiao.services.people.models.cases import HardshipCase
from qiao.services.people.models.choices import HardshipCategory

HELPERS = Role.STATION, Role.OFFICE, Role.EMPLOYMENT_SECTION, Role.LEADER


class HelpForm(CaseForm):
    helper = forms.ModelChoiceField(User.objects.none(), label=_("Helper"))
    measures = forms.CharField(
        label=_("Help agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["helper"].queryset = serving(case.region_id, today(), HELPERS)  # type: ignore[attr-defined]
        self.fields["measures"].initial = getattr(case, "measures", "")


class ExitForm(CaseForm):
    exit_reason = forms.ChoiceField(
        label=_("Reason of exit"),
        choices=[
            (one.value, one.label)
            for one in HardshipCase.Exit
            if one
            in (
                HardshipCase.Exit.RETIRED,
                HardshipCase.Exit.NO_LONGER_FITS,
                HardshipCase.Exit.MOVED,
                HardshipCase.Exit.DIED,
            )
        ],
    )


class ApplicationForm(OpeningForm):
    """`resident` must lie in the scope of who enters it."""

    resident = forms.ModelChoiceField(Resident.objects.none(), widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Category"))
    applied_on = forms.DateField(label=_("Applied on"), widget=day_input())
    ground = forms.CharField(
        label=_("Ground"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, appointment=appointment, **kwargs)
        self.fields["resident"].queryset = Resident.objects.within(appointment.scope)  # type: ignore[attr-defined]
        self.fields["applied_on"].initial = today()
        here = eligibility.categories(appointment.region_id, today())
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in HardshipCategory if one.value in here
        ]

    def clean_applied_on(self) -> date:
        applied: date = self.cleaned_data["applied_on"]
        if applied > today():
            raise forms.ValidationError(_("The date lies in the future."))
        return applied

    def subject(self) -> str:
        """The name of the person the application is for, or ""."""
        number = str(self["resident"].value() or "")
        found = self.fields["resident"].queryset.filter(pk=number).first() if number.isdecimal() else None  # type: ignore[attr-defined]
        return str(found or "")

    def open(self) -> Case:
        """Raises Refused."""
        given = self.cleaned_data
        return hardship.apply(
            given["resident"], given["category"], self.appointment, given["applied_on"], given["ground"]
        )
