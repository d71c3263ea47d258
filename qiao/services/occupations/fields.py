"""A form field for the occupation code of what stands in another field of the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qiao.engines.occupations import tree


class OccupationWidget(forms.Widget):
    """The five best codes for the words in the field `of`, drawn anew while they are typed."""

    template_name = "occupations/choice.html"

    def __init__(self, of: str) -> None:
        self.of = of
        super().__init__()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        held = tree().get(value or "")
        return {**context, "of": self.of, "held": held, "name": name}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = (data.get(f"{name}-typed") or "").strip().upper()
        return typed or data.get(name)


class OccupationField(forms.CharField):
    """`of`: the name of the field whose words the code is for."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(max_length=16, required=False, widget=OccupationWidget(of), **kwargs)

    def clean(self, value: Any) -> str:
        code = str(super().clean(value) or "")
        if code and code not in tree():
            raise ValidationError(_("The classification of 2022 has no such code. Choose one of the list."))
        return code
