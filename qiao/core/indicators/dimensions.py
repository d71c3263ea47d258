"""Ways to break a figure down: declared once, hung on each indicator at the path where the attribute lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.windows import Day

Text = str | Promise
UNKNOWN = ""
NOT_RECORDED = _("Not recorded")


@dataclass(frozen=True, eq=False)
class Dimension:
    """`key(path, day)` is the expression of the value on a day; `labels` names and orders its values."""

    code: str
    name: Text
    labels: Mapping[str, Any]
    key: Callable[[str, Day], Any]
    unknown: Text = NOT_RECORDED
    path: str = ""

    def along(self, path: str) -> Dimension:
        return replace(self, path=path)

    def expression(self, day: Day) -> Coalesce:
        """The value as text, never null: what is not recorded is a value of its own."""
        return Coalesce(Cast(self.key(self.path, day), TextField()), Value(UNKNOWN), output_field=TextField())

    def label(self, value: str) -> Text:
        return self.labels.get(value) or (self.unknown if value == UNKNOWN else value)

    def order(self, value: str) -> tuple[int, str]:
        """Declared values in their order, then others, then what is not recorded."""
        places = {known: place for place, known in enumerate(self.labels)}
        return (places.get(value, len(places) + (value == UNKNOWN)), value)


def column(code: str, name: Text, choices: Any, unknown: Text = NOT_RECORDED) -> Dimension:
    """A dimension that is simply a column with a closed list of values."""
    return Dimension(code, name, dict(choices), lambda path, day: F(f"{path}{code}"), unknown)
