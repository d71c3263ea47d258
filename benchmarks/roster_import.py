"""A roster of 15 columns, from the read workbook to committed records, beside django-import-export.

    python benchmarks/roster_import.py [--rows 100000] [--sample 2000] [--rounds 3]

"wall" and "rows/s" begin after the workbook is read and hold everything else: understanding the header, cleaning
and checking each row, matching by identity number, residents, spells, history, figures. "cpu own" is this process
with the one that helps it, "cpu db" the whole server. django-import-export takes the first rows of the same file,
one by one, once into a plain table of texts, once into the same records (see rival.py); its rows/s of the sample
stands for the whole. The ratio to reach is that with the same records: a plain table does none of the work that
the import is for. Each line runs in a process of its own, in an empty database of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil
from intake_preview import roster
from server import address, base, connect, drop

DATABASE, GROUND = "qiao_bench_import", "qiao_bench_ground"
COMMUNITY = 130103001001
TARGET, RATIO, MEMORY = 8_000, 20, 600
LINES = ("qiao", "i-e records", "i-e plain")


def empty_database() -> None:
    """A copy of the ground."""
    drop(DATABASE)
    with connect() as server:
        server.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {GROUND} STRATEGY file_copy")


def start(database: str = "") -> None:
    os.environ["DATABASE_URL"] = address(database or DATABASE)
    import django

    django.setup()


def lay_ground() -> None:
    """Once for all lines: the tables, and a street of one community."""
    drop(GROUND)
    with connect() as server:
        server.execute(f"CREATE DATABASE {GROUND}")
    start(GROUND)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from qiao.core.regions.codes import level_of
    from qiao.core.regions.models import Region

    places = (130000000000, 130100000000, 130103000000, 130103001000, COMMUNITY)
    Region.objects.bulk_create([Region(code=code, name=f"P{code}", level=level_of(code)) for code in places])


class Clock:
    """Wall time, and the CPU time of this process with its helpers and of the whole database server."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.server = psutil.Process(cursor.fetchone()[0]).parent()
        self.began, self.own, self.others = time.perf_counter(), self._own(), self._database()

    def _own(self) -> float:
        mine = os.times()
        return mine.user + mine.system + mine.children_user + mine.children_system

    def _database(self) -> float:
        """Sessions that have ended are counted in their parent."""
        times = self.server.cpu_times()
        spent = times.children_user + times.children_system
        for session in self.server.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                spent += sum(session.cpu_times()[:2])
        return spent

    def lap(self) -> tuple[float, float, float]:
        """Seconds of wall, own CPU, database CPU."""
        return (
            time.perf_counter() - self.began,
            self._own() - self.own,
            self._database() - self.others,
        )


class Peak:
    """The largest memory in MB that this process and those that help it held at once."""

    def __init__(self) -> None:
        self.most, self.over = 0, threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.watch.start()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self.over.wait(0.1):
            held = 0
            for process in (me, *me.children()):
                with contextlib.suppress(psutil.NoSuchProcess):
                    held += process.memory_info().rss
            self.most = max(self.most, held)

    def end(self) -> int:
        self.over.set()
        self.watch.join()
        return self.most // 2**20


def ours(file: Path) -> dict[str, Any]:
    peak = Peak()
    start()
    from qiao.core.accounts.scope import Scope
    from qiao.core.batches import actions, staging

    with file.open("rb") as source:
        batch = actions.take_in("residents", file.name, [source.read()], COMMUNITY, Scope(COMMUNITY), None)
    begun = time.perf_counter()
    workbook = staging.open_file(batch)
    reading = time.perf_counter() - begun
    clock, laps = Clock(), {}
    actions.read(batch, workbook)
    actions.check(batch, workbook)
    laps["check"] = clock.lap()
    actions.merge(batch)
    laps["all"] = clock.lap()
    return {
        "rows": sum(batch.counts.get(f"act_{act}", 0) for act in ("insert", "update", "same")),
        "open": batch.counts.get("error", 0) + batch.counts.get("confirm", 0),
        "reading": reading,
        "peak": peak.end(),
        **laps,
    }


def theirs(file: Path, sample: int, work: str) -> dict[str, Any]:
    peak = Peak()
    start()
    import rival
    from django.db import connection

    resource_ = rival.plain() if work == "plain" else rival.records(COMMUNITY)
    data = rival.dataset(file, sample)
    clock = Clock()
    result = resource_.import_data(data, dry_run=False, raise_errors=True)
    laps = clock.lap()
    with connection.cursor() as cursor:
        table = "bench_plain" if work == "plain" else "people_spell"
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == result.total_rows
    return {"rows": result.total_rows, "peak": peak.end(), "all": laps}


def write(file: Path, rows: int) -> None:
    file.write_bytes(roster(rows, 0.0))


def alone(work: Any, *given: Any) -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    base()
    heads = (
        "",
        "rows",
        "read s",
        "check s",
        "wall s",
        "cpu own",
        "cpu db",
        "rows/s",
        "rows/cpu s",
        "peak MB",
    )
    print(" ".join(f"{head:>13}" for head in heads))
    rates: dict[str, list[float]] = {name: [] for name in LINES}
    speeds: dict[str, list[float]] = {name: [] for name in LINES}
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "roster.xlsx")
        alone(write, file, given.rows)
        alone(lay_ground)
        os.environ["QIAO_VAR"] = folder
        for _round in range(given.rounds):
            for name in LINES:
                empty_database()
                found = (
                    alone(ours, file)
                    if name == LINES[0]
                    else alone(theirs, file, given.sample, name.split()[-1])
                )
                wall, own, database = found["all"]
                rates[name].append(found["rows"] / wall)
                speeds[name].append(found["rows"] / (own + database))
                if name == LINES[0]:
                    peaks.append(found["peak"])
                cells = (
                    name, f"{found['rows']:,}", f"{found.get('reading', 0):.1f}", f"{found.get('check', (0,))[0]:.1f}",
                    f"{wall:.1f}", f"{own:.1f}", f"{database:.1f}", f"{rates[name][-1]:,.0f}", f"{speeds[name][-1]:,.0f}",
                    f"{found['peak']}",
                )  # fmt: skip
                print(" ".join(f"{cell:>13}" for cell in cells), flush=True)
    _verdict(rates, speeds, peaks)
    drop(DATABASE, GROUND)


def _verdict(rates: dict[str, list[float]], speeds: dict[str, list[float]], peaks: list[int]) -> None:
    rate, same, plain = (statistics.median(rates[name]) for name in LINES)
    cpu, cpu_same, cpu_plain = (statistics.median(speeds[name]) for name in LINES)
    print(f"median {rate:,.0f} rows/s (reach {TARGET:,}); peak {max(peaks)} MB (reach < {MEMORY})")
    print(
        f"django-import-export, same records: {rate / same:.1f} x (reach {RATIO}); per CPU second {cpu / cpu_same:.1f} x"
    )
    print(f"django-import-export, plain table: {rate / plain:.1f} x; per CPU second {cpu / cpu_plain:.1f} x")


if __name__ == "__main__":
    main()
