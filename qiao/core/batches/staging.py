"""From the stored file to staged rows. Writes nothing but the batch's own rows, and can be repeated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from qiao.core.batches import importer as importing
from qiao.core.batches import notes as notes_text
from qiao.core.batches import sets, storage
from qiao.core.batches.decisions import Decisions, row_key
from qiao.core.batches.importer import Importer
from qiao.core.batches.models import ImportBatch, ImportRow, RememberedHeader, counted
from qiao.core.calendars.clock import today
from qiao.core.glossary import dictionaries
from qiao.core.intake import Context, Note, PartialDate, Row, Severity, Workbook, clean, read_workbook, survey
from qiao.core.intake.understanding import Memory, Reading
from qiao.core.regions import codes
from qiao.core.regions.models import Region

PIECE = 5000
MANY = 1000
WAITING = (ImportRow.Status.READY, ImportRow.Status.FIXED, ImportRow.Status.CONFIRM)
COLUMNS = (
    *("batch_id", "sheet", "number", "block", "status", "act", "target", "region_id"),
    *("cells", "values", "extras", "notes", "key", "cipher"),
)
COPY = f"COPY batches_importrow ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in COLUMNS)}) FROM STDIN"


def memories(batch: ImportBatch) -> dict[str, Memory]:
    """What was said of headers before, in this region or above it; the nearest wins."""
    above = [*codes.ancestors(batch.region_id), batch.region_id]
    kept = RememberedHeader.objects.filter(importer=batch.importer, region__in=above).order_by("region_id")
    return {one.fingerprint: one.memory for one in kept}


def open_file(batch: ImportBatch) -> Workbook:
    """Raises Unreadable or Refused."""
    return read_workbook(storage.load(batch.file), batch.file.name)


def understand(batch: ImportBatch, workbook: Workbook) -> list[Reading]:
    return survey(workbook, importing.get(batch.importer).vocabulary, memories(batch))


def stage(batch: ImportBatch, workbook: Workbook | None = None) -> None:
    """Cleans every chosen sheet and writes its rows in pieces; then says what each will do."""
    declared = importing.get(batch.importer)
    book = workbook or open_file(batch)
    merged = set(batch.rows.exclude(merged_at=None).values_list("sheet", "number", "block"))
    batch.rows.filter(merged_at=None).delete()
    rows = _rows(batch, book, declared, merged)
    done = 0
    with dictionaries.held():
        while piece := list(islice(rows, PIECE)):
            with transaction.atomic():
                _copy(piece)
                done += len(piece)
                ImportBatch.objects.filter(pk=batch.pk).update(progress=done)
    if done > MANY:
        _analyse()
    with transaction.atomic():
        declared.classify(batch)
        _apply_decisions(batch)
        batch.counts = counted(batch)
        batch.save(update_fields=["counts"])


def _apply_decisions(batch: ImportBatch) -> None:
    """Rows accepted before stay accepted, also where the doubt came from comparing with the registry."""
    accepted = [key.split("/") for key in Decisions.load(batch.decisions).accepted]
    if accepted:
        chosen = Q(pk=None)
        for sheet, number in accepted:
            chosen |= Q(sheet=int(sheet), number=int(number))
        batch.rows.filter(chosen, status=ImportRow.Status.CONFIRM).update(status=ImportRow.Status.FIXED)


def _analyse() -> None:
    """Tells the planner how many rows are staged; it would walk them one by one otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE batches_importrow")


def _copy(rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)


def _rows(
    batch: ImportBatch, book: Workbook, declared: Importer, merged: set[tuple[int, int, int]]
) -> Iterator[tuple[Any, ...]]:
    decisions = Decisions.load(batch.decisions)
    places = Places(batch)
    as_of = today()
    context = Context(as_of=as_of, places=places.by_field, fixes=decisions.values)
    targets = sets.numbers(declared.model._meta.db_table)
    further = {table: sets.numbers(table) for table in declared.numbered}
    for position, data in enumerate(batch.readings):
        if not data.get("chosen"):
            continue
        reading = Reading.from_dict({key: value for key, value in data.items() if key != "chosen"})
        sheet = book.sheets[position]
        decisions.apply_cells(position, sheet, reading)
        for row in clean(sheet, reading, declared.vocabulary, context):
            if merged and (position, row.number, row.block) in merged:
                continue
            staged = _staged(batch, declared, position, row, places, decisions, as_of.isoformat())
            if staged.status in WAITING:
                staged.act, staged.target = ImportRow.Act.INSERT, next(targets)
                staged.values |= {f"_{table}": next(numbers) for table, numbers in further.items()}
            yield staged.line()


@dataclass(slots=True)
class Staged:
    """A row as it is written to the staging table, in the order of COLUMNS."""

    batch: int
    sheet: int
    number: int
    block: int
    status: str
    act: str
    target: int | None
    region: int | None
    cells: list[str | None]
    values: dict[str, Any]
    extras: Mapping[str, str]
    notes: list[Note]
    key: bytes | None
    cipher: bytes | None

    def line(self) -> tuple[Any, ...]:
        head = (
            self.batch,
            self.sheet,
            self.number,
            self.block,
            self.status,
            self.act,
            self.target,
            self.region,
        )
        notes = _json([_note(note) for note in self.notes]) if self.notes else "[]"
        return (
            *head,
            _json(self.cells),
            _json(self.values),
            _json(self.extras),
            notes,
            self.key,
            self.cipher,
        )


def _staged(
    batch: ImportBatch,
    declared: Importer,
    position: int,
    row: Row,
    places: Places,
    decisions: Decisions,
    as_of: str,
) -> Staged:
    notes, status = list(row.notes), row.status
    key = cipher = region = None
    values: dict[str, Any] = {}
    if status != ImportRow.Status.SKIPPED:
        values = plain_values(row.values)
        values["_as_of"] = as_of
        region, problem = places.region_of(values)
        if problem:
            notes.append(problem)
            status = ImportRow.Status.ERROR
        key, cipher = declared.derive(values)
        if decisions.left_out or status == ImportRow.Status.CONFIRM:
            doubts = {note.code for note in notes if notes_text.severity(note.code) is Severity.CONFIRM}
            status = decisions.status(row_key(position, row.number), status, doubts)
    cells = [str(cell) if cell is not None else None for cell in row.cells] if notes else []
    return Staged(
        batch.pk,
        position,
        row.number,
        row.block,
        status,
        "",
        None,
        region,
        cells,
        values,
        row.extras,
        notes,
        key,
        cipher,
    )


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """What a row says, without blanks, as JSON knows it; a partial date: first day and precision."""
    found: dict[str, Any] = {}
    for code, made in values.items():
        if made is None or made == "":
            continue
        if isinstance(made, PartialDate):
            found[code], found[f"{code}_precision"] = made.first.isoformat(), made.precision
        else:
            found[code] = made
    return found


def _note(note: Note) -> dict[str, Any]:
    params = {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in note.params.items()
    }
    return {"code": note.code, "params": params, "column": note.column}


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    if not value:
        return "[]" if value == [] else "{}"
    text = _encode(value)
    return text.replace("\\u0000", "") if "\\u0000" in text else text


class Places:
    """Which community a row belongs to: its own word, else the community the roster is imported into."""

    def __init__(self, batch: ImportBatch) -> None:
        district = codes.at_level(batch.region_id, codes.Level.DISTRICT)
        regions = list(
            Region.objects.under(district).filter(valid_to=None).values_list("code", "name", "level")
        )
        self.names = {code: name for code, name, _level in regions}
        self.by_field = {
            "community": _index(regions, Region.Level.COMMUNITY),
            "street": _index(regions, Region.Level.STREET),
        }
        whole = codes.level_of(batch.region_id) == codes.Level.COMMUNITY
        self.default = batch.region_id if whole else None
        self.allowed = codes.subtree(batch.scope_code)

    def region_of(self, values: dict[str, Any]) -> tuple[int | None, Note | None]:
        said = values.get("community")
        region = said if isinstance(said, int) else self.default
        if region is None:
            return None, Note("community_missing")
        if region not in self.allowed:
            return None, Note("outside_area", {"community": self.names.get(region, str(region))})
        return region, None


def _index(regions: list[tuple[int, str, int]], level: int) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for code, name, at in regions:
        if at == level:
            index.setdefault(name, []).append(code)
    return index
