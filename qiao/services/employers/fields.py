"""Form fields of an employer that the model alone does not give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as Malformed


class UnifiedCodeField(forms.CharField):
    """GB 32100-2015: 18 characters with a check character; spaces and small letters are put right."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace(" ", "").upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        try:
            uscc.validate(value)
        except Malformed:
            raise ValidationError(
                _(
                    "This is no valid unified code: one of the 18 characters is wrong. Compare it with the licence."
                )
            ) from None


FIELDS = {"uscc": UnifiedCodeField(label=_("Unified social credit code"), max_length=24, required=False)}
