"""Figures by occupation: the middle groups of the classification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from django.db.models import F, Value
from django.db.models.functions import Left, NullIf
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.dimensions import Dimension
from qiao.engines.occupations import tree

MIDDLE, WIDTH = 2, len("4-07")


class Groups(Mapping[str, str]):
    """The name of each middle group by the beginning that its codes share: ``4-07``."""

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.code[:WIDTH]: one.name for one in tree().level(MIDDLE)}

    def __getitem__(self, key: str) -> str:
        return self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def by_occupation(column: str) -> Dimension:
    """The breakdown of records whose occupation code stands in `column`."""
    return Dimension(
        "occupation",
        _("Group of occupations"),
        Groups(),
        lambda path, day: NullIf(Left(F(f"{path}{column}"), WIDTH), Value("")),
    )
