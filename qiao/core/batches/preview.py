"""What the check page shows: the rows of a state, the doubts they raise, and what each will change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qiao.core.batches import importer as importing
from qiao.core.batches import notes, staging
from qiao.core.batches.importer import Importer
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.intake import Severity, letter
from qiao.core.intake.cells import plain
from qiao.core.ledgers import registry
from qiao.core.records.dates import shown

PAGE = 50
STAYED = "stayed"
NAMING = ("name", "id_number")
Status = ImportRow.Status
TABS = (Status.READY, Status.FIXED, Status.CONFIRM, Status.ERROR, Status.SKIPPED)
FIRST = (Status.CONFIRM, Status.ERROR, Status.FIXED, Status.READY, Status.SKIPPED)
WORDS = {"choice_unknown", "choice_similar", "place_unknown", "place_ambiguous"}


def field_label(declared: Importer, code: str) -> str:
    """The name of a roster field: the importer's own word, else that of the model column it fills."""
    if code in declared.labels:
        return str(declared.labels[code])
    column = next((name for name, field in declared.columns.items() if field == code), None)
    return capfirst(str(declared.model._meta.get_field(column).verbose_name)) if column else code  # type: ignore[union-attr]


def choices_of(declared: Importer, code: str) -> dict[str, str]:
    """The values a field may take, with their words."""
    column = next((name for name, field in declared.columns.items() if field == code), None)
    labels = dict(declared.model._meta.get_field(column).flatchoices) if column else {}  # type: ignore[union-attr]
    own = declared.choices.get(code, labels)
    return {str(value): str(label) for value, label in dict(getattr(own, "choices", own)).items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row as the grid shows it. `read` is what stood in the file, when that was odd."""

    field: str
    label: str
    text: str
    read: str
    tone: str
    says: list[str]
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    row: ImportRow
    cells: list[Cell]
    says: list[str]
    changes: list[tuple[str, str, str]]
    record: tuple[str, str] | None = None


class Preview:
    """`query`: status, after ("sheet-number-block")."""

    def __init__(self, batch: ImportBatch, query: QueryDict | Mapping[str, str]) -> None:
        self.batch, self.declared = batch, importing.get(batch.importer)
        wanted = query.get("status", "")
        counts = batch.counts
        first = STAYED if counts.get("stayed") else next((s for s in FIRST if counts.get(s)), Status.READY)
        self.status = wanted if wanted in (*Status.values, STAYED) else first
        self.after = query.get("after", "")

    @property
    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "label": _("Imported") if self.batch.merged_at and status == Status.READY else status.label,
                "url": f"?status={status}",
                "count": self.batch.counts.get(status, 0),
                "active": status == self.status,
                "tone": "danger" if status == Status.ERROR else "",
            }
            for status in TABS
        ] + ([self._stayed_tab] if self.batch.counts.get("stayed") else [])

    @property
    def _stayed_tab(self) -> dict[str, Any]:
        """Rows that an undo left in the registry, because somebody has changed their records since."""
        number = self.batch.counts["stayed"]
        active = self.status == STAYED
        return {
            "label": _("Stayed"),
            "url": f"?status={STAYED}",
            "count": number,
            "active": active,
            "tone": "danger",
        }

    @cached_property
    def page(self) -> list[ImportRow]:
        chosen = {"stayed": True} if self.status == STAYED else {"status": self.status}
        rows = self.batch.rows.filter(**chosen).order_by("sheet", "number", "block")
        parts = self.after.split("-")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            rows = rows.extra(
                where=["(sheet, number, block) > (%s, %s, %s)"], params=[int(part) for part in parts]
            )
        return list(rows[: PAGE + 1])

    @property
    def query(self) -> str:
        return "?" + urlencode({"status": self.status, "after": self.after})

    @property
    def following(self) -> str:
        if len(self.page) <= PAGE:
            return ""
        last = self.page[PAGE - 1]
        return "?" + urlencode({"status": self.status, "after": f"{last.sheet}-{last.number}-{last.block}"})

    @cached_property
    def fields(self) -> list[str]:
        """Columns of the grid: the fields this file speaks of, in its own order."""
        found = dict.fromkeys(
            column["field"]
            for reading in self.batch.readings
            if reading["chosen"]
            for column in reading["columns"]
            if column["field"]
        )
        shown = [code for code in found if self.declared.vocabulary.fields[code].kind != "seq"]
        return sorted(shown, key=lambda code: 0 if code in NAMING else 1 if code in self._spoken_of else 2)

    @cached_property
    def _spoken_of(self) -> set[str]:
        """Fields with a remark on this page: they stand beside the name."""
        said = {(row.sheet, note.get("column")) for row in self.page for note in row.notes}
        return {
            column["field"]
            for position, reading in enumerate(self.batch.readings)
            for column in reading["columns"]
            if (position, column["index"]) in said
        }

    @property
    def heads(self) -> list[str]:
        return [field_label(self.declared, code) for code in self.fields]

    @cached_property
    def rows(self) -> list[Shown]:
        page = self.page[:PAGE]
        changes, records = self._changes(page), self._records(page)
        return [self._shown(row, changes.get(row.pk, []), records.get(row.target)) for row in page]

    def _records(self, page: Iterable[ImportRow]) -> dict[int | None, tuple[str, str]]:
        """Name and address of the records that merged rows wrote; the rows themselves keep no values."""
        targets = {row.target for row in page if row.merged_at and row.target}
        if not targets:
            return {}
        ledger = registry.get(self.declared.about or self.declared.ledger)
        return {
            one.pk: (str(one), ledger.url("file", one.pk))
            for one in ledger.model.objects.filter(pk__in=targets)
        }

    def _shown(
        self, row: ImportRow, changes: list[tuple[str, str, str]], record: tuple[str, str] | None
    ) -> Shown:
        by_column: dict[int | None, list[dict[str, Any]]] = {}
        for note in row.notes:
            by_column.setdefault(note.get("column"), []).append(note)
        columns = {
            column["field"]: column["index"]
            for column in self.batch.readings[row.sheet]["columns"]
            if column["field"] and column["block"] == row.block
        }
        cells = [self._cell(row, code, columns.get(code), by_column) for code in self.fields]
        used = {columns.get(code) for code in self.fields}
        rest = [notes.text(note) for column, said in by_column.items() if column not in used for note in said]
        return Shown(row, cells, rest, changes, record)

    def _cell(
        self,
        row: ImportRow,
        code: str,
        index: int | None,
        by_column: Mapping[int | None, list[dict[str, Any]]],
    ) -> Cell:
        said = by_column.get(index, []) if index is not None else []
        severities = {notes.severity(note["code"]) for note in said}
        tone = "danger" if Severity.ERROR in severities else "warn" if Severity.CONFIRM in severities else ""
        read = plain(row.cells[index]) if said and index is not None and index < len(row.cells) else ""
        choices = choices_of(self.declared, code) if tone else {}
        return Cell(
            code,
            field_label(self.declared, code),
            self._text(row, code) or (read if tone else ""),
            read,
            tone or ("fixed" if said else ""),
            [notes.text(note) for note in said],
            choices,
        )

    def _text(self, row: ImportRow, code: str) -> str:
        value = row.values.get(code)
        if value is None:
            return f"****{row.values['_tail']}" if code == "id_number" and "_tail" in row.values else ""
        return word(self.declared, code, value, row.values.get(f"{code}_precision", 3))

    def _changes(self, page: Iterable[ImportRow]) -> dict[int, list[tuple[str, str, str]]]:
        """What an update replaces: field, old, new. One query for the page."""
        updates = {
            row.target: row for row in page if row.act == ImportRow.Act.UPDATE and row.merged_at is None
        }
        found: dict[int, list[tuple[str, str, str]]] = {}
        if not updates:
            return found
        for record in self.declared.model.everything.filter(pk__in=list(filter(None, updates))):
            row = updates[record.pk]
            for column, code in self.declared.columns.items():
                if code not in row.values or code.endswith("_precision"):
                    continue
                old = word(self.declared, code, _plain(getattr(record, column)))
                new = word(self.declared, code, row.values[code])
                if old != new:
                    found.setdefault(row.pk, []).append((field_label(self.declared, code), old, new))
        return found

    @cached_property
    def doubts(self) -> list[dict[str, Any]]:
        """Kinds of doubt among the rows to confirm, each with an example and how many rows raise it."""
        if self.status != Status.CONFIRM:
            return []
        return [
            {"code": code, "text": notes.text(example), "rows": rows}
            for code, example, rows in _grouped(self.batch, "note->>'code'", Status.CONFIRM)
            if notes.severity(code) is Severity.CONFIRM
        ]

    @cached_property
    def odd_values(self) -> list[dict[str, Any]]:
        """Words that are in no list, each once, with a field to say what all of them mean."""
        counted: Counter[tuple[str, str]] = Counter()
        fields = {
            (position, column["index"]): column["field"]
            for position, reading in enumerate(self.batch.readings)
            for column in reading["columns"]
        }
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT sheet, (note->>'column')::int, note->'params'->>'value', count(*)
                FROM batches_importrow, jsonb_array_elements(notes) AS note
                WHERE batch_id = %s AND merged_at IS NULL AND note->>'code' = ANY(%s) AND status <> 'skipped'
                GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 50
                """,
                [self.batch.pk, sorted(WORDS)],
            )
            for sheet, column, read, number in cursor.fetchall():
                if (field := fields.get((sheet, column))) and read:
                    counted[field, read] += number
        return [
            {
                "field": field,
                "label": field_label(self.declared, field),
                "read": read,
                "rows": number,
                "choices": choices_of(self.declared, field),
            }
            for (field, read), number in counted.most_common()
        ]

    @property
    def ready(self) -> int:
        """Rows that go in when the button is pressed."""
        return self.batch.rows.filter(status__in=ImportRow.MERGED, merged_at=None).count()

    @property
    def open_rows(self) -> int:
        return int(self.batch.counts.get(Status.ERROR, 0) + self.batch.counts.get(Status.CONFIRM, 0))

    @property
    def acts(self) -> list[tuple[str, int]]:
        acts = ImportRow.Act
        shown = (acts.INSERT, acts.UPDATE, acts.SAME, acts.MOVE)
        counted = [(str(act.label), self.batch.counts.get(f"act_{act}", 0)) for act in shown]
        return [(label, number) for label, number in counted if number]


def _grouped(batch: ImportBatch, expression: str, status: str) -> list[tuple[str, dict[str, Any], int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {expression}, (array_agg(note))[1]::text, count(DISTINCT r.id)
            FROM batches_importrow AS r, jsonb_array_elements(r.notes) AS note
            WHERE r.batch_id = %s AND r.status = %s AND r.merged_at IS NULL
            GROUP BY 1 ORDER BY 3 DESC
            """,
            [batch.pk, status],
        )
        return [(code, json.loads(example), rows) for code, example, rows in cursor.fetchall()]


def word(declared: Importer, code: str, value: Any, precision: int = 3) -> str:
    """A staged or stored value as people read it."""
    if value is None or value == "":
        return ""
    kind = declared.vocabulary.fields[code].kind if code in declared.vocabulary.fields else "text"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    match kind:
        case "choice":
            return choices_of(declared, code).get(str(value), str(value))
        case "money":
            return f"{int(value) / 100:g}"
        case "date" if len(str(value)) == 10:
            return shown(date.fromisoformat(str(value)), precision)
    return str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def mapping_columns(batch: ImportBatch) -> list[dict[str, Any]]:
    """Per sheet, its columns with samples and what each was taken for."""
    declared = importing.get(batch.importer)
    fields = [(code, field_label(declared, code)) for code in declared.vocabulary.fields]
    return [
        {
            "number": number,
            "name": reading["sheet"],
            "rows": reading["rows"],
            "chosen": reading["chosen"],
            "hidden": reading["hidden"],
            "titles": reading["titles"],
            "header": (reading["top"] + 1, reading["bottom"] + 1),
            "missing": [field_label(declared, code) for code in reading["missing"]],
            "columns": [{**column, "letter": letter(column["index"])} for column in reading["columns"]],
            "fields": fields,
        }
        for number, reading in enumerate(batch.readings)
    ]


def header_samples(batch: ImportBatch, rows: int = 12) -> list[dict[str, Any]]:
    """The first rows of each sheet as they stand in the file, for pointing at the header."""
    book = staging.open_file(batch)
    return [
        {
            "number": number,
            "name": sheet.name,
            "rows": [
                (at + 1, [plain(cell) for cell in cells[:12]]) for at, cells in enumerate(sheet.rows[:rows])
            ],
        }
        for number, sheet in enumerate(book.sheets)
    ]
