"""Files that mean harm, people who lose their role, workers that die, and two who import at once."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from django.db import connection, connections
from ledger_world import HERE
from test_import_pages import GOOD, A, batch_of, go, id_number, merged, people, roster, upload

from qiao.core.accounts.scope import Scope
from qiao.core.batches import actions, staging, tasks
from qiao.core.batches.models import ImportBatch, ImportRow

pytestmark = pytest.mark.django_db
WRONG = A[:-1] + ("0" if A[-1] != "0" else "1")


def taken(data: bytes = GOOD, name: str = "roster.csv") -> ImportBatch:
    return actions.take_in("residents", name, [data], HERE, Scope(HERE), None)


def workbook(extra: dict[str, bytes] | None = None) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["姓名", "身份证号"], ["刘桂芳", A]):
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_formula_in_a_roster_is_text_in_the_rows_to_put_right(station):
    import openpyxl

    evil = '=HYPERLINK("http://x","y")'
    batch = batch_of(go(station, roster([evil, WRONG, "+1+1", "@SUM(1)", "", "", ""])))
    assert batch.counts.get("error") == 1
    book = openpyxl.load_workbook(io.BytesIO(station.get(f"/import/{batch.pk}/errors.xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_macros_are_not_run_and_the_roster_is_read(station):
    page = upload(
        station, workbook({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 600}), name="roster.xlsm"
    )
    assert page.status_code == 200 and batch_of(page).stage in ("mapping", "failed")
    assert batch_of(page).stage == "mapping" or batch_of(page).problem


def test_a_bomb_is_refused_in_words(station):
    page = upload(station, workbook({"xl/media/image1.bin": b"\0" * 900_000_000}), name="bomb.xlsx")
    assert page.status_code == 200
    assert batch_of(page).stage == "failed" and batch_of(page).problem


def test_a_locked_workbook_says_how_to_unlock_it(station):
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    assert msoffcrypto
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("secret", out)
    batch = batch_of(upload(station, out.getvalue(), name="locked.xlsx"))
    assert batch.stage == "failed" and "密码" in batch.problem


def test_a_file_beyond_the_limit_is_refused_and_not_kept(station, monkeypatch, settings):
    from pathlib import Path

    from qiao.core.batches import storage

    monkeypatch.setattr(storage, "MAX_BYTES", 1000)
    page = upload(station, GOOD + b" " * 1000)
    assert page.status_code == 200 and "MB" in page.content.decode()
    assert not ImportBatch.objects.exists() and not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_who_loses_the_role_between_upload_and_merge_imports_nothing(station):
    from qiao.core.accounts.models import Appointment

    batch = batch_of(go(station, GOOD))
    Appointment.objects.all().delete()
    assert station.post(f"/import/{batch.pk}/merge").status_code in (302, 403)
    assert people() == [] and ImportBatch.objects.get().stage == "preview"


def test_who_becomes_a_reader_imports_nothing(station):
    from qiao.core.accounts.models import Appointment

    batch = batch_of(go(station, GOOD))
    Appointment.objects.update(role="bank")
    assert station.post(f"/import/{batch.pk}/merge").status_code in (302, 403)
    assert people() == []


def test_a_check_cut_off_halfway_is_done_again(monkeypatch):
    batch = taken()
    actions.read(batch)
    whole = staging._apply_decisions

    def crash(_batch):
        raise KeyboardInterrupt

    monkeypatch.setattr(staging, "_apply_decisions", crash)
    with pytest.raises(KeyboardInterrupt):
        actions.check(batch)
    monkeypatch.setattr(staging, "_apply_decisions", whole)
    batch.refresh_from_db()
    assert batch.stage == "checking"
    actions.check(batch)
    assert ImportRow.objects.filter(batch=batch).count() == 2
    actions.merge(batch)
    assert len(people()) == 2


def test_a_step_that_fails_on_the_worker_shows_why_and_can_be_tried_again(station, monkeypatch):
    batch = taken()
    actions.read(batch)

    def broken(_batch):
        raise RuntimeError("out of cheese")

    monkeypatch.setitem(tasks.STEPS, "check", broken)
    with pytest.raises(RuntimeError):
        tasks.step.func(batch.pk, "check")
    page = station.get(f"/import/{batch.pk}/").content.decode()
    batch.refresh_from_db()
    assert batch.stage == "mapping" and batch.problem in page
    monkeypatch.setitem(tasks.STEPS, "check", actions.check)
    tasks.step.func(batch.pk, "check")
    batch.refresh_from_db()
    assert (batch.stage, batch.problem) == ("preview", "")


def test_a_large_import_is_left_to_the_worker_and_shows_its_progress(station, monkeypatch):
    monkeypatch.setattr(actions, "INLINE_ROWS", 1)
    page = go(station, GOOD)
    batch = batch_of(page)
    assert batch.stage == "checking" and "progress" in page.content.decode()
    assert station.get(f"/import/{batch.pk}/progress").status_code == 200
    tasks.step.func(batch.pk, "check")
    assert station.get(f"/import/{batch.pk}/progress")["HX-Refresh"] == "true"
    station.post(f"/import/{batch.pk}/merge")
    tasks.step.func(batch.pk, "merge")
    assert len(people()) == 2


def test_a_record_deleted_between_check_and_merge_is_written_anew(station):
    merged(station, GOOD)
    changed = roster(["刘桂芳", A, "其他", "", "失业", "2005.3", "有"])
    batch = batch_of(go(station, changed))
    assert batch.counts.get("act_update") == 1
    people(name="刘桂芳")[0].__class__.objects.filter(name="刘桂芳").soft_delete()
    station.post(f"/import/{batch.pk}/merge")
    assert [one.kind for one in people(name="刘桂芳")] == ["other"]


@pytest.mark.django_db(transaction=True)
def test_two_people_importing_the_same_roster_at_once_make_every_person_once():
    rows = [
        [f"王{chr(0x4E00 + n)}", id_number("19700101", n + 1), "", "", "失业", "2005", ""] for n in range(60)
    ]
    batches = [taken(roster(*rows)), taken(roster(*rows))]
    for batch in batches:
        actions.read(batch)
        actions.check(batch)
    gate, failures = threading.Barrier(2), []

    def merge(pk: int) -> None:
        try:
            gate.wait()
            actions.merge(ImportBatch.objects.get(pk=pk))
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=merge, args=(batch.pk,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(people()) == 60
    assert sorted(one.counts.get("act_insert", 0) for one in ImportBatch.objects.all()) == [0, 60]


KILLED = """
import os, sys, time
sys.path[:0] = ["tests/core/ledgers"]
import django
from django.conf import settings
django.setup()
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
settings.MEDIA_ROOT = sys.argv[3]
from datetime import date
from qiao.core.batches import actions, importer
from qiao.core.batches.models import ImportBatch
from qiao.core.calendars import clock
clock.fix(date(2006, 8, 31))
batch = ImportBatch.objects.get(pk=int(sys.argv[2]))
declared = importer.get(batch.importer)
def stand_still(_batch):
    print("merged, not committed", flush=True)
    time.sleep(60)
declared.mark = stand_still
actions.merge(batch)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_merge_leaves_nothing_and_the_next_run_finishes(settings):
    batch = taken()
    actions.read(batch)
    actions.check(batch)
    name = connection.settings_dict["NAME"]
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, name, str(batch.pk), str(settings.MEDIA_ROOT)],
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "qiao.config.settings"},
    )
    assert b"not committed" in child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    deadline = time.monotonic() + 20
    while _others(name) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert people() == []
    batch.refresh_from_db()
    assert batch.stage == "preview"
    actions.merge(batch)
    assert [one.name for one in people()] == ["刘桂芳", "王强"]
    assert batch.stage == "done"


def _others(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND xact_start IS NOT NULL",
            [name],
        )
        return cursor.fetchone()[0]
