"""Postponing a duty and handing it over: both need a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.accounts.models import User
from qiao.core.duties.declaration import Duty, Viewer
from qiao.core.duties.worklist import colleagues

LONGEST = timedelta(days=31)


class RemarkForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PostponeForm(RemarkForm):
    until = forms.DateField(label=_("Postpone to"), widget=day_input())
    field_order = ("until", "reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].initial = today + timedelta(days=7)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next 31 days."))
        return until


class HandoverForm(RemarkForm):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Hand over to"))
    field_order = ("to", "reason")

    def __init__(self, *args: Any, viewer: Viewer, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = colleagues(viewer, list(duty.owed_by))
        self.fields["to"].queryset = User.objects.filter(pk__in=staff, is_active=True).order_by("name", "pk")  # type: ignore[attr-defined]
