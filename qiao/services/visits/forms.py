"""The form of a visit: all chips, zero typing possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.services.visits.models import TO_PEOPLE, Need, Outcome, Situation, Target, Visit, Way


class VisitForm(forms.ModelForm):
    target = forms.ChoiceField(
        label=_("Whom"),
        choices=[(one.value, one.label) for one in TO_PEOPLE],
        initial=Target.PERSON,
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(label=_("How"), choices=Way, initial=Way.DOOR, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Result"), choices=Outcome, widget=forms.RadioSelect)
    situation = forms.ChoiceField(
        label=_("How things stand"), choices=Situation, widget=forms.RadioSelect, required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("What is needed"), choices=Need, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Visit
        fields = ("outcome", "target", "way", "situation", "needs", "note", "visited_on", "next_on")
        widgets = {
            "note": forms.TextInput(attrs={"class": "form-control"}),
            "visited_on": forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
            "next_on": forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.employer_id or self.instance.outlet_id:
            del self.fields["target"], self.fields["situation"]
        self.initial["visited_on"] = self.instance.visited_on or today

    def clean_visited_on(self) -> date:
        visited: date = self.cleaned_data["visited_on"]
        if visited > self.today:
            raise forms.ValidationError(_("The visit lies in the future. Enter it when it has taken place."))
        return visited
