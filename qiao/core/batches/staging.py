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

from qiao.core.batches import importer as importing
from qiao.core.batches import lines, notes, sets, storage
from qiao.core.batches.decisions import Decisions
from qiao.core.batches.importer import Importer
from qiao.core.batches.models import ImportBatch, ImportRow, RememberedHeader, counted
from qiao.core.batches.places import Places
from qiao.core.batches.staged import Staged, staged
from qiao.core.calendars.clock import today
from qiao.core.glossary import dictionaries
from qiao.core.intake import Context, Workbook, clean, read_workbook, survey
from qiao.core.intake.understanding import Memory, Reading
from qiao.core.jobs.beside import Results, beside
from qiao.core.regions import codes

PIECE = 5000
MANY = 1000
PORTION = 100
TARGET = "target"
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
    with dictionaries.held(), _lines(declared, batch.total > LARGE) as lined:
        numbers = _Numbers(declared)
        made = lined(numbers.given(_rows(batch, book, declared, merged)))
        numbers.reserve()
        while written := _copy(made):
            done += written
            ImportBatch.objects.filter(pk=batch.pk).update(progress=done)
            numbers.reserve()
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


class _Numbers:
    """Numbers of records to come. They are reserved between two pieces: while one is copied, nothing can be asked."""

    def __init__(self, declared: Importer) -> None:
        self.tables = {f"_{table}": table for table in declared.numbered}
        self.tables[TARGET] = declared.model._meta.db_table
        self.held: dict[str, deque[int]] = {code: deque() for code in self.tables}

    def reserve(self) -> None:
        """As many as rows are read at most while one piece is copied: two portions may be under way besides."""
        for code, held in self.held.items():
            held.extend(sets.numbers(self.tables[code], PIECE + 2 * MANY - len(held)))

    def given(self, rows: Rows) -> Rows:
        """Whoever may go in is taken for new and knows the numbers of its records."""
        targets = self.held[TARGET]
        further = [(code, held) for code, held in self.held.items() if code != TARGET]
        for row in rows:
            if row.status in WAITING:
                row.act, row.target = ImportRow.Act.INSERT.value, targets.popleft()
                for code, held in further:
                    row.values[code] = held.popleft()
            yield row


@contextmanager
def _lines(declared: Importer, large: bool) -> Iterator[Callable[[Rows], Iterator[bytes]]]:
    """How rows become lines: here or, when they are many, in a process beside this one."""
    if not (large and declared.seal):
        yield partial(_in_pieces, partial(map, partial(lines.lines, declared.seal)))
        return
    path = f"{lines.__name__}.lines"
    with beside(path, {"PERSONAL_DATA_KEY": settings.PERSONAL_DATA_KEY}, declared.seal) as results:
        yield partial(_in_pieces, results)


def _in_pieces(results: Results, rows: Rows) -> Iterator[bytes]:
    def pieces() -> Iterator[list[Any]]:
        while piece := [row.told() for row in islice(rows, MANY)]:
            yield piece

    return chain.from_iterable(results(pieces()))


def _copy(made: Iterator[bytes]) -> int:
    """Writes the next piece while its lines are being made; returns how many there were."""
    first = next(made, None)
    if first is None:
        return 0
    written, piece = 0, chain([first], islice(made, PIECE - 1))
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(lines.COPY) as copy:
        while some := list(islice(piece, PORTION)):
            copy.write(b"".join(some))
            written += len(some)
    return written
