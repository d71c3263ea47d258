"""Every declared indicator by its code, and what core must know of the records behind them.

Filled by the `indicators.py` of each app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from qiao.core.indicators.declarations import Indicator, Tally
from qiao.core.indicators.dimensions import Text


class UnknownIndicator(KeyError):
    pass


@dataclass(frozen=True, eq=False)
class Names:
    """How the records of a model are listed: masked cells, and the address of the record's file."""

    columns: Sequence[tuple[Text, Callable[[Any], object]]]
    address: Callable[[Any], str] = lambda record: ""
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows


@dataclass(frozen=True)
class Watch:
    """`begins`: date columns before the earliest of which a record matters to no month.
    `subject`: the column naming whom or what records of several models speak of; what is said of somebody
    touches every region that holds a record of them.
    `heeds`: columns naming what else decides whether a record counts, such as the employer of a placement."""

    begins: tuple[str, ...] = ()
    subject: str = ""
    heeds: tuple[str, ...] = ()


_indicators: dict[str, Indicator] = {}
_names: dict[type[Model], Names] = {}
_watches: dict[type[Model], Watch] = {}


def register(*declared: Indicator) -> None:
    """A code is declared once. The order is the order of columns."""
    for indicator in declared:
        if indicator.code in _indicators:
            raise ValueError(f"indicator {indicator.code!r} is declared twice")
        _indicators[indicator.code] = indicator


def get(code: str) -> Indicator:
    """Raises UnknownIndicator."""
    try:
        return _indicators[code]
    except KeyError:
        raise UnknownIndicator(code) from None


def indicators() -> Iterator[Indicator]:
    return iter(_indicators.values())


def tallies() -> dict[str, Tally]:
    """Every tally behind the declared indicators, by its code: what the roll-up keeps."""
    found: dict[str, Tally] = {}
    for indicator in _indicators.values():
        for tally in indicator.tallies():
            if found.setdefault(tally.code, tally) is not tally:
                raise ValueError(f"two tallies are called {tally.code!r}")
    return found


def list_as(model: type[Model], names: Names) -> None:
    _names[model] = names


def names_of(model: type[Model]) -> Names:
    return _names.get(model) or Names(columns=[(model._meta.verbose_name or "", str)])


def watch(
    model: type[Model], *, begins: Sequence[str] = (), subject: str = "", heeds: Sequence[str] = ()
) -> None:
    _watches[model] = Watch(tuple(begins), subject, tuple(heeds))


def watch_of(model: type[Model]) -> Watch:
    return _watches.get(model, Watch())
