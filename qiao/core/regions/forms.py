"""Forms of the pages about regions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qiao.core.accounts.forms import day_input
from qiao.core.regions import codes
from qiao.core.regions.loading import Unreadable, text_of

LARGEST = 1_000_000


class AddForm(forms.Form):
    """A region the district keeps for itself, below `parent`."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=12)
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=80)
    since = forms.DateField(label=gettext_lazy("Valid from"), widget=day_input())

    def __init__(self, *args: Any, parent: int, **kwargs: Any) -> None:
        self.parent = parent
        super().__init__(*args, **kwargs)

    def clean_code(self) -> int:
        try:
            code = codes.parse(self.cleaned_data["code"])
        except codes.BadCode:
            raise forms.ValidationError(_("An area code has 12 digits.")) from None
        if codes.parent_of(code) != self.parent:
            raise forms.ValidationError(_("By its digits this code does not lie directly below the region."))
        return code


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New name"), max_length=80)
    on = forms.DateField(label=pgettext_lazy("day", "From"), widget=day_input())


class EndForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Valid until"),
        help_text=gettext_lazy("The first day it no longer holds."),
        widget=day_input(),
    )


class RecodeForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day of the change"), widget=day_input())
    rows = forms.CharField(
        label=gettext_lazy("Old code, new code, new name"),
        help_text=gettext_lazy(
            "One line for each region that changes; the name may be left out. "
            "The units below a street follow it."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Or a CSV file"), required=False)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("The day lies ahead. Re-code when the new codes are in force."))
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload is not None:
            if upload.size > LARGEST:
                raise forms.ValidationError(_("The file is larger than 1 MB. A list of codes is not."))
            try:
                data["rows"] = text_of(upload.read())
            except Unreadable as bad:
                raise forms.ValidationError(str(bad)) from bad
        if not (data.get("rows") or "").strip():
            raise forms.ValidationError(_("Write the rows or choose a file."))
        return data
