"""Forms of the pages about staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Role
from qiao.core.accounts.scope import Scope
from qiao.core.regions.models import Region


def day_input(**attributes: str) -> forms.DateInput:
    """A day as browsers read and give it, whatever the language of the page."""
    return forms.DateInput({"type": "date", **attributes}, format="%Y-%m-%d")


class RegionCodeField(forms.IntegerField):
    """A region of the scope that is in use on the day, given by its code. Cleans to the Region."""

    default_error_messages = {
        "unknown": _("No region in use has this code."),
        "outside": _("This region lies outside your own."),
    }

    def __init__(self, scope: Scope, day: date, **kwargs: Any) -> None:
        self.scope, self.day = scope, day
        super().__init__(widget=forms.TextInput({"inputmode": "numeric", "list": "regions"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip().split(" ")[0]
        code = super().clean(text.ljust(12, "0") if text.isdecimal() and len(text) in (2, 4, 6, 9) else text)
        if code is None:
            return None
        region = Region.objects.on(self.day).filter(code=code).first() if 0 < code < 10**12 else None
        if region is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown")
        if not self.scope.contains(code):
            raise forms.ValidationError(self.error_messages["outside"], "outside")
        return region


class InviteForm(forms.Form):
    username = forms.CharField(label=_("Sign-in name"), max_length=150)
    name = forms.CharField(label=_("Full name"), max_length=80)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    since = forms.DateField(label=_("Since"), widget=day_input())

    def __init__(self, *args: Any, scope: Scope, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = RegionCodeField(
            scope, day, label=_("Region"), help_text=_("Its area code; start typing to choose.")
        )
        self.order_fields(["role", "region", "since"])


class LogFilter(forms.Form):
    who = forms.CharField(label=_("Who"), required=False)
    whose = forms.CharField(label=_("Whose"), required=False)
    first = forms.DateField(label=pgettext_lazy("day", "From"), required=False, widget=day_input())
    last = forms.DateField(label=pgettext_lazy("day", "To"), required=False, widget=day_input())
