"""A large roster is prepared by two processes and indexed by two connections, and comes out like a small one."""

from __future__ import annotations

import psutil
import pytest
from django.db import connection
from ledger_world import HERE
from test_import_pages import id_number, people, roster

from qiao.core.accounts.scope import Scope
from qiao.core.batches import actions, staging, tasks
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.jobs.beside import Died
from qiao.services.people.identity import cipher

pytestmark = pytest.mark.django_db
MANY = 120


def mixed() -> bytes:
    """People with and without a number or a phone, some twice, some mistyped, a total and an empty row."""
    rows = []
    for n in range(MANY):
        number = id_number("19700101", n + 1)
        number = {0: "", 1: number[:-1] + ("1" if number[-1] != "1" else "2")}.get(n % 17, number)
        phone = "" if n % 5 == 0 else f"139{n:08}"
        state = ("失业", "就业", "")[n % 3]
        rows.append(
            [f"王{chr(0x4E00 + n)}", number, "下岗", phone, state, "2005.3" if n % 3 == 0 else "", "有"]
        )
    return roster(*rows, rows[3], ["", "", "", "", "", "", ""], ["合计", str(MANY), "", "", "", "", ""])


def checked(data: bytes) -> ImportBatch:
    batch = actions.take_in("residents", "roster.csv", [data], HERE, Scope(HERE), None)
    actions.read(batch)
    actions.check(batch)
    return batch


def told(batch: ImportBatch) -> list[tuple[object, ...]]:
    """Everything of the staged rows but the numbers of records to come and the salt of the encryption."""
    return [
        (
            *(row.sheet, row.number, row.block, row.status, row.act, row.region_id),
            *(row.cells, row.extras, row.notes, row.target is None, row.key and bytes(row.key)),
            {code: value for code, value in row.values.items() if code != "_people_spell"},
            row.cipher and cipher.decrypt(row.cipher),
        )
        for row in batch.rows.order_by("sheet", "number", "block")
    ]


@pytest.fixture
def large(monkeypatch):
    """From the first row on."""

    def begin() -> None:
        monkeypatch.setattr(staging, "LARGE", 0)
        monkeypatch.setattr(staging, "PIECE", 50)
        monkeypatch.setattr(staging, "MANY", 20)

    return begin


def test_two_processes_stage_what_one_stages_row_for_row(large):
    alone = told(checked(mixed()))
    large()
    together = told(checked(mixed()))
    assert len(alone) >= MANY
    assert together == alone


def test_what_a_cell_says_is_kept_to_the_letter():
    said = "\\u0000\\t \\\\ 1\\N"
    batch = checked(roster(["王一", said, "下岗", "", "失业", "2005.3", "有"]))
    assert said in batch.rows.get().cells


def test_a_killed_helper_leaves_nothing_and_the_check_is_done_again(large, monkeypatch):
    large()
    batch = actions.take_in("residents", "roster.csv", [mixed()], HERE, Scope(HERE), None)
    actions.read(batch)
    whole = staging.clean

    def deadly(*given):
        for number, row in enumerate(whole(*given)):
            if number == 70:
                for child in psutil.Process().children():
                    if "qiao.core.jobs.beside" in child.cmdline():
                        child.kill()
                        child.wait()
            yield row

    monkeypatch.setattr(staging, "clean", deadly)
    with pytest.raises(Died):
        tasks.step.func(batch.pk, "check")
    batch.refresh_from_db()
    assert batch.stage == "mapping" and batch.problem and people() == []
    monkeypatch.setattr(staging, "clean", whole)
    tasks.step.func(batch.pk, "check")
    again = told(batch)
    assert len(again) == len({(row[0], row[1]) for row in again}) >= MANY


@pytest.mark.django_db(transaction=True)
def test_people_of_a_large_import_are_all_found_by_their_keys_at_once(large):
    small = checked(mixed())
    actions.merge(small)
    keys = {one.name: (one.search_keys, one.state, one.state_since, one.registered) for one in people()}
    actions.undo(small)
    large()
    batch = checked(mixed())
    actions.merge(batch)
    assert {
        one.name: (one.search_keys, one.state, one.state_since, one.registered) for one in people()
    } == keys
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('resident_search')")
        assert cursor.fetchone() == (0,)
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)
    assert not ImportRow.objects.filter(batch=batch, status="ready", merged_at=None).exists()
    assert [one.name for one in people(search_keys__contains=["t0002"])] == ["王" + chr(0x4E02)]


@pytest.mark.django_db(transaction=True)
def test_a_large_import_that_fails_at_its_end_leaves_nothing(large, monkeypatch):
    large()
    batch = checked(mixed())

    def full(_batch):
        raise RuntimeError("disk full")

    monkeypatch.setattr(actions, "remember", full)
    with pytest.raises(RuntimeError):
        actions.merge(batch)
    assert people() == []
    batch.refresh_from_db()
    assert batch.stage == "preview"
    monkeypatch.undo()
    actions.merge(batch)
    assert len(people()) == batch.counts["act_insert"]
