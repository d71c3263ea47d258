"""The form that marks a day of the calendar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.calendars.models import CalendarDay

ORDINARY = ""


class MarkForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=day_input())
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[*CalendarDay.Kind.choices, (ORDINARY, _("As its weekday"))]
    )
    name = forms.CharField(label=_("Occasion"), max_length=80, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("The notice that says so.")
    )

    def save(self) -> None:
        """Marks the day, or gives it back to its weekday."""
        data = self.cleaned_data
        if data["kind"] == ORDINARY:
            CalendarDay.objects.filter(day=data["day"]).delete()
            return
        marks = {name: data[name] for name in ("kind", "name", "source")}
        CalendarDay.objects.update_or_create(day=data["day"], defaults=marks)
