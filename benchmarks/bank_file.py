"""A bank's list of repayments, from the file as it came to the entries of the journal, with all checks.

    python benchmarks/bank_file.py [--rows 100000]

One payment a loan, of a loan with twelve rows: nine in ten pay what falls due that day, one in ten pays a part of what
is overdue, with its penalty. A PostgreSQL of its own in a temporary folder, every commit forced to disk. The file is
GBK text with a line of totals. A second run of the same file must find every row already booked.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from loan_close import DISTRICT, LOANS, ROWS

DAY, TODAY = date(2006, 8, 15), date(2006, 9, 20)
HEAD = ["流水号", "借款合同号", "还款日期", "还款金额"]
PAID, PART = 2010_00, 1500_00


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="qiao-bench-") as folder:
        os.environ.setdefault("QIAO_VAR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
        from qiao.config.cluster import Cluster

        with Cluster(Path(folder) / "postgres") as cluster:
            os.environ["DATABASE_URL"] = cluster.start()
            django.setup()
            measure(given.rows)


def measure(rows: int) -> None:
    from qiao.core.batches import actions
    from qiao.core.calendars import clock
    from qiao.services.loans.models import Repayment

    lay(rows)
    clock.fix(TODAY)
    data = bank_file()
    print(f"{rows:,} rows, {len(data) / 2**20:.1f} MB, load {os.getloadavg()[0]:.1f}")
    batch = taken(data)
    spent = timed("read and understood", lambda: actions.read(batch))
    spent += timed("every row checked", lambda: actions.check(batch))
    print(f"{'rows ready':<44} {batch.counts.get('ready', 0):9,}")
    spent += timed("booked, durable", lambda: actions.merge(batch))
    print(f"{'all, s':<44} {spent:9.1f}  < 20")
    assert Repayment.objects.count() == batch.counts["ready"] == rows
    again = taken(data)
    actions.read(again)
    timed("the same file again: every row is booked", lambda: actions.check(again))
    assert again.counts["act_same"] == rows


def lay(rows: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from qiao.core.regions.models import Region
    from qiao.services.loans.models import Bank
    from qiao.services.people.models import Resident

    call_command("migrate", verbosity=0)
    places = [DISTRICT, *(DISTRICT + 1001 + number * 1000 for number in range(59))]
    Region.objects.bulk_create(
        Region(code=code, name=str(code), level=3 if code == DISTRICT else 5) for code in places
    )
    Bank.objects.create(region_id=DISTRICT, name="bank")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        people = (
            Resident(pk=n, name="刘桂芳", sex="F", id_kind="unknown", region_id=places[1 + n % 59])
            for n in range(1, rows + 1)
        )
        Resident.objects.bulk_create(people, batch_size=5000)
        cursor.execute(LOANS, {"loans": rows, "day": DAY})
        cursor.execute(ROWS, {"loans": rows, "rows": 12})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def bank_file() -> bytes:
    from django.db.models import Min

    from qiao.services.loans.models import Loan

    out, total = io.StringIO(), 0
    writer = csv.writer(out)
    writer.writerow(HEAD)
    due = {"open": Min("instalments__due")}
    loans = Loan.objects.filter(instalments__settled_on=None).annotate(**due).order_by("-pk")
    for number, (pk, contract, first) in enumerate(loans.values_list("pk", "number", "open")):
        late = pk % 10 == 0
        fen = PART if late else PAID
        total += fen
        writer.writerow([f"T{number:08}", contract, TODAY if late else first, f"{fen / 100:.2f}"])
    writer.writerow(["合计", "", "", f"{total / 100:.2f}"])
    return out.getvalue().encode("gb18030")


def taken(data: bytes) -> Any:
    from qiao.core.accounts.scope import Scope
    from qiao.core.batches import actions

    return actions.take_in("repayments", "repayments.csv", iter([data]), DISTRICT, Scope(DISTRICT), None)


def timed(what: str, work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    spent = perf_counter() - begun
    print(f"{what + ', s':<44} {spent:9.1f}")
    return spent


if __name__ == "__main__":
    main()
