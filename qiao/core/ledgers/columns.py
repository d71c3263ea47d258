"""A column: where its value comes from, how it reads, and who may read it whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.masking import mask_id, mask_name, mask_phone
from qiao.core.records import dates
from qiao.core.records.models import Record


class Kind(StrEnum):
    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    REGION = "region"
    PERSON = "person"
    LINK = "link"
    TAGS = "tags"


Value = Any
Source = str | Callable[[Any, date], Value]
NUMERIC = {Kind.NUMBER, Kind.MONEY}
KEPT = 6


def mask_address(address: str) -> str:
    """The street stays, the door does not."""
    return address[:KEPT] + "****" if len(address) > KEPT else "*" * len(address)


# Masked for everybody until shown, and masked for those who may not see personal data at all.
ALWAYS: Mapping[Kind, Callable[[str], str]] = {Kind.ID_NUMBER: mask_id, Kind.PHONE: mask_phone}
WITHOUT_RIGHT: Mapping[Kind, Callable[[str], str]] = {Kind.NAME: mask_name, Kind.ADDRESS: mask_address}
PERSONAL = {*ALWAYS, *WITHOUT_RIGHT}


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it in addresses, files and the API. `source` is a path from the record ("region.name")
    or a function of the record and the business date; the key itself when left out. `needs` are the joins it
    reads, `trace` the model field whose change means that a computed value changed; `annotations` are what
    the database computes for it. The value of tags is a list of codes of `choices`.
    """

    key: str
    name: Any = ""
    kind: Kind = Kind.TEXT
    source: Source = ""
    choices: Mapping[Any, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    definition: Any = ""
    tones: Mapping[Any, str] = field(default_factory=dict)
    trace: str = ""
    printed: bool = True
    annotations: Mapping[str, Any] = field(default_factory=dict)

    @property
    def masked(self) -> bool:
        return self.kind in ALWAYS

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    def value(self, record: Any, today: date) -> Value:
        if callable(self.source):
            return self.source(record, today)
        value = record
        for step in (self.source or self.key).split("."):
            value = getattr(value, step, None)
        if self.kind is Kind.DATE and isinstance(value, date):
            return dates.shown(value, getattr(record, precision_name(self.key), dates.Precision.DAY))
        return value

    def plain(self, value: Value) -> str:
        """The value in words, unmasked."""
        if value is None or value == "":
            return ""
        match self.kind:
            case Kind.CHOICE:
                return str(self.choices.get(value, value))
            case Kind.TAGS:
                return " · ".join(str(self.choices.get(one, one)) for one in value)
            case Kind.FLAG:
                return str(_("Yes") if value else _("No"))
            case Kind.MOMENT if isinstance(value, datetime):
                return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
            case Kind.MONEY:
                return f"{value / 100:.2f}"
        return str(value)

    def shown(self, value: Value, personal: bool) -> str:
        """The value in words as a page shows it; `personal`: the reader may see personal data."""
        text = self.plain(value)
        mask = ALWAYS.get(self.kind) or (None if personal else WITHOUT_RIGHT.get(self.kind))
        return mask(text) if mask and text else text

    def tone(self, value: Value) -> str:
        return self.tones.get(value, "")

    def tags(self, value: Value) -> list[tuple[str, str]]:
        """What a page shows as tags, each a text and its tone; empty for plain text."""
        if self.kind is Kind.TAGS:
            return [(str(self.choices.get(one, one)), self.tones.get(one, "")) for one in value]
        return [(self.plain(value), tone)] if (tone := self.tone(value)) else []


def precision_name(key: str) -> str:
    """birth_date -> birth_precision, graduated_on -> graduated_precision."""
    for ending in ("_date", "_on"):
        if key.endswith(ending):
            return key.removesuffix(ending) + "_precision"
    return key + "_precision"


def resolve(declared: Column | str, model: type[Record]) -> Column:
    """Fills what the model already says: the name, the kind, the choices, the join."""
    column = Column(declared) if isinstance(declared, str) else declared
    path = column.source or column.key
    found = _model_field(model, path) if isinstance(path, str) else None
    if found is None:
        own = None if column.name else _model_field(model, column.key)
        return replace(column, name=capfirst(own[0].verbose_name)) if own else column
    model_field, joins = found
    kind, joined = column.kind, joins
    if kind is Kind.TEXT:
        kind = _kind_of(model_field)
    if kind in (Kind.REGION, Kind.PERSON, Kind.LINK):
        joined = (*joins, model_field.name)
    labels = dict(model_field.flatchoices) if model_field.choices else {}
    return replace(
        column,
        kind=kind,
        name=column.name or capfirst(model_field.verbose_name),
        choices=column.choices or labels,
        needs=column.needs or (("__".join(joined),) if joined else ()),
    )


def _kind_of(model_field: models.Field[Any, Any]) -> Kind:
    match model_field:
        case models.ForeignKey():
            return _kind_of_link(model_field)
        case _ if model_field.choices:
            return Kind.CHOICE
        case models.BooleanField():
            return Kind.FLAG
        case models.DateTimeField():
            return Kind.MOMENT
        case models.DateField():
            return Kind.DATE
        case models.IntegerField() | models.DecimalField():
            return Kind.NUMBER
    return Kind.TEXT


def _kind_of_link(model_field: models.ForeignKey[Any, Any]) -> Kind:
    """The place of a record, another record that it belongs to, or somebody who works here."""
    if model_field.name == "region":
        return Kind.REGION
    return Kind.LINK if issubclass(model_field.related_model, Record) else Kind.PERSON


def _model_field(
    model: type[models.Model], path: str
) -> tuple[models.Field[Any, Any], tuple[str, ...]] | None:
    """The model field at a dotted path, with the joins that lead to it."""
    joins: list[str] = []
    steps = path.split(".")
    for step in steps[:-1]:
        try:
            relation = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        if not isinstance(relation, models.ForeignKey):
            return None
        joins.append(step)
        model = relation.related_model
    try:
        found = model._meta.get_field(steps[-1])
    except FieldDoesNotExist:
        return None
    return (found, tuple(joins)) if isinstance(found, models.Field) else None
