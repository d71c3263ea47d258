"""From the stored file to staged rows. Writes nothing but the batch's own rows, and can be repeated."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import Any, TypeAlias

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from qiao.core.batches import importer as importing
from qiao.core.batches import notes, sets, storage
from qiao.core.batches.decisions import Decisions
from qiao.core.batches.importer import Importer
from qiao.core.batches.models import ImportBatch, ImportRow, RememberedHeader, counted
from qiao.core.batches.places import Places
from qiao.core.batches.staged import COPY, Staged, staged
from qiao.core.calendars.clock import today
from qiao.core.glossary import dictionaries
from qiao.core.intake import Context, Workbook, clean, read_workbook, survey
from qiao.core.intake.understanding import Memory, Reading
from qiao.core.jobs.beside import Results, beside
from qiao.core.regions import codes

PIECE = 5000
MANY = 1000
LARGE = 5000
"""From so many rows on a second process, or connection, pays."""

ACCEPTED = """
UPDATE batches_importrow AS i SET status = 'fixed' WHERE i.batch_id = %s AND i.status = 'confirm'
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(i.notes) AS n WHERE n->>'code' = ANY(%s))
"""

Rows: TypeAlias = Iterator[Staged]
WAITING = (ImportRow.Status.READY, ImportRow.Status.FIXED, ImportRow.Status.CONFIRM)


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
    done = 0
    with dictionaries.held(), _sealing(declared, batch.total > LARGE) as sealed:
        rows = sealed(_rows(batch, book, declared, merged))
        while written := _copy(declared, rows):
            done += written
            ImportBatch.objects.filter(pk=batch.pk).update(progress=done)
    if done > MANY:
        _analyse()
    with transaction.atomic():
        declared.classify(batch)
        _apply_decisions(batch)
        batch.counts = counted(batch)
        batch.save(update_fields=["counts"])


def _apply_decisions(batch: ImportBatch) -> None:
    """Rows and doubts accepted before stay accepted, also where the doubt came from comparing with the registry."""
    decisions = Decisions.load(batch.decisions)
    if decisions.accepted_codes:
        left = [code for code in notes.doubts() if code not in decisions.accepted_codes]
        with connection.cursor() as cursor:
            cursor.execute(ACCEPTED, [batch.pk, left])
    accepted = [key.split("/") for key in decisions.accepted]
    if accepted:
        chosen = Q(pk=None)
        for sheet, number in accepted:
            chosen |= Q(sheet=int(sheet), number=int(number))
        batch.rows.filter(chosen, status=ImportRow.Status.CONFIRM).update(status=ImportRow.Status.FIXED)


def _analyse() -> None:
    """Tells the planner how many rows are staged; it would walk them one by one otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE batches_importrow")


def _rows(batch: ImportBatch, book: Workbook, declared: Importer, merged: set[tuple[int, int, int]]) -> Rows:
    decisions = Decisions.load(batch.decisions)
    places = Places(batch)
    as_of = today()
    context = Context(as_of=as_of, places=places.by_field, fixes=decisions.values)
    for position, data in enumerate(batch.readings):
        if not data.get("chosen"):
            continue
        reading = Reading.from_dict({key: value for key, value in data.items() if key != "chosen"})
        sheet = book.sheets[position]
        decisions.apply_cells(position, sheet, reading)
        for row in clean(sheet, reading, declared.vocabulary, context):
            if not merged or (position, row.number, row.block) not in merged:
                yield staged(batch.pk, declared, position, row, places, decisions, as_of.isoformat())


@contextmanager
def _sealing(declared: Importer, large: bool) -> Iterator[Callable[[Rows], Rows]]:
    """How rows get their keys: here or, when they are many, in a process beside this one."""
    if not declared.seal:
        yield _as_derived
    elif not large:
        yield partial(_sealed, partial(map, import_string(declared.seal)))
    else:
        with beside(declared.seal, {"PERSONAL_DATA_KEY": settings.PERSONAL_DATA_KEY}) as results:
            yield partial(_sealed, results)


def _as_derived(rows: Rows) -> Rows:
    for row in rows:
        if row.derived:
            row.key, row.cipher = row.derived
        yield row


def _sealed(results: Results, rows: Rows) -> Rows:
    waiting: deque[list[Staged]] = deque()

    def pieces() -> Iterator[list[Any]]:
        while piece := list(islice(rows, MANY)):
            waiting.append(piece)
            yield [row.derived for row in piece if row.derived]

    for result in results(pieces()):
        piece, found = waiting.popleft(), iter(result)
        for row in piece:
            if row.derived:
                row.key, row.cipher, more = next(found)
                row.values |= more
            yield row


def _copy(declared: Importer, rows: Rows) -> int:
    """Writes the next piece while its rows are being made; returns how many there were."""
    first = next(rows, None)
    if first is None:
        return 0
    targets = sets.numbers(declared.model._meta.db_table, PIECE)
    further = {f"_{table}": sets.numbers(table, PIECE) for table in declared.numbered}
    written = 0
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in chain([first], islice(rows, PIECE - 1)):
            if row.status in WAITING:
                row.act, row.target = ImportRow.Act.INSERT, next(targets)
                row.values |= {code: next(numbers) for code, numbers in further.items()}
            copy.write_row(row.line())
            written += 1
    return written
