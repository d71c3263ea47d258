"""Form fields of a post: its employer by name, its class from the district's own list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers.viewer import Viewer
from qiao.services.employers import api as employers

SHOWN = 300


class ClassField(forms.ChoiceField):
    """Words of a dictionary. A word no longer offered stays choosable for what has it already."""

    def __init__(self, dictionary: Dictionary, **kwargs: Any) -> None:
        self.dictionary = dictionary
        super().__init__(choices=lambda: [("", "—"), *dictionary.offered()], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return value in self.dictionary or super().valid_value(value)


class NameList(forms.TextInput):
    """A line with suggestions of the browser's own."""

    template_name = "vacancies/name_list.html"
    names: list[str] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"names-of-{name}"
        context["names"] = self.names
        return context


class EmployerField(forms.CharField):
    """An employer of the district by its name; what is not found says where to enter it."""

    viewer: Viewer

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=NameList(), **kwargs)

    def seen_by(self, viewer: Viewer) -> None:
        self.viewer = viewer
        known = employers.of_district(viewer.scope.code).order_by("-id")
        self.widget.names = list(known.values_list("name", flat=True)[:SHOWN])

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return None
        known = employers.of_district(self.viewer.scope.code)
        exact = list(known.filter(name=name).order_by("id").values_list("pk", flat=True)[:1])
        found = exact or list(
            known.filter(name__icontains=name).order_by("id").values_list("pk", flat=True)[:2]
        )
        if not found:
            raise ValidationError(
                _("No employer of this name is recorded in the district. Enter it first, then its post.")
            )
        if len(found) > 1:
            raise ValidationError(_("Several employers bear this name. Write it in full."))
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return employers.Employer.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return str(value) if value is not None else ""
