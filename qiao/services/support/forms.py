"""What is asked for when a relief or subsidy is applied for, granted, ended or demanded back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.accounts.models import Appointment
from qiao.core.calendars.clock import today
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers.fields import MoneyField
from qiao.core.procedures.declaration import CaseForm, OpeningForm
from qiao.core.procedures.models import Case
from qiao.core.procedures.moves import opened
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.support import actions
from qiao.services.support.models import Benefit, Kind, StopReason
from qiao.services.support.models.choices import OF_EMPLOYERS, OF_OUTLETS, OF_PEOPLE


class ApplicationForm(OpeningForm):
    """For the resident, outlet or employer named in the address, which must lie in the scope of who enters it."""

    resident = forms.ModelChoiceField(
        people.Resident.objects.none(), widget=forms.HiddenInput, required=False
    )
    outlet = forms.ModelChoiceField(employers.Outlet.objects.none(), widget=forms.HiddenInput, required=False)
    employer = forms.ModelChoiceField(
        employers.Employer.objects.none(), widget=forms.HiddenInput, required=False
    )
    kind = forms.ChoiceField(label=_("Kind of help"))
    heads = forms.IntegerField(label=_("People hired"), min_value=1, max_value=9999, required=False)
    applied_on = forms.DateField(label=_("Applied on"), widget=day_input())
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, appointment=appointment, **kwargs)
        scope = appointment.scope
        self.fields["resident"].queryset = people.residents(scope)  # type: ignore[attr-defined]
        self.fields["outlet"].queryset = employers.outlets(scope)  # type: ignore[attr-defined]
        self.fields["employer"].queryset = employers.employers(scope)  # type: ignore[attr-defined]
        offered = next((kinds for name, kinds in HELD_BY.items() if self._named(name)), OF_PEOPLE)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in offered]  # type: ignore[attr-defined]
        self.fields["applied_on"].initial = today()
        if offered is not OF_EMPLOYERS:
            del self.fields["heads"]

    def _named(self, name: str) -> Any:
        return self.data.get(name) or self.initial.get(name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if sum(given.get(name) is not None for name in HELD_BY) != 1:
            raise ValidationError(
                _("Begin in the file of the resident, the outlet or the employer whom the help is for.")
            )
        return given

    def subject(self) -> str:
        for name in HELD_BY:
            number = str(self._named(name) or "")
            field: Any = self.fields[name]
            if (
                number.isdecimal()
                and len(number) < 19
                and (found := field.queryset.filter(pk=number).first())
            ):
                return str(found)
        return ""

    def open(self) -> Case:
        given = dict(self.cleaned_data)
        on = given.pop("applied_on")
        given["heads"] = given.get("heads") or 1
        benefit = Benefit(**given)
        benefit.region_id = next(given[name] for name in HELD_BY if given[name]).region_id
        return opened(benefit, self.appointment.user, on, self.appointment.role)


HELD_BY: dict[str, tuple[Kind, ...]] = {"outlet": OF_OUTLETS, "employer": OF_EMPLOYERS, "resident": OF_PEOPLE}


class GrantForm(CaseForm):
    from_on = forms.DateField(
        label=_("From the month of"), widget=day_input(), help_text=_("Counted from the first of that month.")
    )
    months_allowed = forms.IntegerField(
        label=_("Months allowed"),
        min_value=1,
        max_value=600,
        required=False,
        help_text=_("Empty: as the rule says."),
    )
    monthly = MoneyField(label=_("Amount a month (yuan)"), required=False)

    def __init__(self, *args: Any, case: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        day = today()
        self.fields["from_on"].initial = day
        self.fields["months_allowed"].initial = actions.months_by_rule(case, day)


class LineForm(CaseForm):
    item = forms.ChoiceField(label=_("Item"), choices=lambda: Dictionary("relief_items").offered())
    month = forms.DateField(label=_("First month, a day of it"), widget=day_input())
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=12, initial=1)
    amount = MoneyField(label=_("Amount (yuan)"), help_text=_("For all these months together."))
    given_on = forms.DateField(label=_("Given on"), widget=day_input())
    office = forms.CharField(label=_("Office that waives or pays"), max_length=60, required=False)

    def __init__(self, *args: Any, case: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        day = today()
        self.fields["amount"].initial = case.monthly_fen
        self.fields["given_on"].initial = self.fields["month"].initial = day


class EndForm(CaseForm):
    stop_reason = forms.ChoiceField(label=_("Ended because"), choices=StopReason.choices)
    last_on = forms.DateField(
        label=_("Last month, a day of it"),
        widget=day_input(),
        help_text=_("It ends with the last day of that month."),
    )

    def __init__(self, *args: Any, case: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["last_on"].initial = today()


class ReclaimForm(CaseForm):
    amount = MoneyField(label=_("Amount (yuan)"))


class ToldForm(forms.Form):
    answer = forms.CharField(label=_("What the person said"), max_length=200, required=False)
