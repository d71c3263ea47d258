"""One cleaner a kind of field. A cleaner never raises; cleaning what it made changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from qiao.core.intake.cells import Cell
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, Cleaner
from qiao.core.intake.values.choices import choice_cleaner, clean_boolean
from qiao.core.intake.values.dates import DateCleaner, PartialDate
from qiao.core.intake.values.id_numbers import clean_id_number
from qiao.core.intake.values.names import clean_name
from qiao.core.intake.values.numbers import clean_distance, clean_integer, clean_money
from qiao.core.intake.values.phones import clean_phone
from qiao.core.intake.values.places import Places, place_cleaner
from qiao.core.intake.values.texts import clean_code, clean_text
from qiao.core.intake.vocabulary import Field, Kind


class Value(NamedTuple):
    """A cell's story: what was read, what was made of it, and why."""

    read: Cell
    made: Any
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the file itself does not say.

    `as_of`: the business date. `places`: for each field of kind region, the names it may hold, and codes.
    `fixes`: for each field, what an odd value means, as a person has decided: {field: {read: made}}.
    """

    as_of: date
    places: Mapping[str, Places] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def cleaner(item: Field, context: Context, unit: float | None = None, order: str | None = None) -> Cleaner:
    """The cleaner of a column that holds `item`; `unit` and `order` are the column's own."""
    return _CLEANERS[item.kind](item, context, unit, order)


_Maker = Callable[[Field, Context, float | None, str | None], Cleaner]
_CLEANERS: Mapping[Kind, _Maker] = {
    Kind.PERSON_NAME: lambda item, context, unit, order: clean_name,
    Kind.ID_NUMBER: lambda item, context, unit, order: partial(clean_id_number, as_of=context.as_of),
    Kind.DATE: lambda item, context, unit, order: DateCleaner(context.as_of, item.future, order),
    Kind.PHONE: lambda item, context, unit, order: clean_phone,
    Kind.CHOICE: lambda item, context, unit, order: choice_cleaner(item.choices),
    Kind.BOOLEAN: lambda item, context, unit, order: clean_boolean,
    Kind.MONEY: lambda item, context, unit, order: partial(clean_money, unit=unit),
    Kind.INTEGER: lambda item, context, unit, order: partial(clean_integer, low=item.low, high=item.high),
    Kind.DISTANCE: lambda item, context, unit, order: partial(clean_distance, unit=unit),
    Kind.TEXT: lambda item, context, unit, order: partial(clean_text, limit=item.limit),
    Kind.CODE: lambda item, context, unit, order: partial(clean_code, limit=item.limit),
    Kind.REGION: lambda item, context, unit, order: place_cleaner(context.places.get(item.code)),
    Kind.SEQ: lambda item, context, unit, order: lambda cell: NOTHING,
}

__all__ = ["NOTHING", "Cleaned", "Cleaner", "Context", "PartialDate", "Value", "cleaner"]
