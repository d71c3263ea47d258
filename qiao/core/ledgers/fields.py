"""Form fields that read what people type as the importer reads their rosters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.intake import messages
from qiao.core.intake.cells import plain
from qiao.core.intake.notes import Severity
from qiao.core.intake.values.base import Cleaned
from qiao.core.intake.values.dates import DateCleaner, PartialDate
from qiao.core.intake.values.id_numbers import clean_id_number
from qiao.core.intake.values.names import clean_name
from qiao.core.intake.values.numbers import clean_money
from qiao.core.intake.values.phones import clean_phone
from qiao.core.ledgers.columns import Column, Kind, precision_name
from qiao.core.ledgers.filters import YES_NO
from qiao.core.ledgers.suggesting import LinkField, WordField
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records import dates
from qiao.core.records.models import Record

Cleaner = Callable[[str, date], Cleaned]


class CleanedField(forms.CharField):
    """One line read by a cleaner of the importer. `today` is set by the form."""

    today: date

    def __init__(self, cleaner: Cleaner, *, limit: int | None = 60, **kwargs: Any) -> None:
        self.cleaner, self.limit = cleaner, limit
        super().__init__(**kwargs)
        self.widget.attrs["maxlength"] = str(limit)

    def to_python(self, value: Any) -> Any:
        text = plain(value or "")
        if not text:
            return self.empty_value
        if "\0" in text or (self.limit and len(text) > self.limit):
            raise ValidationError(_("Give at most %d ordinary characters.") % (self.limit or 60))
        made, notes = self.cleaner(text, self.today)
        wrong = [note for note in notes if note.severity is Severity.ERROR or made is None]
        if wrong:
            raise ValidationError([messages.text(note, gettext) for note in wrong])
        return self.empty_value if made is None else self.made(made)

    def made(self, value: Any) -> Any:
        return value


class TextField(forms.CharField):
    """Free text; spaces of every kind, full-width digits and invisible characters are put right."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


class PartialDateField(CleanedField):
    """A year, a month or a day, in any way it is usually written."""

    def __init__(self, *, exact: bool = False, future: bool = False, **kwargs: Any) -> None:
        self.exact = exact
        kwargs.setdefault("empty_value", None)
        super().__init__(lambda text, today: DateCleaner(today, future)(text), **kwargs)

    def made(self, value: PartialDate) -> PartialDate:
        if self.exact and value.precision != dates.Precision.DAY:
            raise ValidationError(_("Give the day as well, such as 2006-08-31."))
        return value

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class MoneyField(CleanedField):
    """Yuan as they are typed, fen as they are kept. An amount means the same on every day."""

    today = date.min

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", None)
        super().__init__(lambda text, today: clean_money(text), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}".removesuffix(".00") if isinstance(value, int) else value


class BelongsField(forms.IntegerField):
    """The record this one is entered for: its page hands it on, nobody types it."""

    viewer: Viewer

    def __init__(self, model: type[Record], **kwargs: Any) -> None:
        self.model = model
        super().__init__(widget=forms.HiddenInput, **kwargs)

    def seen_by(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def clean(self, value: Any) -> int:
        number = super().clean(value) if value else None
        if number is None or not self.model._default_manager.within(self.viewer.scope).filter(pk=number):
            raise ValidationError(_("Open the record it belongs to and enter it there."))
        return int(number)


def for_column(column: Column, model: type[Record], required: bool, ledger: str = "") -> forms.Field | None:
    """The field by which a column of a ledger is filled in; None for what nobody types."""
    given: dict[str, Any] = {"label": column.name, "required": required, "help_text": column.definition}
    found = next((field for field in model._meta.fields if field.name == column.key), None)
    match column.kind:
        case Kind.ID_NUMBER:
            return CleanedField(clean_id_number, limit=40, **given)
        case _ if found is None or not found.editable:
            return None
        case Kind.NAME:
            return CleanedField(lambda text, today: clean_name(text), limit=_width(found), **given)
        case Kind.PHONE:
            return CleanedField(lambda text, today: clean_phone(text), **given)
        case Kind.DATE:
            partial = any(field.name == precision_name(column.key) for field in model._meta.fields)
            return PartialDateField(exact=not partial, future=True, **given)
        case Kind.MONEY:
            return MoneyField(**given)
        case Kind.FLAG:
            return _flag(found, given)
        case Kind.CHOICE if isinstance(column.choices, Dictionary):
            return WordField(column.choices, **given)
        case Kind.CHOICE:
            choices = [("", "—"), *column.choices.items()]
            return forms.TypedChoiceField(choices=choices, empty_value="", **given)
        case Kind.TAGS:
            several = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=list(column.choices.items()), widget=several, **given)
        case Kind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=2**31 - 1, **given)
        case Kind.LINK:
            other: Any = found.related_model
            return LinkField(other, ledger, column.key, **given)
        case Kind.REGION | Kind.PERSON:
            return forms.TypedChoiceField(coerce=int, empty_value=None, **given)
        case Kind.TEXT if isinstance(found, models.FloatField):
            return forms.FloatField(widget=forms.NumberInput(attrs={"step": "any"}), **given)
        case Kind.TEXT | Kind.ADDRESS:
            return TextField(max_length=_width(found), **given)
    return None


def _flag(found: models.Field[Any, Any], given: dict[str, Any]) -> forms.Field:
    if not found.null:
        return forms.BooleanField(**{**given, "required": False, "initial": found.default is True})
    return forms.TypedChoiceField(
        choices=[("", "—"), *YES_NO],
        coerce=lambda value: value in ("1", "True", True),
        empty_value=None,
        **given,
    )


def _width(found: models.Field[Any, Any]) -> int | None:
    return found.max_length
