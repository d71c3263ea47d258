"""The form of a record: sections in paper order, the importer's normaliser, two people at once told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators import late
from qiao.core.indicators.models import Closing
from qiao.core.intake.values.dates import PartialDate
from qiao.core.ledgers import fields
from qiao.core.ledgers.columns import Column, Kind, precision_name
from qiao.core.ledgers.filters import colleagues, indented
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Objection
from qiao.core.ledgers.suggesting import LinkField
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records import broken, dates
from qiao.core.regions.models import Region

TOKEN = "changed_at"
SURE = "sure"
WHY = "why_late"
WHY_MOST = 200


class NeedsReason(Exception):
    """The change reaches a closed period and nobody has said why."""


class Conflict(NamedTuple):
    """A value that somebody else changed while this form was open."""

    name: Any
    theirs: str
    yours: str


class RecordForm(forms.Form):
    """`record` is the one to correct, or a new one; `changed_at` its state when the form was opened."""

    changed_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, ledger: Ledger, viewer: Viewer, record: Any, data: QueryDict | None = None) -> None:
        self.ledger, self.viewer, self.record = ledger, viewer, record
        self.is_new = record.pk is None
        self.conflicts: list[Conflict] = []
        self.objection: Objection | None = None
        self.closed: list[Closing] = []
        super().__init__(data)
        for key in self.keys:
            self.fields[key] = self._field(ledger.resolved[key])
        self.initial = self._initial()

    @cached_property
    def keys(self) -> list[str]:
        """The columns that can be typed, in paper order; not the place of a record that stands."""
        return typable(self.ledger, self.is_new)

    def _field(self, column: Column) -> forms.Field:
        declared = self.ledger.fields.get(column.key)
        required = column.key in self.ledger.required or column.kind is Kind.REGION
        made = declared or fields.for_column(column, self.ledger.model, required, self.ledger.code)
        assert made is not None
        one = made.__deepcopy__({}) if declared else made
        if isinstance(one, fields.CleanedField):
            one.today = self.viewer.today
        if seen_by := getattr(one, "seen_by", None):
            seen_by(self.viewer)
        if isinstance(one, forms.ChoiceField) and column.kind is Kind.REGION:
            one.choices = self._places()
        if isinstance(one, forms.ChoiceField) and column.kind is Kind.PERSON:
            one.choices = self._staff(column)
        if isinstance(one, LinkField):
            one.standing = None if self.is_new else getattr(self.record, f"{column.key}_id")
        if column.key in self.ledger.required_when:
            one.help_text = self.ledger.required_when[column.key]
        return one

    def _staff(self, column: Column) -> list[tuple[Any, str]]:
        """Whoever answers for the record now stays to be chosen, also after leaving."""
        offered = colleagues(self.viewer)
        standing = None if self.is_new else getattr(self.record, column.key)
        if standing and (standing.pk, str(standing)) not in offered:
            offered = [(standing.pk, str(standing)), *offered]
        return [("", "—"), *offered]

    def _places(self) -> list[tuple[Any, str]]:
        scope = self.viewer.scope
        inside = Region.objects.filter(code__gte=scope.lo, code__lt=scope.hi, level__in=self.ledger.placed_at)
        found: list[tuple[Any, str]] = [
            (region.code, indented(region, scope)) for region in inside.order_by("code")
        ]
        return found if len(found) == 1 else [("", "—"), *found]

    def _initial(self) -> dict[str, Any]:
        stored = (
            {key: typed(self.ledger.resolved[key], self.record) for key in self.keys}
            if not self.is_new
            else {}
        )
        for key, value in stored.items():
            if isinstance(value, bool) and isinstance(self.fields[key], forms.ChoiceField):
                stored[key] = str(int(value))
        return {**stored, TOKEN: token(self.record)}

    def begin_with(self, given: QueryDict) -> None:
        """A new record's first values by the address, as a page gives them that a record is entered from."""
        self.initial = {**self.initial, **{key: given[key] for key in self.keys if key in given}}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        blocks = []
        for section in self.ledger.facts:
            shown = [Field(key) for key in dict.fromkeys(section.columns) if key in self.fields]
            if shown:
                blocks.append(Fieldset(section.name, Div(*shown, css_class="q-form-columns")))
        helper.layout = Layout(TOKEN, *blocks)
        return helper

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._meet(data)
        if not self.errors:
            self.assign(data)
            self._hear()
        if not self.errors:
            self._validate()
        return data

    def _hear(self) -> None:
        """What the ledger objects, unless a person has seen it and is sure."""
        self.objection = self.ledger.objection(self.record, self.viewer)
        if self.objection and not self.sure:
            self.add_error(None, self.objection.message)

    def _meet(self, data: dict[str, Any]) -> None:
        """Somebody saved the record after this form was opened: both values are shown, nothing is lost."""
        opened = data.get(TOKEN, "")
        if self.is_new or not opened or opened == token(self.record):
            return
        for key in self.keys:
            column = self.ledger.resolved[key]
            theirs, yours = typed(column, self.record), as_typed(data[key])
            if theirs != yours:
                self.conflicts.append(
                    Conflict(column.name, self._words(key, theirs), self._words(key, yours))
                )
        data_again: Any = self.data.copy()  # type: ignore[attr-defined]
        data_again[TOKEN] = token(self.record)
        self.data = data_again
        if self.conflicts:
            self.add_error(
                None, _("Somebody changed this record meanwhile. Compare the values and save again.")
            )

    def _words(self, key: str, value: Any) -> str:
        one = self.fields[key]
        if isinstance(one, LinkField):
            return str(one.prepare_value(value) or "")
        if isinstance(one, forms.ChoiceField) and not isinstance(value, list):
            return str(dict(one.choices).get(value, "") if value not in (None, "") else "")  # type: ignore[arg-type]
        return self.ledger.resolved[key].plain(value)

    def assign(self, data: dict[str, Any]) -> None:
        """Puts the typed values into the record."""
        for key in self.keys:
            value = data[key]
            if isinstance(value, PartialDate):
                setattr(self.record, precision_name(key), value.precision)
                value = value.first
            elif value is None and hasattr(self.record, precision_name(key)):
                setattr(self.record, precision_name(key), dates.Precision.DAY)
            setattr(self.record, attribute(self.ledger, key), value)

    def _validate(self) -> None:
        """The model's own rules, each message beside its field where it has one here."""
        checked = {attribute(self.ledger, key) for key in self.keys}
        names = {
            field.name
            for field in self.record._meta.fields
            if field.name in checked or field.attname in checked
        }
        others = {field.name for field in self.record._meta.fields} - names
        try:
            self.record.clean_fields(exclude=others)
            self.record.clean()
            self.record.validate_constraints()
        except ValidationError as error:
            by_field = getattr(error, "error_dict", None) or {None: error.error_list}
            for name, errors in by_field.items():
                self.add_error(name if name in self.fields else None, errors)

    def stored(self) -> bool:
        """Writes the record; what the database itself refuses is told on the form."""
        if self.is_new:
            self.record.created_by = self.viewer.user
        try:
            with transaction.atomic():
                self._write()
        except NeedsReason:
            if self.is_new:
                self.record.pk = None
            told = _("This changes figures of a closed period (%s). Say why it is changed, then save again.")
            self.add_error(None, told % late.periods(self.closed))
            return False
        except IntegrityError as error:
            if self.is_new:
                self.record.pk = None
            self.add_error(None, refusal(error, self.ledger.model))
            return False
        return True

    @property
    def sure(self) -> bool:
        """A person has seen what speaks against it, and wants it stored."""
        known = self.objection
        return known is not None and bool(known.sure) and self.data.get(SURE) == known.token

    @property
    def why(self) -> str:
        """Why a closed period is changed, as it was typed."""
        return str(self.data.get(WHY) or "").replace("\0", "").strip()[:WHY_MOST]

    def _write(self) -> None:
        correction = late.Correction(self.record, self.viewer.today)
        self.ledger.store(self.record, self.viewer)
        if self.objection:
            self.ledger.overruled(self.record, self.viewer, self.objection)
        self.closed = correction.reached()
        if self.closed and not self.why:
            raise NeedsReason
        late.keep(self.closed, self.ledger.code, self.record, self.why, self.viewer.user)


def typable(ledger: Ledger, is_new: bool) -> list[str]:
    """The columns of a ledger that a form fills in, in paper order; the place of a new record only."""

    def typed(key: str) -> bool:
        column = ledger.resolved[key]
        if key in ledger.frozen or (column.kind is Kind.REGION and not is_new):
            return False
        return key in ledger.fields or fields.for_column(column, ledger.model, False) is not None

    order = [key for section in ledger.facts for key in section.columns]
    return [key for key in dict.fromkeys(order) if typed(key)]


def changed(ledger: Ledger, viewer: Viewer, record: Any, sent: Mapping[str, Any]) -> RecordForm:
    """The form of a record as a browser would send it with only these fields typed, all others as they stand."""
    blank = RecordForm(ledger, viewer, record)
    data = QueryDict(mutable=True)
    for name, field in blank.fields.items():
        value = as_data(field, sent[name] if name in sent else blank.initial.get(name))
        data.setlist(name, value if isinstance(value, list) else [value])
    for name in (SURE, WHY):
        data[name] = sent.get(name) or ""
    return RecordForm(ledger, viewer, record, data)


def refusal(error: IntegrityError, model: type[models.Model]) -> str:
    """The database's refusal in words: the message of the rule it names, or what it raised itself."""
    if told := broken.message(error, [model]):
        return told
    said = getattr(error.__cause__, "diag", None)
    raised = said is not None and said.table_name is None and said.message_primary
    return (
        gettext(str(raised))
        if raised
        else gettext("This clashes with another record. Open the list and look.")
    )


def attribute(ledger: Ledger, key: str) -> str:
    """region -> region_id: foreign keys are set by their id."""
    found = next((field for field in ledger.model._meta.fields if field.name == key), None)
    return found.attname if isinstance(found, models.ForeignKey) else key


def token(record: Any) -> str:
    changed = record.changed_at
    return changed.isoformat() if isinstance(changed, datetime) else ""


def typed(column: Column, record: Any) -> Any:
    """The stored value as a person would type it."""
    if column.kind in (Kind.REGION, Kind.PERSON, Kind.LINK):
        return getattr(record, f"{column.key}_id")
    value = getattr(record, column.key, "")
    if isinstance(value, date):
        return dates.shown(value, getattr(record, precision_name(column.key), dates.Precision.DAY))
    if isinstance(value, models.Model):
        return value.pk
    return "" if value is None else value


def as_typed(value: Any) -> Any:
    return str(value) if isinstance(value, PartialDate) else "" if value is None else value


def as_data(field: forms.Field, value: Any) -> str | list[str]:
    """A value as a browser would send it."""
    if isinstance(value, bool):
        return str(int(value)) if isinstance(field, forms.ChoiceField) else str(value).lower()
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return "" if value is None else str(field.prepare_value(value))
