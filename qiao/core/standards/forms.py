"""The form that enters a new dated value."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.indicators import registry
from qiao.core.standards.declarations import Parameter
from qiao.core.standards.kinds import BadValue
from qiao.core.standards.models import ParameterValue
from qiao.core.standards.scorecards import Card

SHORT, LONG = 500, 50_000


class ValueField(forms.CharField):
    """Text in the form of the parameter's kind; cleans to the value."""

    def __init__(self, parameter: Parameter, **kwargs: Any) -> None:
        self.parameter = parameter
        long = parameter.kind.long
        super().__init__(
            help_text=str(parameter.kind.name),
            max_length=LONG if long else SHORT,
            widget=forms.Textarea(attrs={"rows": 20}) if long else forms.TextInput,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        try:
            read = self.parameter.kind.parse(super().clean(value))
        except BadValue as bad:
            raise forms.ValidationError(str(bad)) from bad
        if isinstance(read, Card):
            _require_figures(read)
        return read


def _require_figures(card: Card) -> None:
    known = {one.code: one for one in registry.indicators()}
    for row in card.rows:
        found = known.get(row.figure)
        if row.figure and (found is None or (row.by and found.dimension(row.by) is None)):
            raise forms.ValidationError(
                _(
                    "“%(item)s”: there is no figure “%(figure)s”. Take its code from the list of a report's figures."
                )
                % {"item": row.code, "figure": f"{row.figure} {row.by}".strip()}
            )


class PutForm(forms.Form):
    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Document, number and date."))
    doubt = forms.ChoiceField(label=_("Doubt"), choices=ParameterValue.Doubt.choices, required=False)
    reason = forms.CharField(label=_("Reason for the change"), max_length=200)

    def __init__(
        self, *args: Any, parameter: Parameter, places: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["value"] = (
            forms.MultipleChoiceField(
                label=_("Value"),
                choices=[(code, str(words)) for code, words in parameter.choices.items()],
                widget=forms.CheckboxSelectMultiple,
            )
            if parameter.choices
            else ValueField(parameter, label=_("Value"))
        )
        self.order_fields(["place", "value", "valid_from", "source", "doubt", "reason"])
