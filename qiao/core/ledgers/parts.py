"""The parts a ledger is declared from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.viewer import Viewer

EVERY = Q()


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the list. `where` may ask who looks and when. A danger tab counts what is overdue."""

    name: Any
    where: Q | Callable[[Viewer], Q] = EVERY
    danger: bool = False

    def q(self, viewer: Viewer) -> Q:
        return self.where(viewer) if callable(self.where) else self.where


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list. Offer one only where an index (level, field, id) exists for each level; `tabs`
    are those whose records the index holds, all when left out."""

    name: Any
    field: str
    nullable: bool = False
    descending: bool = False
    tabs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that stand together in the file, the form and the paper, by the keys of their columns."""

    name: Any
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Records of another ledger that point at this one through `by`; with `add` a new one is entered from here."""

    name: Any
    ledger: str
    by: str
    limit: int = 20
    add: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """What another service shows in the files of a ledger. `context(viewer, record)` fills the template, as `panel`;
    None leaves it out."""

    template: str
    context: Callable[[Viewer, Any], Any]


class Likeness(NamedTuple):
    """A record that speaks against storing another; without an address it is only named."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against storing a record. With `sure`, the words of a box to tick, a person may store it all
    the same; `token` says what that person has then seen. `remedy` leads to the better way."""

    message: str
    likes: tuple[Likeness, ...] = ()
    sure: str = ""
    token: str = ""
    remedy: Likeness | None = None


def always(viewer: Viewer, record: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """A verb on one record or on chosen ones. `why_not` gives the reason that forbids it, or "".

    With `url` it is a door to another page. With `run(viewer, records, data)` it changes records in one
    transaction and returns what to tell; `form` asks for what it needs first. Actions of one `menu` stand
    together under that name in a file; one that stands `aside` is found in the menu of all further ones.
    """

    code: str
    name: Any
    right: Right
    url: Callable[[Any], str] | None = None
    run: Callable[[Viewer, list[Any], dict[str, Any]], object] | None = None
    form: Callable[[Viewer], type[forms.Form]] | None = None
    menu: Any = ""
    why_not: Callable[[Viewer, Any], object] = always
    batch: bool = False
    danger: bool = False
    primary: bool = False
    aside: bool = False
