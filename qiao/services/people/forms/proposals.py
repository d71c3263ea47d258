"""What is asked for when a community asks for a resident who is recorded elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.services.people.forms.verbs import day, line


class RequestForm(forms.Form):
    moved_on = day(_("Moved on"))
    reason = line(_("Reason"), 200)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["moved_on"].initial = today
        self.fields["reason"].initial = _("Lives here now; recorded there under the same identity number.")

    def clean_moved_on(self) -> date:
        moved: date = self.cleaned_data["moved_on"]
        if moved > self.today:
            raise forms.ValidationError(_("The date lies in the future."))
        return moved
