"""A kind of record declared once: list, file, form, spreadsheet, history and API follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import columns as column
from qiao.core.ledgers.columns import Column
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.parts import Action, Objection, Related, Section, Sort, Tab
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import Record, RecordQuerySet
from qiao.core.regions.codes import Level

OFFERED = 500


class Ledger:
    """Declare a subclass in an app's `ledgers.py` under `@register`.

    `columns` in paper order, each a model field's name or a Column; `listed` are those a list shows at first,
    the first of them opens the file. `required` are the keys a form asks for; `required_when` says when
    others are. `placed_at` are the levels of region a new record may belong to. `fields` replaces or adds
    form fields by key. `where` limits the ledger to part of the model's records. `intake` names the vocabulary
    by which rosters of this kind are read, `match_on` what finds the record of a row.
    """

    code: str
    model: type[Record]
    name: Any
    one: Any
    icon: str = "table"
    columns: Sequence[Column | str]
    listed: Sequence[str] = ()
    tabs: Mapping[str, Tab] = {"all": Tab(_("All"))}
    filters: Sequence[Filter | str] = ("region",)
    sorts: Mapping[str, Sort] = {"entered": Sort(_("Entered"), "id", descending=True)}
    groups: Sequence[str] = ("region",)
    sections: Sequence[Section | Related] = ()
    tags: Sequence[str] = ()
    required: Sequence[str] = ()
    required_when: Mapping[str, Any] = {}
    fields: Mapping[str, forms.Field] = {}
    frozen: Sequence[str] = ()
    placed_at: Sequence[Level] = (Level.COMMUNITY,)
    actions: Sequence[Action] = ()
    timeline: Sequence[Source] = ()
    where: Q = Q()
    match_on: Sequence[str] = ()
    intake: str = ""
    see: Right = Right.SEE_PEOPLE
    edit: Right | None = Right.EDIT_PEOPLE
    sheet_title: Any = ""

    @cached_property
    def resolved(self) -> dict[str, Column]:
        """Every column by its key; where a record belongs is always among them."""
        found = {one.key: one for one in (column.resolve(each, self.model) for each in self.columns)}
        return found if "region" in found else {**found, "region": column.resolve("region", self.model)}

    @cached_property
    def shown_at_first(self) -> list[str]:
        return list(self.listed or self.resolved)

    def seen_at_first(self, viewer: Viewer) -> list[Column]:
        """Whoever works in one community is not told its name in every row."""
        one_place = viewer.scope.level is Level.COMMUNITY
        return [self.resolved[key] for key in self.shown_at_first if not (one_place and key == "region")]

    @property
    def rosters(self) -> str:
        """The kind of roster that fills this ledger: its own importer, else its columns; "" when nobody types into it."""
        return self.intake or (self.code if self.edit is not None else "")

    @property
    def title(self) -> str:
        """The key of the column that names a record."""
        return self.shown_at_first[0]

    @cached_property
    def facts(self) -> list[Section]:
        """The sections that hold columns; all columns in one when none are declared."""
        declared = [section for section in self.sections if isinstance(section, Section)]
        return declared or [Section(self.one, tuple(self.resolved))]

    @property
    def related(self) -> list[Related]:
        return [section for section in self.sections if isinstance(section, Related)]

    def label(self, key: str) -> Any:
        return self.resolved[key].name

    def __str__(self) -> str:
        return str(self.name)

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        """Where every query of this ledger begins: its records inside the viewer's scope."""
        rows: RecordQuerySet = self.model.everything.within(viewer.scope).filter(self.where)
        return rows.filter(deleted_at__isnull=not deleted)

    def joined(self, rows: RecordQuerySet, keys: Sequence[str]) -> RecordQuerySet:
        """With what the columns read from other tables, in the same query."""
        needs = {need for key in keys for need in self.resolved[key].needs}
        made = {name: one for key in keys for name, one in self.resolved[key].annotations.items()}
        rows = rows.annotate(**made)
        return rows.select_related(*sorted(needs)) if needs else rows

    def options(self, key: str, viewer: Viewer) -> list[tuple[int, str]]:
        """The records that a filter on a link offers, the newest first."""
        found = self.model._meta.get_field(key)
        other: type[Record] = found.related_model  # type: ignore[assignment]
        return [(one.pk, str(one)) for one in viewer.reach(other).order_by("-id")[:OFFERED]]

    def search(self, text: str, viewer: Viewer) -> Q:
        """Records a typed text may mean."""
        found = self.resolved[self.title]
        path = found.source if isinstance(found.source, str) and found.source else found.key
        return Q(**{f"{path.replace('.', '__')}__icontains": text})

    def called(self, record: Any) -> str:
        """How a record is named where one of several is chosen."""
        return str(record)

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        """What speaks against storing a record that is filled in and checked."""
        return None

    def overruled(self, record: Any, viewer: Viewer, objection: Objection) -> None:
        """Called after a record was stored although something spoke against it."""

    def store(self, record: Any, viewer: Viewer) -> None:
        """Writes a record that a form or the API has filled in and checked."""
        record.save()

    def kept(self, record: Any, viewer: Viewer) -> str:
        """Why a record may not be deleted yet; "" when it may."""
        return ""

    def remark(self, record: Any, viewer: Viewer) -> object:
        """What follows from a record, in a sentence on top of its file; "" when nothing does."""
        return ""

    def may_edit(self, viewer: Viewer) -> bool:
        return self.edit is not None and viewer.can(self.edit)

    def url(self, name: str = "list", *args: Any) -> str:
        return reverse(f"ledgers:{name}", args=[self.code, *args])

    def file_url(self, record: Any) -> str:
        """What a row of the list opens."""
        return self.url("file", record.pk)

    def saved_url(self, record: Any) -> str:
        """Where a person stands after saving a record."""
        return self.url("file", record.pk)

    def record_title(self, record: Any, viewer: Viewer) -> str:
        found = self.resolved[self.title]
        return found.shown(found.value(record, viewer.today), viewer.personal) or f"#{record.pk}"
