"""Every declared ledger by its code. Filled by the `ledgers.py` of each app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Panel
from qiao.core.ledgers.timeline import Source
from qiao.core.records.models import Record

L = TypeVar("L", bound=type[Ledger])

_ledgers: dict[str, Ledger] = {}
_sources: dict[str, list[Source]] = {}
_panels: dict[str, list[Panel]] = {}


class UnknownLedger(KeyError):
    pass


def register(declared: L) -> L:
    """Class decorator. A code is declared once."""
    ledger = declared()
    if ledger.code in _ledgers:
        raise ValueError(f"ledger {ledger.code!r} is declared twice")
    _ledgers[ledger.code] = ledger
    return declared


def unregister(code: str) -> None:
    _ledgers.pop(code, None)


def get(code: str) -> Ledger:
    """Raises UnknownLedger."""
    try:
        return _ledgers[code]
    except KeyError:
        raise UnknownLedger(code) from None


def of_model(model: type[Record]) -> Ledger | None:
    """The ledger that holds every record of a model, where one is declared."""
    return next((one for one in _ledgers.values() if one.model is model and not one.where), None)


def ledgers() -> Iterator[Ledger]:
    return iter(_ledgers.values())


def add_source(code: str, source: Source) -> None:
    """Another service puts its events into the timeline of a ledger's records."""
    _sources.setdefault(code, []).append(source)


def add_action(code: str, action: Action) -> None:
    """Another service offers a verb in the files of a ledger."""
    ledger = get(code)
    ledger.actions = (*ledger.actions, action)


def replace_action(code: str, action: Action) -> None:
    """Another service has a fuller page for a verb that the ledger offers under the same code."""
    ledger = get(code)
    if not any(one.code == action.code for one in ledger.actions):
        raise ValueError(f"ledger {code!r} has no action {action.code!r}")
    ledger.actions = tuple(
        replace(action, menu=one.menu, aside=one.aside) if one.code == action.code else one
        for one in ledger.actions
    )


def add_panel(code: str, panel: Panel) -> None:
    """Another service has something to show in the files of a ledger."""
    _panels.setdefault(code, []).append(panel)


def panels(ledger: Ledger) -> list[Panel]:
    return _panels.get(ledger.code, [])


def sources(ledger: Ledger) -> list[Source]:
    return [*ledger.timeline, *_sources.get(ledger.code, ())]
