"""A word of a dictionary, to add or to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.models import Entry


class EntryForm(forms.ModelForm):
    class Meta:
        model = Entry
        fields = ("code", "zh", "en", "retired")
        help_texts = {"code": _("Small letters without spaces; it stays when the word changes.")}

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = known

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("zh") and not given.get("en"):
            raise ValidationError(_("Give the word in Chinese, in English or both."))
        return given

    def validate_constraints(self) -> None:
        """The view puts the word under its code, new or not."""
