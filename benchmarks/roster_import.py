"""A roster of 15 columns, from the read workbook to committed records, beside django-import-export.

    python benchmarks/roster_import.py [--rows 100000] [--sample 2000] [--rounds 3]

"wall" and "rows/s" begin after the workbook is read and hold everything else: understanding the header, cleaning
and checking each row, matching by identity number, residents, households, spells, history, figures. "cpu" adds
this process and the database's. django-import-export imports the first rows of the same file into a plain table
with the same columns, matched by identity number, by a plain ModelResource, without history or checks; its rows/s
of the sample stands for the whole. Each line runs in a process of its own, in an empty database of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from intake_preview import COLUMNS, roster
from million import address, connect

DATABASE = "qiao_bench_import"
COMMUNITY = 130103001001
TARGET, RATIO, MEMORY = 8_000, 20, 600


def empty_database() -> None:
    with connect("postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")


def start() -> None:
    os.environ["DATABASE_URL"] = address(DATABASE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
    import django

    django.setup()


def lay_ground() -> None:
    start()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from qiao.core.regions.codes import level_of
    from qiao.core.regions.models import Region

    places = (130000000000, 130100000000, 130103000000, 130103001000, COMMUNITY)
    Region.objects.bulk_create([Region(code=code, name=f"P{code}", level=level_of(code)) for code in places])


class Clock:
    """Wall time and the CPU time of this process and of its database session."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = psutil.Process(cursor.fetchone()[0])
        self.began, self.own, self.others = time.perf_counter(), time.process_time(), self._database()

    def _database(self) -> float:
        times = self.backend.cpu_times()
        return times.user + times.system

    def lap(self) -> tuple[float, float, float]:
        """Seconds of wall, own CPU, database CPU."""
        return (
            time.perf_counter() - self.began,
            time.process_time() - self.own,
            self._database() - self.others,
        )


def ours(file: Path) -> dict[str, Any]:
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
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **laps,
    }


def theirs(file: Path, sample: int) -> dict[str, Any]:
    start()
    import tablib
    from django.db import connection, models
    from import_export import resources

    from qiao.core.intake import read_workbook

    fields = {code: models.CharField(max_length=200, blank=True) for code in COLUMNS}
    fields["id_number"] = models.CharField(max_length=30, unique=True)
    meta = type("Meta", (), {"app_label": "regions", "db_table": "bench_plain"})
    plain = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": "qiao.core.regions.models"})
    with connection.schema_editor() as editor:
        editor.create_model(plain)

    class PlainResource(resources.ModelResource):
        class Meta:
            model = plain
            fields = tuple(COLUMNS)
            import_id_fields = ("id_number",)

    rows = read_workbook(file.read_bytes(), file.name).sheets[0].rows[2 : 2 + sample]
    data = tablib.Dataset(headers=list(COLUMNS))
    for row in rows:
        data.append(["" if cell is None else str(cell) for cell in row[: len(COLUMNS)]])
    clock = Clock()
    result = PlainResource().import_data(data, dry_run=False, raise_errors=False)
    return {
        "rows": result.total_rows,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "all": clock.lap(),
    }


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
    print(" ".join(f"{head:>12}" for head in heads))
    rates: dict[str, list[float]] = {"qiao": [], "import-export": []}
    speeds: dict[str, list[float]] = {"qiao": [], "import-export": []}
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "roster.xlsx")
        alone(write, file, given.rows)
        os.environ["QIAO_VAR"] = folder
        for _round in range(given.rounds):
            empty_database()
            alone(lay_ground)
            for name, found in (
                ("qiao", alone(ours, file)),
                ("import-export", alone(theirs, file, given.sample)),
            ):
                wall, own, database = found["all"]
                rates[name].append(found["rows"] / wall)
                speeds[name].append(found["rows"] / (own + database))
                if name == "qiao":
                    peaks.append(found["peak"])
                cells = (
                    name, f"{found['rows']:,}", f"{found.get('reading', 0):.1f}", f"{found.get('check', (0,))[0]:.1f}",
                    f"{wall:.1f}", f"{own:.1f}", f"{database:.1f}", f"{rates[name][-1]:,.0f}", f"{speeds[name][-1]:,.0f}",
                    f"{found['peak']}",
                )  # fmt: skip
                print(" ".join(f"{cell:>12}" for cell in cells), flush=True)
    _verdict(rates, speeds, peaks)
    with connect("postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _verdict(rates: dict[str, list[float]], speeds: dict[str, list[float]], peaks: list[int]) -> None:
    rate, other = (statistics.median(rates[name]) for name in ("qiao", "import-export"))
    cpu, cpu_other = (statistics.median(speeds[name]) for name in ("qiao", "import-export"))
    print(
        f"median {rate:,.0f} rows/s (reach {TARGET:,}); {rate / other:.1f} x django-import-export (reach {RATIO})"
    )
    print(f"per CPU second {cpu:,.0f} rows; {cpu / cpu_other:.1f} x; peak {max(peaks)} MB (reach < {MEMORY})")


if __name__ == "__main__":
    main()
