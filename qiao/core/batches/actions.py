"""The life of an import: taken in, understood, checked, decided on, merged, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qiao.core.accounts.masking import mask_id, mask_phone
from qiao.core.accounts.models import User
from qiao.core.accounts.scope import Scope
from qiao.core.batches import importer as importing
from qiao.core.batches import staging, storage
from qiao.core.batches.decisions import Decisions, row_key
from qiao.core.batches.models import ImportBatch, ImportRow, RememberedHeader, counted
from qiao.core.intake import Unreadable, Workbook, understand
from qiao.core.intake.understanding import Reading
from qiao.core.procedures.refusal import Refused
from qiao.core.regions import codes

Stage = ImportBatch.Stage
ID_NUMBER = re.compile(r"\d{14}(?:\d{3}[\dXx]|\d)")
MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
INLINE_BYTES = 1_000_000
INLINE_ROWS = 2_000

# What this very transaction has written counts as nothing for the planner, which would then walk it once per row.
WHOLE_SETS = "SET LOCAL enable_nestloop = off"


def take_in(
    importer: str, name: str, chunks: Iterable[bytes], region_code: int, scope: Scope, by: User | None
) -> ImportBatch:
    """Keeps the file and opens a batch for it. Raises Refused."""
    if not scope.contains(region_code):
        raise Refused(_("You can only import into your own area."))
    file = storage.keep(name, chunks)
    if not file.size:
        file.delete()
        raise Refused(_("The file is empty. Save the roster again and upload it."))
    batch: ImportBatch = ImportBatch.objects.create(
        importer=importing.get(importer).code,
        file=file,
        region_id=region_code,
        scope_code=scope.code,
        created_by=by,
    )
    return batch


def read(batch: ImportBatch, workbook: Workbook | None = None) -> None:
    """Understands the file. A file that cannot be read stops the batch with what to do; the file is kept."""
    try:
        workbook = workbook or staging.open_file(batch)
        readings = staging.understand(batch, workbook)
    except (Unreadable, Refused) as error:
        stop(batch, problem_of(error))
        return
    usable = [reading.usable and not reading.hidden for reading in readings]
    if not any(usable):
        usable = [reading.usable for reading in readings]
    batch.readings = [_kept(one, chosen) for one, chosen in zip(readings, usable, strict=True)]
    batch.total = sum(one.rows for one, chosen in zip(readings, usable, strict=True) if chosen)
    batch.stage = Stage.MAPPING
    batch.problem = (
        "" if any(usable) else _("No sheet of this file looks like a roster. Point at the header yourself.")
    )
    batch.save()


def _kept(reading: Reading, chosen: bool) -> dict[str, Any]:
    """A reading as the batch keeps it: its examples name nobody."""
    data = reading.as_dict()
    for column in data["columns"]:
        column["samples"] = [_masked(str(sample)) for sample in column["samples"]]
    return {**data, "chosen": chosen}


def _masked(text: str) -> str:
    hidden = ID_NUMBER.sub(lambda found: mask_id(found[0]), text)
    return MOBILE.sub(lambda found: mask_phone(found[0]), hidden)


def problem_of(error: Unreadable | Refused) -> str:
    if isinstance(error, Refused):
        return str(error)
    from qiao.core.intake.messages import FILES

    return _(FILES[error.code]).format(**error.params)


def stop(batch: ImportBatch, problem: str) -> None:
    batch.stage, batch.problem = Stage.FAILED, problem
    batch.save(update_fields=["stage", "problem"])


def choose_columns(batch: ImportBatch, sheet: int, fields: dict[int, str | None]) -> None:
    """A person says what the columns of a sheet mean: {column index: field code or None}."""
    reading = Reading.from_dict({k: v for k, v in batch.readings[sheet].items() if k != "chosen"})
    for index, code in fields.items():
        reading.assign(index, code)
    batch.readings[sheet] = _kept(reading, batch.readings[sheet]["chosen"])
    batch.save(update_fields=["readings"])


def choose_sheets(batch: ImportBatch, chosen: set[int]) -> None:
    for position, reading in enumerate(batch.readings):
        reading["chosen"] = position in chosen
    batch.total = sum(reading["rows"] for reading in batch.readings if reading["chosen"])
    batch.save(update_fields=["readings", "total"])


def choose_header(batch: ImportBatch, sheet: int, top: int, bottom: int) -> None:
    """A person points at the header: rows counted from 0, both included. Raises Refused."""
    workbook = staging.open_file(batch)
    if not 0 <= top <= bottom < len(workbook.sheets[sheet].rows):
        raise Refused(_("The sheet has no such rows."))
    reading = understand(
        workbook.sheets[sheet],
        importing.get(batch.importer).vocabulary,
        staging.memories(batch),
        header=(top, bottom),
    )
    batch.readings[sheet] = _kept(reading, chosen=True)
    batch.total = sum(one["rows"] for one in batch.readings if one["chosen"])
    batch.problem = ""
    batch.save(update_fields=["readings", "total", "problem"])


def check(batch: ImportBatch, workbook: Workbook | None = None) -> None:
    """Cleans and compares every row; nothing but the batch is written."""
    ImportBatch.objects.filter(pk=batch.pk).update(stage=Stage.CHECKING, progress=0, problem="")
    batch.refresh_from_db()
    staging.stage(batch, workbook)
    batch.stage = Stage.PREVIEW
    batch.save(update_fields=["stage"])


def imported_by(batch: ImportBatch, by: User | None) -> None:
    """Who answers for what the batch writes."""
    batch.merged_by = by
    batch.save(update_fields=["merged_by"])


@transaction.atomic
def merge(batch: ImportBatch) -> None:
    """Writes all ready rows or none. A second call merges what was put right since. Raises Refused."""
    locked = ImportBatch.everything.select_for_update().get(pk=batch.pk)
    if locked.stage not in (Stage.PREVIEW, Stage.MERGING, Stage.DONE):
        raise Refused(
            _("This import cannot be carried out now: %(stage)s.") % {"stage": locked.get_stage_display()}
        )
    declared = importing.get(locked.importer)
    if declared.checked and locked.merged_by_id in (None, locked.created_by_id):
        raise Refused(_("Somebody else than who sent the file must import it: ask a colleague to open it."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [importing.district_of(locked)])
        if locked.total > staging.LARGE:
            cursor.execute(WHOLE_SETS)
    declared.classify(locked)
    declared.merge(locked)
    locked.stage, locked.merged_at = Stage.DONE, timezone.now()
    locked.counts = {**counted(locked), "sweep": declared.after(locked)}
    locked.save(update_fields=["stage", "merged_at", "counts"])
    remember(locked)
    batch.refresh_from_db()


def remember(batch: ImportBatch) -> None:
    """The next file with the same header is read as this one was."""
    decisions = Decisions.load(batch.decisions)
    for data in batch.readings:
        if data["chosen"]:
            reading = Reading.from_dict({k: v for k, v in data.items() if k != "chosen"})
            for field, fixes in decisions.values.items():
                reading.fixes.setdefault(field, {}).update(fixes)
            RememberedHeader.objects.update_or_create(
                region_id=codes.at_level(batch.region_id, codes.Level.DISTRICT),
                importer=batch.importer,
                fingerprint=reading.fingerprint,
                defaults={"memory": reading.memory(), "used_by": batch.created_by, "used_at": timezone.now()},
            )


@transaction.atomic
def undo(batch: ImportBatch) -> int:
    """Takes the import back; returns how many records somebody has changed since, which stay."""
    locked = ImportBatch.everything.select_for_update().get(pk=batch.pk)
    if locked.stage not in (Stage.DONE, Stage.UNDOING):
        raise Refused(_("Only a finished import can be taken back."))
    declared = importing.get(locked.importer)
    if declared.lasting:
        raise Refused(
            _("What this file booked is not taken back as a whole. Reverse what is wrong, record by record.")
        )
    stayed = declared.undo(locked)
    locked.stage, locked.undone_at = Stage.UNDONE, timezone.now()
    locked.counts = {**locked.counts, "stayed": stayed}
    locked.save(update_fields=["stage", "undone_at", "counts"])
    batch.refresh_from_db()
    return stayed


@transaction.atomic
def decide(batch: ImportBatch, decisions: Decisions) -> None:
    """Keeps what a person decided and checks the rows again that are not merged yet. Raises Refused."""
    locked = ImportBatch.everything.select_for_update().get(pk=batch.pk)
    if locked.stage not in (Stage.PREVIEW, Stage.DONE):
        raise Refused(_("Wait until the check has finished."))
    batch.decisions = decisions.dump()
    batch.save(update_fields=["decisions"])
    staging.stage(batch)


def fix_value(batch: ImportBatch, field: str, read: str, made: Any) -> None:
    """All equal values of the field mean `made` (None: leave empty)."""
    decisions = Decisions.load(batch.decisions)
    decisions.values.setdefault(field, {})[read] = made
    decide(batch, decisions)


def fix_cell(batch: ImportBatch, row: ImportRow, field: str, text: str) -> None:
    decisions = Decisions.load(batch.decisions)
    decisions.cells.setdefault(row_key(row.sheet, row.number), {})[field] = text
    decide(batch, decisions)


def accept(batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Rows to confirm go in as they were understood."""
    _turn(batch, rows, "accepted", ImportRow.Status.CONFIRM, ImportRow.Status.FIXED)


def leave_out(batch: ImportBatch, rows: list[ImportRow]) -> None:
    for status in (
        ImportRow.Status.CONFIRM,
        ImportRow.Status.ERROR,
        ImportRow.Status.READY,
        ImportRow.Status.FIXED,
    ):
        _turn(batch, rows, "left_out", status, ImportRow.Status.SKIPPED)


def accept_all(batch: ImportBatch, code: str) -> None:
    """Every row whose doubts are of this kind (and of kinds accepted before) goes in."""
    decisions = Decisions.load(batch.decisions)
    decisions.accepted_codes.add(code)
    decide(batch, decisions)


def _turn(batch: ImportBatch, rows: list[ImportRow], kind: str, status: str, to: str) -> None:
    turned = [row for row in rows if row.status == status and row.merged_at is None]
    if not turned:
        return
    decisions = Decisions.load(batch.decisions)
    getattr(decisions, kind).update(row_key(row.sheet, row.number) for row in turned)
    batch.decisions = decisions.dump()
    ImportRow.objects.filter(pk__in=[row.pk for row in turned]).update(status=to)
    batch.counts = {**batch.counts, **counted(batch)}
    batch.save(update_fields=["decisions", "counts"])
